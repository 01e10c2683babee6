import type { Index } from '#model/table-parts.ts';
import type { Id, Remark, Table } from '#model/types.ts';
import type { Slot } from '../../base/write/slots.ts';
import { sqlText } from '../../base/write/text.ts';
import { elementNames } from '../invented.ts';
import { inventedName } from '../names.ts';
import { ident } from '../quote.ts';
import { columnList, elementSql } from './constraints.ts';
import { closed, remarksBefore, residueSql, storageParameters } from './parts.ts';
import type { Scope } from './scope.ts';

/** What an index stands on: a table, or a materialized view, which has no column records. */
export interface Indexed {
  readonly id: Id;
  readonly schema: Id;
  readonly name: string;
  readonly remarks?: readonly Remark[];
  readonly table?: Table;
}

/** The plain name of an index: its own, or the one PostgreSQL invents for it. */
export function indexName(scope: Scope, on: Indexed, index: Index): string {
  if (index.name !== undefined) return index.name;
  const columns = elementNames(index.elements, (id) => scope.columnName(on.id, id));
  return inventedName(on.name, columns, 'idx');
}

/** `CREATE INDEX` without its end. */
export function indexSql(scope: Scope, on: Indexed, index: Index, only: boolean): string {
  if (index.name !== undefined) scope.checkName(index.name, index.id);
  const elements = index.elements.map((element) => elementSql(scope, on.table, element, index.id));
  const include = index.include ?? [];
  const included = on.table === undefined ? include.map(ident) : columnList(scope, on.table, include);
  const distinct =
    index.nullsNotDistinct === true && scope.has('nulls-not-distinct', 'The index is written without it.', index.id)
      ? ' NULLS NOT DISTINCT'
      : '';
  return [
    `CREATE ${index.unique === true ? 'UNIQUE ' : ''}INDEX `,
    index.name === undefined ? '' : `${ident(index.name)} `,
    `ON ${only ? 'ONLY ' : ''}${scope.nameIn(on.schema, on.name)}`,
    index.method === undefined || index.method === 'btree' ? '' : ` USING ${ident(index.method)}`,
    ` (${elements.join(', ')})`,
    included.length === 0 ? '' : ` INCLUDE (${included.join(', ')})`,
    distinct,
    index.parameters === undefined || index.parameters.length === 0 ? '' : ` WITH ${storageParameters(index.parameters)}`,
    index.tablespace === undefined ? '' : ` TABLESPACE ${ident(index.tablespace)}`,
    index.where === undefined ? '' : ` WHERE ${closed(index.where)}`,
    residueSql(index.residue),
  ].join('');
}

/** Writes one index with its comment and what is set on it. @param only it is not carried to partitions. */
export function writeIndex(scope: Scope, on: Indexed, index: Index, slot: Slot, only: boolean): void {
  const text = sqlText(remarksBefore(on.remarks, index.id));
  text.part(index.id, indexSql(scope, on, index, only)).add(';');
  scope.put(slot, 'index', `index:${index.id}`, text, index.id);
  const name = () => scope.nameIn(on.schema, indexName(scope, on, index));
  if (index.comment !== undefined) {
    const comment = sqlText(`COMMENT ON INDEX ${name()} IS ${scope.comment(index.comment, index.id)};`);
    scope.put(slot === 'follow' ? 'follow' : 'comment', 'comment', `comment:${index.id}`, comment, index.id);
  }
  for (const [i, { statistics }] of index.elements.entries()) {
    if (statistics === undefined) continue;
    const set = sqlText(`ALTER INDEX ${name()} ALTER COLUMN ${i + 1} SET STATISTICS ${statistics};`);
    scope.put(slot === 'follow' ? 'follow' : 'comment', 'alter', `statistics:${index.id}:${i + 1}`, set, index.id);
  }
  const table = scope.nameIn(on.schema, on.name);
  if (index.clustered === true) {
    const cluster = sqlText(`ALTER TABLE ${table} CLUSTER ON ${ident(indexName(scope, on, index))};`);
    scope.put('alter', 'alter', `cluster:${index.id}`, cluster, index.id);
  }
  if (index.replicaIdentity === true) {
    const replica = sqlText(`ALTER TABLE ${table} REPLICA IDENTITY USING INDEX ${ident(indexName(scope, on, index))};`);
    scope.put('alter', 'alter', `replica:${index.id}`, replica, index.id);
  }
}
