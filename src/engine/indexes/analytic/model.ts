import { ok, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { Document, Id } from '#model/types.ts';
import { knownFacts } from '../../facts/facts.ts';
import type { PlanNode } from '../../planner/plan.ts';
import type { CostBasis } from '../advise/advice.ts';
import type { CostModel, ModelCost } from '../advise/cost-model.ts';
import type { AdvisedQuery, PreparedCandidate } from '../advise/prepare.ts';
import { type PresentIndex, presentIndexes, withIndexNames } from '../advise/present.ts';
import { UNITS } from '../cost/access.ts';
import type { PlannedQuery } from '../cost/planned.ts';
import { planQuery, type QueryPlan } from '../cost/query.ts';
import { ENGINES, type Engine } from './engines.ts';
import { plannedQueries, type Surroundings } from './queries.ts';
import { type IndexLike, type StoredIndex, storedIndex } from './stored.ts';
import { KnownValues } from './table.ts';

/** Of the analytic model every index that a foreign key makes begins so: it is nobody's to keep or drop. */
const IMPLIED = '\u0000implied.';

function likePresent({ id, name, part, elements, include, rule, index }: PresentIndex): IndexLike {
  return {
    id,
    name,
    part,
    elements,
    include,
    unique: rule && index?.method !== 'gist',
    ...(index?.method === undefined ? {} : { method: index.method }),
    ...(index?.where === undefined ? {} : { where: index.where }),
    ...(index === undefined ? {} : { index }),
  };
}

function likeCandidate({ id, candidate: { index } }: PreparedCandidate): IndexLike {
  return {
    id,
    name: id,
    elements: index.elements,
    include: index.include ?? [],
    unique: index.unique === true,
    ...(index.method === undefined ? {} : { method: index.method }),
    ...(index.where === undefined ? {} : { where: index.where }),
  };
}

/** Indexes that the engine makes of foreign keys where no other begins with their columns. */
function impliedIndexes(document: Document, present: readonly PresentIndex[]): readonly { table: Id; like: IndexLike }[] {
  return Object.values(document.relationships).flatMap(({ id, child, childColumns, name }) => {
    if (childColumns.length === 0) return [];
    const led = present.some(
      ({ table, elements }) => table === child && childColumns.every((column, at) => elements[at]?.column === column),
    );
    if (led) return [];
    const elements = childColumns.map((column) => ({ column }));
    return [{ table: child, like: { id: `${IMPLIED}${id}`, name: name ?? 'foreign key', elements, include: [], unique: false } }];
  });
}

class Analytic implements CostModel, Surroundings {
  readonly basis: CostBasis;
  readonly sizes = new Map<string, { readonly rows: number; readonly pages: number }>();
  private readonly document: Document;
  private readonly engine: Engine;
  private readonly breathe: () => Promise<void>;
  private readonly version: number;
  private readonly tables = new Map<Id, KnownValues>();
  private readonly stored = new Map<Id, StoredIndex[]>();
  private readonly rules = new Set<string>();
  /** Queries as they are planned with all indexes that are known. */
  private readonly planned = new Map<Id, readonly PlannedQuery[]>();
  private readonly answers = new Map<string, ModelCost>();

  constructor(document: Document, why: string, breathe: () => Promise<void>) {
    const { dialect = 'postgresql', version = 18 } = document.settings['settings'] ?? {};
    this.basis = { kind: 'analytic', why };
    this.document = document;
    this.breathe = breathe;
    this.engine = ENGINES[dialect];
    this.version = version;
    for (const [id, known] of knownFacts(document)) {
      const table = recordIn(document, 'tables', id);
      if (table !== undefined) this.tables.set(id, new KnownValues(document, table, known, this.engine));
    }
    const present = presentIndexes(withIndexNames(document));
    for (const one of present) {
      this.take(one.table, likePresent(one));
      if (one.rule) this.rules.add(one.id);
    }
    if (this.engine.indexesForeignKeys !== true) return;
    for (const { table, like } of impliedIndexes(document, present)) {
      this.take(table, like);
      this.rules.add(like.id);
      this.sizes.delete(like.id);
    }
  }

  private take(table: Id, like: IndexLike): void {
    const values = this.tables.get(table);
    if (values === undefined) return;
    const stored = storedIndex(values, like, this.engine);
    this.stored.set(table, [...(this.stored.get(table) ?? []), stored]);
    this.sizes.set(like.id, { rows: stored.planned.tree.rows, pages: stored.planned.tree.pages });
  }

  values(table: Id): KnownValues | undefined {
    return this.tables.get(table);
  }

  indexes(table: Id): readonly StoredIndex[] {
    return this.stored.get(table) ?? [];
  }

  schema(table: Id): string {
    const schema = recordIn(this.document, 'tables', table)?.schema ?? '';
    return recordIn(this.document, 'schemas', schema)?.name ?? 'public';
  }

  async add(candidates: readonly PreparedCandidate[]): Promise<ReadonlyMap<string, string>> {
    for (const one of candidates) this.take(one.table.id, likeCandidate(one));
    this.planned.clear();
    this.answers.clear();
    return new Map();
  }

  private partsOf({ id, facts }: AdvisedQuery): readonly PlannedQuery[] {
    const known = this.planned.get(id);
    if (known !== undefined) return known;
    const parts = plannedQueries(facts, recordIn(this.document, 'queries', id)?.parameters ?? [], this);
    this.planned.set(id, parts);
    return parts;
  }

  private costOf(query: AdvisedQuery, indexes: readonly string[]): ModelCost {
    const parts = this.partsOf(query);
    const known = new Set(parts.flatMap(({ uses }) => uses.flatMap((use) => use.indexes.map(({ id }) => id))));
    const relevant = [...this.rules, ...indexes].filter((id) => known.has(id)).sort();
    const key = JSON.stringify([query.id, relevant]);
    const answer = this.answers.get(key);
    if (answer !== undefined) return answer;
    const habits = this.engine.habits(this.version);
    const available = new Set(relevant);
    const plans = parts.map((part) => planQuery(part, available, habits));
    const root = together(plans, query, habits.words);
    const used = [...new Set(plans.flatMap((plan) => plan.used))].filter((id) => !id.startsWith(IMPLIED));
    const made: ModelCost = { cost: root.totalCost, used, plan: { root } };
    this.answers.set(key, made);
    return made;
  }

  async cost(queries: readonly AdvisedQuery[], indexes: readonly string[]): Promise<readonly Result<ModelCost>[]> {
    const costs: Result<ModelCost>[] = [];
    for (const query of queries) {
      await this.breathe();
      costs.push(ok(this.costOf(query, indexes)));
    }
    return costs;
  }

  rowsOf(table: Id): number {
    return this.tables.get(table)?.known.rows ?? 0;
  }

  async close(): Promise<void> {}
}

type Words = ReturnType<Engine['habits']>['words'];

/** Parts of a query under what is done with their rows. */
function together(plans: readonly QueryPlan[], { facts }: AdvisedQuery, words: Words): PlanNode {
  const roots = plans.flatMap(({ root }) => root ?? []);
  const cost = (nodes: readonly PlanNode[]) => nodes.reduce((sum, { totalCost }) => sum + totalCost, 0);
  const [first, ...others] = roots;
  const over = (type: string, children: readonly PlanNode[], more: Partial<PlanNode> = {}): PlanNode => ({
    type,
    startupCost: children[0]?.startupCost ?? 0,
    totalCost: Math.max(cost(children), UNITS.row),
    rows: children[0]?.rows ?? 1,
    width: children[0]?.width ?? 0,
    conditions: [],
    ...more,
    children: children.map((child, at) => ({ ...child, role: at === 0 ? 'Outer' : 'SubPlan' })),
  });
  const { statement } = facts;
  if (statement === 'insert' || statement === 'update' || statement === 'delete') {
    const all = over(words[statement], roots);
    // Each row that is found is written; what its indexes cost is counted apart.
    return { ...all, totalCost: all.totalCost + (first?.rows ?? 1) * UNITS.row };
  }
  return first !== undefined && others.length === 0 ? first : over(words.together, roots);
}

/**
 * The model of costs that asks no database: sizes and plans by formulas from what is known of the tables, for any dialect.
 *
 * @param why no planner is asked, in words for people
 * @param breathe called before each query, where others have to get their turn
 */
export function analyticModel(document: Document, why: string, breathe: () => Promise<void> = async () => undefined): CostModel {
  return new Analytic(document, why, breathe);
}
