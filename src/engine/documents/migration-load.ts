import { quotedName } from '#engine/dialects/base/quote.ts';
import type { Column } from '#model/column-types.ts';
import type { Dialect, Document, Id, Relationship, Table } from '#model/types.ts';

/** Tables that can be loaded at the same time, after those of the groups before. */
export interface LoadGroup {
  readonly tables: readonly Table[];
  /** They refer to each other in a circle: these foreign keys must wait, or be off, while they are loaded. */
  readonly circle?: readonly Relationship[];
}

function byName(a: Table, b: Table): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1;
}

/** Tables that can be reached from one and lead back to it, itself included (by walking: what waits is little). */
function circleOf(start: Id, parents: ReadonlyMap<Id, ReadonlySet<Id>>): ReadonlySet<Id> {
  const reach = (from: Id): Set<Id> => {
    const seen = new Set<Id>();
    const queue = [from];
    for (let at = queue.pop(); at !== undefined; at = queue.pop())
      for (const next of parents.get(at) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        queue.push(next);
      }
    return seen;
  };
  const from = reach(start);
  return new Set([start, ...[...from].filter((id) => reach(id).has(start))]);
}

/** The order in which rows can come: parents before children. A table's references to itself do not count. */
export function loadOrder(document: Document): readonly LoadGroup[] {
  const links = Object.values(document.relationships).filter(
    ({ childColumns, child, parent }) => childColumns.length > 0 && child !== parent,
  );
  // Rows come into a partitioned table by its own name.
  const loaded = Object.values(document.tables).filter(({ partitionOf }) => partitionOf === undefined);
  const parents = new Map<Id, Set<Id>>(loaded.map(({ id }) => [id, new Set()]));
  for (const { child, parent } of links) if (parents.has(parent)) parents.get(child)?.add(parent);
  const groups: LoadGroup[] = [];
  while (parents.size > 0) {
    const free = [...parents].filter(([, of]) => of.size === 0).map(([id]) => id);
    const closed =
      free.length > 0
        ? undefined
        : [...parents.keys()]
            .map((id) => circleOf(id, parents))
            .reduce((a, b) => ([...b].every((id) => [...(parents.get(id) ?? [])].every((one) => b.has(one))) ? b : a));
    const now = closed === undefined ? free : [...closed];
    const tables = now.flatMap((id) => document.tables[id] ?? []).sort(byName);
    const circle = closed === undefined ? undefined : links.filter(({ child, parent }) => closed.has(child) && closed.has(parent));
    groups.push(circle === undefined ? { tables } : { tables, circle });
    for (const id of now) parents.delete(id);
    for (const of of parents.values()) for (const id of now) of.delete(id);
  }
  return groups;
}

/** A table's name as SQL of its document's dialect. */
export function tableSql(document: Document, table: Table, dialect: Dialect): string {
  const schema = document.schemas[table.schema];
  const name = quotedName(table.name, dialect);
  return schema === undefined || schema.implicit === true ? name : `${quotedName(schema.name, dialect)}.${name}`;
}

function textLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** Statements that set the next number of each column that the engine numbers, after the rows are in. */
export function numberingStatements(document: Document, dialect: Dialect): readonly string[] {
  return Object.values(document.tables)
    .sort(byName)
    .flatMap((table) =>
      table.columns.filter(({ identity }) => identity !== undefined).map((column) => numbering(document, table, column, dialect)),
    );
}

function numbering(document: Document, table: Table, column: Column, dialect: Dialect): string {
  const name = tableSql(document, table, dialect);
  const own = quotedName(column.name, dialect);
  switch (dialect) {
    case 'postgresql':
      return `SELECT setval(pg_get_serial_sequence(${textLiteral(name)}, ${textLiteral(column.name)}), coalesce(max(${own}), 1), max(${own}) IS NOT NULL) FROM ${name};`;
    case 'mysql':
    case 'mariadb':
      return `ALTER TABLE ${name} AUTO_INCREMENT = 1; -- becomes the greatest number + 1`;
    case 'sqlite':
      return `UPDATE sqlite_sequence SET seq = (SELECT coalesce(max(${own}), 0) FROM ${name}) WHERE name = ${textLiteral(table.name)};`;
    case 'mssql':
      return `DBCC CHECKIDENT (${textLiteral(name)}, RESEED);`;
    case 'oracle':
      return `ALTER TABLE ${name} MODIFY ${own} GENERATED ${column.identity?.mode === 'always' ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY (START WITH LIMIT VALUE);`;
  }
}
