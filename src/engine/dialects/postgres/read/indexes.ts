import type { IndexStmt } from 'libpg-query';
import type { Index, IndexElement } from '#model/table-parts.ts';
import type { View } from '#model/types.ts';
import { all, nameOf } from './ast.ts';
import { columnIds, readElement } from './elements.ts';
import { findIndex, indexNameOf } from './lookup.ts';
import { storageParameters } from './options.ts';
import { failed, modelled, noteStrange, type Outcome, skipped, withResidue } from './outcome.ts';
import type { MutableTable } from './state.ts';
import { keepVerbatim, type Statement } from './statement.ts';
import type { Range } from './tokens.ts';
import type { Writable } from './writable.ts';

function readElements(statement: Statement, node: IndexStmt, table: MutableTable | undefined): IndexElement[] | string {
  const { source } = statement;
  const ranges = source.split(source.inside(source.find('(', source.at(node.relation?.location ?? 0))));
  const elements: IndexElement[] = [];
  for (const [i, param] of all(node.indexParams, 'IndexElem').entries()) {
    const element = readElement(statement, table, param, ranges[i] as Range);
    if (element === undefined) return param.name ?? '';
    elements.push(element);
  }
  return elements;
}

/** Text of the predicate: WHERE is the last clause of CREATE INDEX. */
function predicate({ source }: Statement, node: IndexStmt): { where?: string } {
  if (node.whereClause === undefined) return {};
  const where = source.find('WHERE', source.at(node.relation?.location ?? 0), undefined, 0);
  return { where: source.slice({ first: where + 1, last: source.tokens.length - 1 }) };
}

function clauses(statement: Statement, node: IndexStmt, included: readonly string[]): Partial<Index> {
  const { state, source } = statement;
  const method = node.accessMethod ?? 'btree';
  const parameters = storageParameters(node.options, source);
  const tablespace = node.tableSpace ?? state.tablespace ?? '';
  return {
    ...(node.unique === true ? { unique: true } : {}),
    ...(method === 'btree' ? {} : { method }),
    ...(included.length === 0 ? {} : { include: included }),
    ...predicate(statement, node),
    ...(node.nulls_not_distinct === true ? { nullsNotDistinct: true } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(tablespace === '' ? {} : { tablespace }),
  };
}

/** `CREATE INDEX` on a table or materialized view. */
export function createIndex(statement: Statement, node: IndexStmt): Outcome {
  const { state, outcome } = statement;
  const on = nameOf(node.relation);
  const object = `index ${node.idxname ?? `on ${on.name}`}`;
  const relation = state.relation(on);
  if (relation?.kind === 'opaque') {
    keepVerbatim(statement, 'CREATE INDEX', statement.sql, 'last', relation.id);
    return { state: 'verbatim', object, reason: 'its table is kept as text, and so is the index' };
  }
  const table = state.table(on);
  const owner: MutableTable | Writable<View> | undefined = table ?? state.view(on);
  if (owner === undefined) {
    const said = on.schema === undefined ? on.name : `${on.schema}.${on.name}`;
    return failed(`there is no table ${said} in the text for the index to stand on`, object, node.relation?.location);
  }
  if (
    node.idxname !== undefined &&
    findIndex(state, { schema: state.schemaName(owner.schema), name: node.idxname }) !== undefined
  ) {
    if (node.if_not_exists === true) return skipped('it exists already, so IF NOT EXISTS does nothing', object);
    return failed(`${object} is defined a second time; the first definition is kept`, object);
  }
  const elements = readElements(statement, node, table);
  if (typeof elements === 'string') {
    const said = `table ${owner.name} has no column ${elements}`;
    const refused = failed(said, object, node.relation?.location);
    noteStrange(refused, elements, `${said}. Add the column, or correct the name.`, node.relation?.location);
    return refused;
  }
  const names = all(node.indexIncludingParams, 'IndexElem').map((one) => one.name ?? '');
  const include = table === undefined ? { ids: names } : columnIds(statement, table, names);
  if (include.missing !== undefined) return failed(`table ${owner.name} has no column ${include.missing}`, object);
  const id = state.partId('indexes', owner, node.idxname ?? `index ${owner.indexes.length + 1}`);
  const index: Index = {
    id,
    ...(node.idxname === undefined ? {} : { name: node.idxname }),
    elements,
    ...clauses(statement, node, include.ids),
    ...(node.relation?.inh === true || table === undefined ? {} : { only: true }),
  };
  owner.indexes.push(index as Writable<Index>);
  state.indexNames.add(owner.schema, indexNameOf(state, owner, index as Writable<Index>), owner.id);
  Object.assign(outcome, modelled(object, owner.id, id));
  if (node.concurrent === true && table?.partitioning !== undefined) {
    withResidue(outcome, 'CONCURRENTLY is not possible on a partitioned table: PostgreSQL refuses it, and it is left out');
  }
  return outcome;
}
