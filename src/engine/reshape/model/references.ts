import { err, ok, type Result } from '#lib/result.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { foreignKeyName, singular } from '#model/derive/foreign-key-columns.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Dialect, Document, Id, Table } from '#model/types.ts';
import { usualOf } from '#model/usual-types.ts';
import { quotedName } from '../../dialects/base/quote.ts';
import { snake } from '../../rules/words.ts';
import type { ReshapeOf } from '../types.ts';
import { columnsBy, gone, likeColumn, type Modelled, Names, type Tools, tableIn, takeOut } from './parts.ts';

function dialectOf(document: Document): Dialect {
  return document.settings['settings']?.dialect ?? 'postgresql';
}

/** How a dialect counts what is not NULL; elsewhere by a sum of cases. */
const COUNTS: Readonly<Partial<Record<Dialect, (names: readonly string[]) => string>>> = {
  postgresql: (names) => `num_nonnulls(${names.join(', ')})`,
};

/** A check that one of the columns has a value: exactly one, or at most one. */
function oneOf(document: Document, names: readonly string[], optional: boolean): string {
  const dialect = dialectOf(document);
  const quoted = names.map((name) => quotedName(name, dialect));
  const sum = quoted.map((name) => `CASE WHEN ${name} IS NULL THEN 0 ELSE 1 END`).join(' + ');
  const count = COUNTS[dialect]?.(quoted) ?? sum;
  return `${count} ${optional ? '<=' : '='} 1`;
}

const primaryOf = (table: Table) => table.keys.find(({ kind }) => kind === 'primary')?.columns ?? [];

/** A type and an id become one foreign key for each table, of which exactly one is set. */
export function modelPolymorphic(tools: Tools, asked: ReshapeOf<'polymorphic'>): Result<Modelled> {
  const { document, ids } = tools;
  const table = tableIn(document, asked.table);
  const [type, id] = (table === undefined ? undefined : columnsBy(table, [asked.type, asked.id])) ?? [];
  if (table === undefined || type === undefined || id === undefined) return gone();
  const names = new Names(table.columns.map(({ name }) => name));
  const at = table.columns.indexOf(type);
  const calls: CommandCall[] = [];
  const made: Id[] = [];
  const called: string[] = [];
  for (const [n, one] of asked.targets.entries()) {
    const target = tableIn(document, one.table);
    const [key] = (target === undefined ? undefined : columnsBy(target, primaryOf(target))) ?? [];
    if (target === undefined || key === undefined) return gone();
    const name = names.free(foreignKeyName(target.name, key.name));
    const column = ids.next('col', name);
    const { comment: _, ...like } = likeColumn(key, column, name, true);
    calls.push({ name: 'addColumn', args: { table: table.id, column: like, at: at + n } });
    calls.push({
      name: 'addRelationship',
      args: {
        relationship: {
          id: ids.next('rel', name),
          child: table.id,
          parent: target.id,
          childColumns: [column],
          parentColumns: [key.id],
        },
      },
    });
    made.push(column);
    called.push(name);
  }
  const keys = keysInstead(tools, table, [type.id, id.id], made);
  if (!keys.ok) return keys;
  const out = takeOut(tools, table, [type.id, id.id]);
  if (!out.ok) return out;
  const check: CommandCall = {
    name: 'addCheck',
    args: { table: table.id, part: { expression: oneOf(document, called, type.nullable || id.nullable) } },
  };
  return ok({
    label: `Use foreign keys for ${table.name}.${type.name}, ${id.name}`,
    calls: [...calls, ...out.value, check, ...keys.value],
    made,
  });
}

/** Unique keys and indexes on the pair become one for each foreign key: rows of other tables have NULL there, and do not count. */
function keysInstead(tools: Tools, table: Table, pair: readonly Id[], made: readonly Id[]): Result<readonly CommandCall[]> {
  const calls: CommandCall[] = [];
  const has = (columns: readonly Id[]) => pair.every((id) => columns.includes(id));
  for (const key of table.keys) {
    if (!has(key.columns)) continue;
    if (key.kind === 'primary')
      return err(
        'pair-in-key',
        `The primary key of ${table.name} holds the pair, and may hold no NULL: give it another key first.`,
      );
    for (const column of made) {
      const columns = key.columns.flatMap((id) => (id === pair[1] ? [column] : id === pair[0] ? [] : [id]));
      calls.push({
        name: 'addKey',
        args: { table: table.id, part: { id: tools.ids.next('key', 'unique'), kind: 'unique', columns } },
      });
    }
  }
  const covered = calls.length > 0 && table.keys.some(({ columns }) => has(columns) && pair.includes(columns[0] ?? ''));
  if (!covered) {
    for (const column of made) calls.push({ name: 'addIndex', args: { table: table.id, part: { elements: [{ column }] } } });
  }
  return ok(calls);
}

/** Attributes that were rows become columns of the entity, or fields of one JSON column. */
export function modelEav(tools: Tools, asked: ReshapeOf<'eav'>): Result<Modelled> {
  const { document, ids } = tools;
  const table = tableIn(document, asked.table);
  const link = linksOf(document)
    .byChild.get(asked.table)
    ?.find(({ id }) => id === asked.relationship);
  const entity = link === undefined ? undefined : tableIn(document, link.parent);
  const value = table?.columns.find(({ id }) => id === asked.value);
  if (table === undefined || entity === undefined || value === undefined) return gone();
  const names = new Names(entity.columns.map(({ name }) => name));
  const made: Id[] = [];
  const calls: CommandCall[] = [];
  const json = singularOf(table.name, entity.name);
  const wanted = asked.attributes.length === 0 ? [json] : asked.attributes;
  for (const one of wanted) {
    const name = names.free(one);
    const column = ids.next('col', name);
    const { comment: _, ...like } = likeColumn(value, column, name, true);
    const type = asked.attributes.length === 0 ? usualOf(document).types.json : like.type;
    calls.push({ name: 'addColumn', args: { table: entity.id, column: { ...like, type } } });
    made.push(column);
  }
  const what = asked.attributes.length === 0 ? `one JSON column of ${entity.name}` : `columns of ${entity.name}`;
  return ok({
    label: `Keep ${table.name} in ${what}`,
    calls: [...calls, { name: 'removeTables', args: { ids: [table.id] } }],
    made,
  });
}

/** `product_attributes` of `products` is `attributes`. */
function singularOf(table: string, entity: string): string {
  const [name, of] = [snake(table), snake(singular(entity))];
  return name.startsWith(`${of}_`) && name.length > of.length + 1 ? name.slice(of.length + 1) : name;
}
