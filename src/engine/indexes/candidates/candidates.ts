import { recordIn } from '#model/collections.ts';
import { columnNames, columnsOf } from '#model/derive/columns.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { QueryParameter } from '#model/query-types.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { type Budget, UNLIMITED } from '../../budget.ts';
import { queryPort } from '../../dialects/queries.ts';
import { knownFacts } from '../../facts/facts.ts';
import type { KnownTable } from '../../facts/known.ts';
import { notImmutable } from '../../sql/expressions.ts';
import type { PgParser } from '../../sql/parser-port.ts';
import { termKey } from '../../workload/build.ts';
import type { Predicate, QueryFacts, TableUse } from '../../workload/facts.ts';
import type { Candidate } from './candidate.ts';
import { Collector, type Immutable } from './collect.ts';
import { columnType, type IndexKind, indexKindOf } from './kinds.ts';
import { mergeAll } from './merge.ts';
import { partials } from './partial.ts';
import { rolesOf } from './roles.ts';
import { Shapes, type UseAt } from './shapes.ts';

/** A query of the workload with what its text says. */
export interface CandidateQuery {
  readonly id: Id;
  readonly facts: QueryFacts;
  readonly parameters?: readonly QueryParameter[];
}

export interface CandidatePorts {
  /** PostgreSQL's own; needed for its dialect only. */
  readonly parser?: PgParser;
  readonly budget?: Budget;
}

export interface Candidates {
  readonly value: readonly Candidate[];
  readonly complete: boolean;
  /** Why it is not complete. */
  readonly reason?: string;
}

/** Functions whose result changes while their arguments do not, in dialects without a list of their own. */
const VOLATILE =
  /\b(?:now|current_\w+|localtime\w*|sysdate\w*|systimestamp|getdate|getutcdate|sysutcdatetime|utc_\w+|unix_timestamp|rand|random\w*|uuid\w*|newid|newsequentialid|sys_guid|last_insert_id|changes|user|session_user|system_user|connection_id|database|version)\b/i;

/** Tells what an index of a table may hold: expressions whose result never changes. @param parser PostgreSQL's, for its dialect only. */
export function immutableBy(document: Document, parser: PgParser | undefined): Immutable {
  if (parser === undefined) return (_table, expression) => !VOLATILE.test(expression);
  const known = new Map<string, boolean>();
  return (table, expression) => {
    const key = `${table.id} ${expression}`;
    let answer = known.get(key);
    if (answer === undefined) {
      const columns = columnsOf(document, table);
      const typeOf = (name: string) => {
        const column = columns.find((one) => one.name === name);
        return column === undefined ? undefined : typeName(document, column.type);
      };
      answer = notImmutable(document, parser, expression, typeOf).length === 0;
      known.set(key, answer);
    }
    return answer;
  };
}

/** Operators whose two ends one GiST index can hold beside plain equality, with btree_gist. */
function specialsOf(collector: Collector, at: UseAt, kind: IndexKind): void {
  const use = at.facts.uses[at.use] as TableUse;
  const predicates = [...use.predicates, ...use.alternatives.flatMap(({ arms }) => arms.flat())];
  for (const predicate of predicates) {
    if (predicate.filterOnly === true || predicate.values.some((value) => value.kind === 'row' && predicate.test !== 'contains'))
      continue;
    const column = collector.column(predicate.term.column);
    const type = columnType(collector.document, column);
    for (const special of kind.specials({ predicate, column, type })) {
      const what = `${column?.name ?? predicate.term.expression} ${predicate.operator}`;
      const reason = { query: at.query, use: at.use, shape: special.shape, why: `finds rows by ${what}` };
      collector.takeSpecial([predicate.term], special, reason);
      const equal = use.predicates.filter(
        (one) => one.test === 'equal' && one.filterOnly !== true && one.term.column !== undefined,
      );
      if (special.method === 'gist' && equal.length > 0) {
        const names = equal.map(({ term }) => collector.column(term.column)?.name ?? '?').join(', ');
        collector.takeSpecial(
          [...equal.map((one) => one.term), predicate.term],
          { ...special, extension: 'btree_gist' },
          { ...reason, why: `finds rows by ${names} and ${what}` },
        );
      }
    }
  }
  const [nearest] = use.order;
  if (nearest?.distance !== undefined)
    collector.takeSpecial(
      [nearest.term],
      { method: 'gist', element: {}, shape: 'distance' },
      { query: at.query, use: at.use, shape: 'distance', why: `gives the nearest first (${nearest.distance})` },
    );
}

function conflictOf(collector: Collector, { query, use: at, facts }: UseAt): void {
  const conflict = facts.uses[at]?.write?.conflict;
  if (conflict === undefined) return;
  const slots = conflict.terms.map((term) => ({ term, role: 'E' as const }));
  const where = conflict.where === undefined ? {} : { where: conflict.where };
  const held = collector.table.keys.some(
    (key) =>
      key.columns.length === slots.length &&
      slots.every(({ term }) => term.column !== undefined && key.columns.includes(term.column)),
  );
  if (held && conflict.where === undefined) return;
  const why = 'ON CONFLICT needs a unique index on exactly these columns';
  collector.take(slots, { query, use: at, shape: 'conflict-target', why }, { ...where, unique: true });
}

interface Change {
  readonly query: Id;
  readonly use: TableUse;
}

/** What the workload does to keys that others refer to: those foreign keys need an index on their side. */
function keyChange(relationship: Relationship, changes: readonly Change[]): Change | undefined {
  return changes.find(({ use }) => {
    if (use.table !== relationship.parent || use.write === undefined) return false;
    return (
      use.write.kind === 'delete' ||
      (use.write.kind === 'update' && use.write.columns.some((id) => relationship.parentColumns.includes(id)))
    );
  });
}

function foreignKeys(document: Document, collector: Collector, changes: readonly Change[]): void {
  for (const one of Object.values(document.relationships)) {
    if (one.child !== collector.table.id || one.childColumns.length === 0) continue;
    const change = keyChange(one, changes);
    if (change === undefined) continue;
    const parent = recordIn(document, 'tables', one.parent);
    const names = columnNames(document, collector.table, one.childColumns).join(', ');
    const verb = change.use.write?.kind === 'delete' ? 'deleted from' : 'given another key in';
    const why = `rows are ${verb} ${parent?.name ?? 'the parent'}: each asks for rows here by ${names}`;
    const slots = one.childColumns.map((column) => ({ term: { column, columns: [column] }, role: 'E' as const }));
    collector.take(slots, { query: change.query, relationship: one.id, shape: 'foreign-key', why });
  }
}

function sharedTerms(uses: readonly UseAt[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { facts, use } of uses)
    for (const one of facts.uses[use]?.predicates ?? [])
      if (one.test === 'equal' || one.test === 'in') counts.set(termKey(one.term), (counts.get(termKey(one.term)) ?? 0) + 1);
  return counts;
}

/**
 * Index candidates for a workload, by the shapes of its queries: what each use of a table could find, sort or read from an
 * index, what foreign keys and ON CONFLICT ask for, and merges across queries; only what the engine of the document's dialect
 * takes and the table does not have. Nothing is weighed: that needs facts of the data and a planner.
 */
export function candidatesFor(document: Document, queries: readonly CandidateQuery[], ports: CandidatePorts = {}): Candidates {
  const { budget = UNLIMITED } = ports;
  const kind = indexKindOf(document);
  const immutable = immutableBy(document, ports.parser);
  const byTable = new Map<Id, UseAt[]>();
  const changes: Change[] = [];
  for (const { id, facts } of queries) {
    facts.uses.forEach((use, at) => {
      const known = byTable.get(use.table);
      if (known === undefined) byTable.set(use.table, [{ query: id, facts, use: at }]);
      else known.push({ query: id, facts, use: at });
      if (use.write !== undefined) changes.push({ query: id, use });
    });
  }
  const parameters = new Map(queries.map((one) => [one.id, one.parameters ?? []]));
  const ground: Ground = { document, kind, immutable, changes, parameters, facts: knownFacts(document), parser: ports.parser };
  const found: Candidate[] = [];
  let done = 0;
  const tables = Object.values(document.tables);
  for (const table of tables) {
    if (budget.shouldStop())
      return { value: found, complete: false, reason: 'The search was stopped: tables after these were not looked at.' };
    budget.progress?.(done++ / tables.length, `indexes of ${table.name}`);
    found.push(...ofTable(ground, table, byTable.get(table.id) ?? []));
  }
  return { value: found, complete: true };
}

/** What the search for the candidates of each table rests on. */
interface Ground {
  readonly document: Document;
  readonly kind: IndexKind;
  readonly immutable: Immutable;
  readonly changes: readonly Change[];
  readonly parameters: ReadonlyMap<Id, readonly QueryParameter[]>;
  readonly facts: ReadonlyMap<Id, KnownTable>;
  readonly parser: PgParser | undefined;
}

function ofTable(ground: Ground, table: Table, uses: readonly UseAt[]): readonly Candidate[] {
  const { document, kind, immutable, changes, parameters, parser } = ground;
  const collector = new Collector(document, table, kind, immutable, ground.facts.get(table.id));
  foreignKeys(document, collector, changes);
  const shared = sharedTerms(uses);
  const port = queryPort(document.settings['settings']?.dialect ?? 'postgresql', parser);
  for (const at of uses) {
    conflictOf(collector, at);
    if (at.facts.uses[at.use]?.read !== true) continue;
    new Shapes(collector, at, rolesOf(at.facts, at.use, kind.nullSafeEqual), shared).all();
    specialsOf(collector, at, kind);
    const isImmutable = (predicate: Predicate) => immutable(table, predicate.sql) && port.expression(predicate.sql) !== undefined;
    partials(collector, at, kind, shared, parameters.get(at.query) ?? [], isImmutable);
  }
  mergeAll(collector);
  return collector.candidates;
}
