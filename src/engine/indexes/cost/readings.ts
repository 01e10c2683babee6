import type { PlanNode } from '../../planner/plan.ts';
import {
  bitmapHeap,
  bitmapScan,
  type Cost,
  clusteredScan,
  descend,
  descentCost,
  indexScan,
  type Lookup,
  sequentialScan,
  UNITS,
} from './access.ts';
import type { Habits } from './habits.ts';
import { otherScan } from './other-methods.ts';
import {
  correlationOf,
  distinctIn,
  type PlannedIndex,
  type PlannedOrder,
  type PlannedPart,
  type PlannedUse,
  type Restriction,
  rowsOf,
} from './planned.ts';

/** A way to rows, with its cost. */
export interface Path {
  readonly cost: Cost;
  readonly rows: number;
  readonly used: readonly string[];
  /** Rows come in the order that is asked for. */
  readonly ordered: boolean;
  /** The plan, worked out only of the one that is taken. */
  readonly plan: () => PlanNode;
}

/** One table of a query, and what it is read for. */
export interface Looking {
  readonly use: PlannedUse;
  /** Of this table. */
  readonly order?: PlannedOrder | undefined;
  /** Terms whose value a row of another table gives. */
  readonly joined: readonly string[];
  /** A joined term's condition as people read it. */
  readonly said?: (term: string) => string;
  /** How often it is done. */
  readonly loops: number;
  /** Pages of everything else the query reads. */
  readonly others: number;
  readonly habits: Habits;
}

/** What the first columns of an index find: equalities (and joined terms), then one range. */
interface Matched {
  readonly found: number;
  /** Share of those that conditions on further parts leave. */
  readonly kept: number;
  readonly conditions: number;
  readonly lookups: number;
  /** Key parts that have one value each. */
  readonly fixed: number;
  /** Restrictions, by place, that are decided, and joined terms that are looked up. */
  readonly decided: readonly number[];
  readonly met: readonly string[];
}

const NOTHING: Matched = { found: 1, kept: 1, conditions: 0, lookups: 1, fixed: 0, decided: [], met: [] };

function reaches({ test }: Restriction, part: PlannedPart): boolean {
  return (test === 'range' && part.otherOrder !== true) || (test === 'prefix' && part.prefixes === true);
}

function match(use: PlannedUse, restrictions: readonly Restriction[], index: PlannedIndex, joined: readonly string[]): Matched {
  const implied = new Set(index.implied);
  const decided: number[] = [];
  const met: string[] = [];
  let found = 1;
  let conditions = 0;
  let lookups = 1;
  let fixed = 0;
  for (const part of index.key) {
    const own = restrictions.flatMap((one, at) =>
      one.term === part.term && one.test !== 'other' && !implied.has(at) ? [{ ...one, at }] : [],
    );
    const exact = own.find(({ test }) => test === 'equal') ?? own.find(({ test }) => test === 'in');
    if (exact !== undefined) {
      found *= exact.share;
      decided.push(exact.at);
      if (exact.test === 'in') lookups *= Math.max(1, exact.values ?? 1);
    } else if (joined.includes(part.term)) {
      found /= distinctIn(use, part.term);
      met.push(part.term);
    } else {
      for (const range of index.method === 'hash' ? [] : own.filter((one) => reaches(one, part))) {
        found *= range.share;
        decided.push(range.at);
        conditions++;
      }
      break;
    }
    conditions++;
    fixed++;
    if (part.cut === true) break;
  }
  // What follows the range leads nowhere, but is looked at before the table is.
  let kept = 1;
  if (conditions > 0 && index.method === undefined) {
    const further = new Set(index.key.slice(fixed).flatMap(({ term, cut }) => (cut === true ? [] : [term])));
    restrictions.forEach(({ term, test, share }, at) => {
      if (!further.has(term) || decided.includes(at) || implied.has(at) || test === 'other' || test === 'prefix') return;
      kept *= share;
      conditions++;
      decided.push(at);
    });
  }
  // A hash is of the whole key.
  if (index.method === 'hash' && fixed < index.key.length) return NOTHING;
  if (index.uniqueBy !== undefined && fixed >= index.uniqueBy) found = Math.min(found, lookups / Math.max(1, index.tree.rows));
  return { found, kept, conditions, lookups, fixed, decided, met };
}

const isFirst = ({ nulls, desc }: PlannedPart) => (nulls ?? (desc === true ? 'first' : 'last')) === 'first';

/** Whether an index gives rows in an order, once its first parts have one value each. */
function givesOrder(index: PlannedIndex, fixed: number, { terms, purpose }: PlannedOrder): boolean {
  const rest = index.key.slice(fixed, fixed + terms.length);
  if (terms.length === 0 || rest.length < terms.length || rest.some((part) => part.cut === true || part.otherOrder === true))
    return false;
  if (purpose === 'group') return terms.every(({ term }) => rest.some((part) => part.term === term));
  const turned = (terms[0]?.desc === true) !== (rest[0]?.desc === true);
  return terms.every((one, at) => {
    const part = rest[at] as PlannedPart;
    return (
      part.term === one.term &&
      (part.desc === true) === ((one.desc === true) !== turned) &&
      isFirst(part) === (isFirst(one) !== turned)
    );
  });
}

/** What a node of a plan says of one table. */
class Nodes {
  private readonly looking: Looking;
  private readonly rows: number;

  constructor(looking: Looking, rows: number) {
    this.looking = looking;
    this.rows = rows;
  }

  private texts(places: (at: number) => boolean): string {
    const { restrictions, alternatives = [] } = this.looking.use;
    const own = restrictions.filter((_, at) => places(at)).map((one) => one.text ?? one.term);
    const either = places(-1) ? alternatives.map(({ arms }) => arms.map(textOf).join(' OR ')) : [];
    return [...own, ...either.map((text) => `(${text})`)].join(' AND ');
  }

  /** @param by the index, and what of the conditions it decides */
  node(type: string, cost: Cost, by: Partial<By> = {}, children: readonly PlanNode[] = []): PlanNode {
    const { use, said } = this.looking;
    const { index, decided = [], met = [] } = by;
    const implied = new Set(index?.implied);
    const sought = [this.texts((at) => decided.includes(at)), ...met.map((term) => said?.(term) ?? term)].filter(
      (text) => text !== '',
    );
    const rest = this.texts((at) => !decided.includes(at) && !implied.has(at));
    return {
      type,
      ...(use.relation === undefined ? {} : { relation: use.relation }),
      ...(use.schema === undefined ? {} : { schema: use.schema }),
      ...(use.alias === undefined ? {} : { alias: use.alias }),
      ...(index === undefined ? {} : { index: index.name ?? index.id }),
      startupCost: cost.startup,
      totalCost: cost.total,
      rows: this.rows,
      width: use.width,
      conditions: [
        ...(index === undefined || sought.length === 0 ? [] : [{ what: 'Index Cond', text: sought.join(' AND ') }]),
        ...(rest === '' ? [] : [{ what: 'Filter', text: rest }]),
      ],
      children,
    };
  }
}

interface By {
  readonly index: PlannedIndex;
  readonly decided: readonly number[];
  readonly met: readonly string[];
}

const textOf = (arm: readonly Restriction[]) => arm.map((one) => one.text ?? one.term).join(' AND ');

/** Ways of one index. */
function byIndex(looking: Looking, index: PlannedIndex, nodes: Nodes, rows: number): Path[] {
  const { use, order, joined, loops, others, habits } = looking;
  const { words } = habits;
  const { implied = [], serves } = index;
  const special = serves !== undefined;
  const found: Matched = special
    ? {
        ...NOTHING,
        found: serves.reduce((all, at) => all * (use.restrictions[at]?.share ?? 1), 1),
        conditions: serves.length,
        decided: serves,
      }
    : match(use, use.restrictions, index, joined);
  const held = new Set([...index.key.flatMap(({ term, cut }) => (cut === true ? [] : [term])), ...(index.include ?? [])]);
  const isTree = !special && index.method === undefined;
  const indexOnly = isTree && (index.clustered === true || use.needs.every((term) => held.has(term)));
  const ordered =
    order !== undefined && (index.nearest === true || (isTree && givesOrder(index, found.fixed, order) && found.lookups === 1));
  const partial = implied.length > 0;
  if (found.conditions === 0 && !ordered && !indexOnly && !partial) return [];
  const lookup: Lookup = {
    heap: use.heap,
    tree: index.tree,
    found: found.found,
    kept: found.kept,
    conditions: found.conditions,
    filters: Math.max(
      0,
      use.restrictions.length + (use.alternatives?.length ?? 0) + joined.length - found.conditions - implied.length,
    ),
    lookups: found.lookups,
    correlation: correlationOf(use, index.key[0]?.term ?? ''),
    columns: index.key.length,
    indexOnly,
    loops,
    others,
    ...(use.clustered === undefined ? {} : { reach: descentCost(use.clustered) }),
  };
  const used = [index.id];
  const by: By = { index, decided: found.decided, met: found.met };
  if (index.clustered === true) {
    const cost = clusteredScan(lookup);
    const type = found.conditions === 0 ? words.clusteredTable : words.clusteredFind;
    return [{ cost, rows, used, ordered, plan: () => nodes.node(type, cost, by) }];
  }
  const out: Path[] = [];
  const { method } = index;
  if (special && (method === 'gin' || method === 'gist' || method === 'brin')) {
    if (serves.length > 0) {
      const cost = otherScan({ ...lookup, method, searches: index.searches ?? 1 });
      out.push({ cost, rows, used, ordered: false, plan: () => throughBitmap(nodes, habits, cost, by) });
    }
    if (!ordered) return out;
  }
  const cost = indexScan(lookup);
  out.push({
    cost,
    rows,
    used,
    ordered,
    plan: () => {
      if (indexOnly) return nodes.node(found.conditions === 0 ? coverAll(habits) : words.cover, cost, by);
      const type = found.conditions === 0 ? words.whole : words.find;
      if (words.fetch === undefined) return nodes.node(type, cost, by);
      const inner = { ...nodes.node(type, descend(lookup), by), role: 'Outer' };
      return nodes.node(words.fetch, cost, { decided: by.decided }, [inner]);
    },
  });
  if (habits.bitmaps && (found.conditions > 0 || partial) && !special) {
    const other = bitmapScan(lookup);
    out.push({ cost: other, rows, used, ordered: false, plan: () => throughBitmap(nodes, habits, other, by) });
  }
  return out;
}

const coverAll = ({ words }: Habits) => (words.cover === 'Index Only Scan' ? words.cover : words.whole);

function throughBitmap(nodes: Nodes, { words }: Habits, cost: Cost, by: By): PlanNode {
  const inner = nodes.node(words.bitmapFind, { startup: 0, total: cost.startup }, by);
  return nodes.node(words.bitmapFetch, cost, { decided: by.decided }, [{ ...inner, role: 'Outer' }]);
}

/** Rows of an OR, each arm by the index that finds it cheapest. */
function byArms(looking: Looking, available: ReadonlySet<string>, nodes: Nodes, rows: number): Path[] {
  const { use, loops, others, joined, habits } = looking;
  return (use.alternatives ?? []).flatMap(({ arms, share }): Path[] => {
    let startup = 0;
    const used: string[] = [];
    const parts: (() => PlanNode)[] = [];
    for (const arm of arms) {
      let best: { readonly cost: number; readonly index: PlannedIndex } | undefined;
      for (const index of use.indexes) {
        if (!available.has(index.id) || index.serves !== undefined || index.clustered === true || (index.implied?.length ?? 0) > 0)
          continue;
        const { found, conditions, lookups } = match(use, arm, index, []);
        if (conditions === 0) continue;
        const lookup = {
          heap: use.heap,
          tree: index.tree,
          found,
          conditions,
          filters: 0,
          lookups,
          correlation: 0,
          columns: index.key.length,
          loops,
          others,
        };
        const cost = descend(lookup).total + 0.1 * UNITS.operator * found * index.tree.rows;
        if (best === undefined || cost < best.cost) best = { cost, index };
      }
      if (best === undefined) return [];
      const { cost, index } = best;
      startup += cost;
      used.push(index.id);
      parts.push(() => {
        const node = nodes.node(habits.words.bitmapFind, { startup: 0, total: cost }, { index });
        return { ...node, role: 'Member', conditions: [{ what: 'Index Cond', text: textOf(arm) }] };
      });
    }
    const filters = Math.max(0, use.restrictions.length + joined.length);
    const tree = { rows: use.heap.rows, pages: 0, height: 0 };
    const cost = bitmapHeap(
      { heap: use.heap, tree, conditions: arms.length, filters, loops, others },
      Math.max(1, share * use.heap.rows),
      startup,
    );
    const plan = () => {
      const either = { ...nodes.node(habits.words.either, { startup, total: startup }), role: 'Outer', conditions: [] };
      return nodes.node(habits.words.bitmapFetch, cost, {}, [{ ...either, children: parts.map((part) => part()) }]);
    };
    return [{ cost, rows, used: [...new Set(used)], ordered: false, plan }];
  });
}

/** Ways to read one table. With joined terms: for one row of what it is joined to. The first is to read all of it. */
export function readings(looking: Looking, available: ReadonlySet<string>): Path[] {
  const { use, joined, habits } = looking;
  const rows = joined.reduce((sum, term) => sum / distinctIn(use, term), rowsOf(use));
  const nodes = new Nodes(looking, rows);
  const cost = sequentialScan(use.heap, use.restrictions.length + (use.alternatives?.length ?? 0) + joined.length);
  const type = use.clustered === undefined ? habits.words.table : habits.words.clusteredTable;
  const out: Path[] = [{ cost, rows, used: [], ordered: false, plan: () => nodes.node(type, cost) }];
  for (const index of use.indexes) {
    if (available.has(index.id)) out.push(...byIndex(looking, index, nodes, rows));
  }
  out.push(...byArms(looking, available, nodes, rows));
  return out;
}
