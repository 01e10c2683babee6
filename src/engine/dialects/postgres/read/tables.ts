import type { CreateStmt, PartitionSpec, TableLikeClause } from 'libpg-query';
import type { Partitioning } from '#model/table-parts.ts';
import type { Id, Verbatim } from '#model/types.ts';
import { all, as, nameOf } from './ast.ts';
import { readColumn } from './columns.ts';
import { readConstraint, tableClause } from './constraints.ts';
import { readElement } from './elements.ts';
import { copyLike } from './like.ts';
import { storageParameters } from './options.ts';
import { failed, modelled, type Outcome, skipped, withResidue } from './outcome.ts';
import type { MutableTable } from './state.ts';
import { keepVerbatim, type Statement } from './statement.ts';
import type { Range } from './tokens.ts';
import type { Writable } from './writable.ts';

/** The statement with the relation's schema before its name, when the search path decided which one it is. */
function withSchema({ state, source, sql }: Statement, relation: Parameters<typeof nameOf>[0], schema: Id): string {
  const at = relation?.schemaname === undefined ? source.token(source.at(relation?.location ?? 0)) : undefined;
  const name = state.schemaName(schema);
  if (at === undefined || name === 'public' || relation?.relpersistence === 't') return sql;
  return `${sql.slice(0, at.start)}${state.quote(name)}.${sql.slice(at.start)}`;
}

/** Keeps a relation that the model cannot hold as text; statements about it are kept as text too. */
export function keepOpaque(
  statement: Statement,
  kind: string,
  relation: Parameters<typeof nameOf>[0],
  reason: string,
  place: Verbatim['place'] = 'last',
): Outcome {
  const { state } = statement;
  const name = nameOf(relation);
  const schema = state.targetSchema(name).id;
  const record = keepVerbatim(statement, kind, withSchema(statement, relation, schema), place);
  state.register(schema, name.name, { kind: 'opaque', id: record.id });
  return { state: 'verbatim', object: `table ${state.say(schema, name.name)}`, record: record.id, reason };
}

/** `PARTITION BY ...` of a table. */
function readPartitioning(statement: Statement, table: MutableTable, spec: PartitionSpec): Partitioning {
  const { source } = statement;
  const at = source.at(spec.location ?? 0);
  const ranges = source.split(source.inside(source.find('(', at)));
  const elements = all(spec.partParams, 'PartitionElem').map((node, i) => {
    const read = readElement(statement, table, node, ranges[i] as Range);
    if (read === undefined)
      withResidue(statement.outcome, `the partition key names column ${node.name}, which the table does not have`);
    return read ?? { expression: source.slice(ranges[i] as Range) };
  });
  const strategy = { PARTITION_STRATEGY_LIST: 'list', PARTITION_STRATEGY_RANGE: 'range', PARTITION_STRATEGY_HASH: 'hash' } as const;
  return { strategy: strategy[spec.strategy ?? 'PARTITION_STRATEGY_RANGE'], elements };
}

/** Source text of a partition's bound from its first word on: `FOR VALUES ...` or `DEFAULT`. */
export function boundText({ source }: Statement, from: number): string {
  if (source.token(from)?.text === 'DEFAULT') return 'DEFAULT';
  let last = source.close(source.find('(', from));
  if (source.token(last + 1)?.text === 'TO') last = source.close(last + 2);
  return source.slice({ first: from, last });
}

function elementRanges({ source }: Statement, node: CreateStmt): Range[] {
  const open = source.find('(', source.at(node.relation?.location ?? 0), undefined, 0);
  return open < 0 ? [] : source.split(source.inside(open));
}

function readElements(statement: Statement, table: MutableTable, node: CreateStmt): void {
  const elements = node.tableElts ?? [];
  if (elements.length === 0) return;
  const ranges = elementRanges(statement, node);
  const later: (() => void)[] = [];
  elements.forEach((element, i) => {
    const range = ranges[i];
    if (range === undefined) return;
    const column = as(element, 'ColumnDef');
    const constraint = as(element, 'Constraint');
    const like = as(element, 'TableLikeClause');
    if (column !== undefined) readColumn(statement, table, column, range);
    else if (constraint !== undefined) {
      // A constraint may name columns that stand after it.
      later.push(() => readConstraint(statement, table, tableClause(constraint, range, false)));
    } else if (like !== undefined) copyOrSay(statement, table, like);
  });
  for (const read of later) read();
}

function copyOrSay(statement: Statement, table: MutableTable, like: TableLikeClause): void {
  const source = statement.state.table(nameOf(like.relation));
  if (source !== undefined) {
    copyLike(statement.state, table, source, like.options ?? 0);
    return;
  }
  withResidue(statement.outcome, `the columns of LIKE ${nameOf(like.relation).name} are not known: that table is not in the text`);
}

function readParents(statement: Statement, table: MutableTable, node: CreateStmt): string | undefined {
  const { state } = statement;
  const parents = all(node.inhRelations, 'RangeVar');
  const ids: string[] = [];
  for (const relation of parents) {
    const parent = state.table(nameOf(relation));
    if (parent === undefined) return nameOf(relation).name;
    ids.push(parent.id);
  }
  const [parent] = ids;
  if (node.partbound !== undefined && parent !== undefined) {
    table.partitionOf = { parent, bound: boundText(statement, boundStart(statement, node)) };
  } else if (ids.length > 0) table.inherits = ids;
  return undefined;
}

function boundStart({ source }: Statement, node: CreateStmt): number {
  let at = source.afterName(source.at(all(node.inhRelations, 'RangeVar')[0]?.location ?? 0));
  if (source.token(at)?.text === '(') at = source.close(at) + 1;
  return at;
}

function tableOptions(statement: Statement, table: MutableTable, node: CreateStmt): void {
  const { state, source, outcome } = statement;
  const parameters = storageParameters(node.options, source).filter(
    ({ name, value }) => name !== 'oids' || value.toLowerCase() === 'true',
  );
  if (parameters.length > 0) table.parameters = parameters;
  if (isTemporary(node)) table.persistence = 'temporary';
  else if (node.relation?.relpersistence === 'u') table.persistence = 'unlogged';
  const tablespace = node.tablespacename ?? (table.partitionOf === undefined ? state.tablespace : undefined);
  if (tablespace !== undefined && tablespace !== '') table.tablespace = tablespace;
  const method = node.accessMethod ?? (node.partspec === undefined ? state.accessMethod : undefined);
  if (method !== undefined && method !== 'heap') table.accessMethod = method;
  const commit = { ONCOMMIT_DELETE_ROWS: 'ON COMMIT DELETE ROWS', ONCOMMIT_DROP: 'ON COMMIT DROP' }[node.oncommit as string];
  if (commit !== undefined) {
    table.residue = [...(table.residue ?? []), commit];
    withResidue(outcome, `${commit} is kept as text`);
  }
}

function isTemporary({ relation }: CreateStmt): boolean {
  return relation?.relpersistence === 't' || relation?.schemaname === 'pg_temp';
}

/** `CREATE TABLE`, partitions included. */
export function createTable(statement: Statement, node: CreateStmt): Outcome {
  const { state } = statement;
  const temporary = isTemporary(node);
  const said = nameOf(node.relation);
  const name = temporary ? { name: said.name } : said;
  const { id: schema, made } = state.targetSchema(name, temporary);
  const object = `table ${state.say(schema, name.name)}`;
  if (state.relationIn(schema, name.name) !== undefined) {
    if (node.if_not_exists === true) return skipped('it exists already, so IF NOT EXISTS does nothing', object);
    return failed(`${object} is defined a second time; the first definition is kept`, object);
  }
  if (node.ofTypename !== undefined) {
    return keepOpaque(statement, 'CREATE TABLE', node.relation, 'a table of a composite type (OF) has no field in the model');
  }
  const table = state.addTable(schema, name.name);
  Object.assign(statement.outcome, modelled(object, table.id));
  const missing = readParents(statement, table, node);
  if (missing !== undefined) {
    state.records.tables.delete(table.id);
    state.unregister(schema, name.name);
    return failed(`its parent ${missing} is not in the text`, object);
  }
  readElements(statement, table, node);
  if (node.partspec !== undefined) table.partitioning = readPartitioning(statement, table, node.partspec) as Writable<Partitioning>;
  tableOptions(statement, table, node);
  if (made) statement.outcome.reason ??= `schema ${state.schemaName(schema)} is never created in the text; it was added`;
  return statement.outcome;
}
