import type { Column, Default } from '#model/column-types.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import type { CheckConstraint, Exclusion, Index, IndexElement, Policy } from '#model/table-parts.ts';
import type { AnyRecord, Collection, CustomType, Id, Routine, Sql, Table, Trigger, Verbatim, View } from '#model/types.ts';
import type { SqlContext } from './analyse.ts';

/** What is done with one SQL text of a record: what comes back stands in its place. `part` is the part it belongs to. */
export type OnText = (sql: Sql, context: SqlContext, part: Id | undefined) => Sql;

/** Replaces only what changed, so that an untouched record keeps its identity. */
function withSql<T extends object, K extends keyof T>(object: T, key: K, value: T[K]): T {
  return object[key] === value ? object : { ...object, [key]: value };
}

function mapList<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  let changed = false;
  const out = items.map((item) => {
    const next = change(item);
    if (next !== item) changed = true;
    return next;
  });
  return changed ? out : items;
}

function mapDefault(value: Default, on: (sql: Sql) => Sql): Default {
  return withSql(value, 'sql', on(value.sql));
}

function mapColumn(column: Column, context: SqlContext, on: OnText): Column {
  let next = column;
  if (column.default !== undefined) {
    next = withSql(
      next,
      'default',
      mapDefault(column.default, (sql) => on(sql, context, column.id)),
    );
  }
  const { generated } = column;
  if (generated !== undefined) {
    next = withSql(next, 'generated', withSql(generated, 'expression', on(generated.expression, context, column.id)));
  }
  return next;
}

function mapChecks(checks: readonly CheckConstraint[], context: SqlContext, on: OnText): readonly CheckConstraint[] {
  return mapList(checks, (check) => withSql(check, 'expression', on(check.expression, context, check.id)));
}

function mapElement<T extends IndexElement>(element: T, context: SqlContext, part: Id, on: OnText): T {
  return element.expression === undefined
    ? element
    : withSql(element, 'expression', on(element.expression, context, part) as T['expression']);
}

function mapIndexed<T extends Index | Exclusion>(index: T, context: SqlContext, on: OnText): T {
  const elements = mapList<IndexElement>(index.elements, (element) => mapElement(element, context, index.id, on));
  const next = withSql(index, 'elements', elements as T['elements']);
  return index.where === undefined ? next : withSql(next, 'where', on(index.where, context, index.id) as T['where']);
}

function mapPolicy(policy: Policy, context: SqlContext, on: OnText): Policy {
  let next = policy;
  if (policy.using !== undefined) next = withSql(next, 'using', on(policy.using, context, policy.id));
  if (policy.withCheck !== undefined) next = withSql(next, 'withCheck', on(policy.withCheck, context, policy.id));
  return next;
}

type Kept = { readonly residue?: readonly Sql[] };

/** Clauses that are kept as they are. */
function mapKept<T extends Kept>(object: T, on: (sql: Sql) => Sql): T {
  return object.residue === undefined ? object : withSql(object, 'residue', mapList(object.residue, on) as T['residue']);
}

/** Clauses that are kept as they are, of a table and of all its parts. */
function mapClauses(table: Table, on: OnText): Table {
  const context: SqlContext = { kind: 'clause', table: table.id };
  let next = mapKept(table, (sql) => on(sql, context, undefined));
  for (const list of ['columns', 'keys', 'checks', 'indexes'] as const) {
    const parts: readonly (Kept & { readonly id: Id })[] = next[list];
    const mapped = mapList(parts, (part) => mapKept(part, (sql) => on(sql, context, part.id)));
    next = withSql(next, list, mapped as never);
  }
  if (next.parameters !== undefined) {
    const parameters = mapList(next.parameters, (one) =>
      one.value.includes('(') ? withSql(one, 'value', on(one.value, context, undefined)) : one,
    );
    next = withSql(next, 'parameters', parameters);
  }
  const { partitioning } = next;
  if (partitioning === undefined) return next;
  const said = (sql: Sql) => on(sql, context, undefined);
  let changed = partitioning.sub === undefined ? partitioning : withSql(partitioning, 'sub', said(partitioning.sub));
  if (changed.parts !== undefined) {
    const parts = mapList(changed.parts, (part) => {
      const bound = part.bound === undefined ? part : withSql(part, 'bound', said(part.bound));
      return bound.options === undefined ? bound : withSql(bound, 'options', said(bound.options));
    });
    changed = withSql(changed, 'parts', parts);
  }
  return withSql(next, 'partitioning', changed);
}

function mapTable(table: Table, on: OnText): Table {
  const context: SqlContext = { kind: 'expression', table: table.id };
  let next = withSql(
    table,
    'columns',
    mapList(table.columns, (column) => mapColumn(column, context, on)),
  );
  next = withSql(next, 'checks', mapChecks(table.checks, context, on));
  next = withSql(
    next,
    'exclusions',
    mapList(table.exclusions, (one) => mapIndexed(one, context, on)),
  );
  next = withSql(
    next,
    'indexes',
    mapList(table.indexes, (one) => mapIndexed(one, context, on)),
  );
  next = withSql(
    next,
    'policies',
    mapList(table.policies, (one) => mapPolicy(one, context, on)),
  );
  const { partitioning } = table;
  if (partitioning !== undefined) {
    const elements = mapList(partitioning.elements, (element) => mapElement(element, context, table.id, on));
    next = withSql(next, 'partitioning', withSql(partitioning, 'elements', elements));
  }
  return mapClauses(next, on);
}

function mapType(type: CustomType, on: OnText): CustomType {
  if (type.kind === 'written') {
    return withSql(type, 'definition', on(type.definition, { kind: 'routine', id: type.id }, undefined));
  }
  if (type.kind !== 'domain') return type;
  const context: SqlContext = { kind: 'expression' };
  const next = withSql(type, 'checks', mapChecks(type.checks, context, on));
  if (type.default === undefined) return next;
  return withSql(
    next,
    'default',
    mapDefault(type.default, (sql) => on(sql, context, undefined)),
  );
}

/** What REFERENCING calls the rows besides NEW and OLD: `new as n`. */
function rowNames(referencing: Sql | undefined): readonly string[] {
  return [...(referencing ?? '').matchAll(/\b(?:new|old)\s+(?:as\s+)?(?!as\b)([a-z_][\w$]*)/gi)].map((found) => found[1] as string);
}

function mapTrigger(trigger: Trigger, on: OnText): Trigger {
  const rows = rowNames(trigger.referencing);
  const context: SqlContext = { kind: 'expression', table: trigger.on, rows: ['new', 'old', ...rows] };
  const next = withSql(trigger, 'execute', on(trigger.execute, { kind: 'call', table: trigger.on, rows }, undefined));
  return trigger.when === undefined ? next : withSql(next, 'when', on(trigger.when, context, undefined));
}

function mapView(view: View, on: OnText): View {
  const next = withSql(view, 'query', on(view.query, { kind: 'query' }, undefined));
  const context: SqlContext = { kind: 'expression' };
  return withSql(
    next,
    'indexes',
    mapList(view.indexes, (index) => mapIndexed(index, context, on)),
  );
}

/**
 * Goes through the SQL texts of a record: defaults, generated columns, checks, exclusions, index expressions and
 * predicates, policies, partition keys, view queries, trigger conditions and calls, routines, verbatim statements, queries of the workload.
 * @returns the same record when no text changed.
 */
export function mapTexts(collection: Collection, record: AnyRecord, on: OnText): AnyRecord {
  switch (collection) {
    case 'tables':
      return mapTable(record as Table, on);
    case 'types':
      return mapType(record as CustomType, on);
    case 'views':
      return mapView(record as View, on);
    case 'triggers':
      return mapTrigger(record as Trigger, on);
    case 'routines': {
      const routine = record as Routine;
      return withSql(routine, 'definition', on(routine.definition, { kind: 'routine', id: routine.id }, undefined));
    }
    case 'verbatim': {
      const verbatim = record as Verbatim;
      return withSql(verbatim, 'sql', on(verbatim.sql, { kind: 'statement' }, undefined));
    }
    case 'queries': {
      const query = record as WorkloadQuery;
      return withSql(query, 'sql', on(query.sql, { kind: 'query' }, undefined));
    }
    default:
      return record;
  }
}

/** Collections whose records hold SQL text. */
export const WITH_TEXTS: readonly Collection[] = ['types', 'tables', 'views', 'routines', 'triggers', 'verbatim', 'queries'];
