import type { Document, Relationship, Table } from '#model/types.ts';
import { linkChanges } from '../../base/decomposition/links.ts';
import { inventedName } from '../names.ts';
import { ident } from '../quote.ts';
import { foreignKeySql } from '../write/foreign-key.ts';
import { objectName, Scope } from '../write/scope.ts';

/** A foreign key that one side has and the other has not, or has elsewhere. */
export interface ChangedLink {
  readonly name: string;
  /** SQL name of the table that holds it. */
  readonly table: string;
  readonly drop: string;
  /** Without a look at the rows; {@link validate} looks. */
  readonly add: string;
  readonly validate: string;
}

function nameIn(document: Document, link: Relationship): string {
  const child = document.tables[link.child] as Table;
  const columns = link.childColumns.map((id) => child.columns.find((column) => column.id === id)?.name ?? id);
  return link.name ?? inventedName(child.name, columns, 'fkey');
}

function linkSql(document: Document, link: Relationship, version: number, taken: Set<string>): ChangedLink {
  const child = document.tables[link.child] as Table;
  const table = objectName(document, child.schema, child.name);
  const wanted = nameIn(document, link);
  let name = wanted;
  for (let n = 1; taken.has(`${table} ${name}`); n++) name = `${wanted}${n}`;
  taken.add(`${table} ${name}`);
  const scope = new Scope(document, version, { collection: 'relationships', record: link.id });
  const { notValid: _, ...whole } = link;
  const sql = foreignKeySql(scope, { ...whole, name });
  return {
    name,
    table,
    drop: `ALTER TABLE ${table} DROP CONSTRAINT ${ident(name)};`,
    add: `ALTER TABLE ${table} ADD ${sql}${link.notEnforced === true ? '' : ' NOT VALID'};`,
    validate: link.notEnforced === true || link.notValid === true ? '' : `ALTER TABLE ${table} VALIDATE CONSTRAINT ${ident(name)};`,
  };
}

export interface ChangedLinks {
  /** Of the old shape, to be taken away: those of tables that stay. */
  readonly old: readonly ChangedLink[];
  /** Of the new shape, to be added to tables that stay. */
  readonly fresh: readonly ChangedLink[];
}

/** Foreign keys of tables that exist on both sides, which the two sides say differently. */
export function changedLinks(before: Document, after: Document, version: number): ChangedLinks {
  const { old, fresh, kept } = linkChanges(before, after);
  const held = (document: Document) =>
    new Set(
      kept.map((link) => {
        const child = document.tables[link.child] as Table;
        return `${objectName(document, child.schema, child.name)} ${nameIn(document, link)}`;
      }),
    );
  const [oldNames, newNames] = [held(before), held(after)];
  return {
    old: old.map((link) => linkSql(before, link, version, oldNames)),
    fresh: fresh.map((link) => linkSql(after, link, version, newNames)),
  };
}
