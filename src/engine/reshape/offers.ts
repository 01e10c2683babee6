import type { Column } from '#model/column-types.ts';
import { singular } from '#model/derive/foreign-key-columns.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { freeTableName } from '../decompose/names.ts';
import { typeFacts } from '../rules/type-facts.ts';
import { snake } from '../rules/words.ts';
import type { AttributeRows } from '../smells/attributes.ts';
import type { CloneTables } from '../smells/clones.ts';
import type { QueriedElements } from '../smells/elements.ts';
import type { PackedColumn } from '../smells/lists.ts';
import type { LookupOfAll } from '../smells/lookups.ts';
import type { PolymorphicPair } from '../smells/pairs.ts';
import { childName, type RepeatingGroup } from '../smells/repeating.ts';
import type { Reshape } from './types.ts';

/** Which refactorings are offered for what was found: only those that the model as it is lets happen. */

const linksTo = (document: Document, table: Id) => linksOf(document).byParent.get(table) ?? [];

/**
 * A plain table of its own with a primary key: what a child table needs of its parent. Where policies guard the rows, a new
 * table without them would show what they hide.
 */
function canHaveChild(document: Document, table: Table): boolean {
  const key = table.keys.find(({ kind }) => kind === 'primary');
  const related = Object.values(document.tables).some(
    (one) => one.partitionOf?.parent === table.id || one.inherits?.includes(table.id) === true,
  );
  return (
    key !== undefined &&
    table.rowSecurity === undefined &&
    table.partitionOf === undefined &&
    (table.inherits ?? []).length === 0 &&
    table.partitioning === undefined &&
    !related
  );
}

/** Columns that may leave: no key that others or the table itself need stands on them, and nothing is computed from them. */
function canLeave(document: Document, table: Table, columns: readonly Id[]): boolean {
  const leaves = new Set(columns);
  const primary = table.keys.find(({ kind }) => kind === 'primary')?.columns ?? [];
  if (primary.some((id) => leaves.has(id))) return false;
  if (table.columns.some(({ id, generated, identity }) => leaves.has(id) && (generated !== undefined || identity !== undefined)))
    return false;
  return !linksTo(document, table.id).some(({ parentColumns }) => parentColumns.some((id) => leaves.has(id)));
}

/** The name as other names of the model are written: `OrderPhones` beside `Orders`. */
function styled(like: string, name: string): string {
  if (/^[A-Z][A-Za-z]*[a-z]/.test(like) && !like.includes('_'))
    return name
      .split('_')
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join('');
  return /[A-Z]/.test(like) && !/[a-z]/.test(like) ? name.toUpperCase() : name;
}

function free(document: Document, table: Table, name: string): string {
  return freeTableName(document, table.schema, styled(table.name, snake(name)));
}

/** A child table with one row for each of the repeated things. */
export function offerRepeating(document: Document, table: Table, group: RepeatingGroup): Reshape | undefined {
  const { stem, counter, numbers, attributes } = group;
  const columns = attributes.flatMap((one) => one.columns);
  if (!canHaveChild(document, table) || !canLeave(document, table, columns)) return undefined;
  if (columns.length >= table.columns.length) return undefined;
  // A foreign key is taken along when it holds one such column alone, the same for all of an attribute.
  const links = (linksOf(document).byChild.get(table.id) ?? []).filter(({ childColumns }) =>
    childColumns.some((id) => columns.includes(id)),
  );
  if (links.some(({ childColumns }) => childColumns.length > 1)) return undefined;
  return {
    kind: 'repeating',
    table: table.id,
    name: free(document, table, childName(table.name, stem)),
    position: styled(table.columns[0]?.name ?? '', counter),
    numbers,
    attributes: attributes.map((one) => ({ ...one, name: styled(table.columns[0]?.name ?? '', one.name) })),
  };
}

/** The table whose keys a list such as `tag_ids` holds. */
function referred(document: Document, table: Table, thing: string): Table | undefined {
  const found = Object.values(document.tables).filter(
    (one) => singular(snake(one.name)) === singular(thing) && one.id !== table.id,
  );
  const [only] = found;
  const key = only?.keys.find(({ kind }) => kind === 'primary');
  const column = key?.columns.length === 1 ? only?.columns.find(({ id }) => id === key.columns[0]) : undefined;
  const type = column === undefined ? undefined : typeFacts(document, column.type).name;
  return found.length === 1 && type !== undefined && ['integer', 'bigint', 'smallint', 'uuid', 'text', 'varchar'].includes(type)
    ? only
    : undefined;
}

/** Rows for the values of a list, or an array where there are arrays. */
export function offerList(document: Document, table: Table, { column, kind, separator }: PackedColumn): Reshape[] {
  const dialect = document.settings['settings']?.dialect ?? 'postgresql';
  if (kind !== 'list' || !canLeave(document, table, [column.id])) return [];
  const links = linksOf(document).byChild.get(table.id) ?? [];
  if (links.some(({ childColumns }) => childColumns.includes(column.id))) return [];
  const found: Reshape[] = [];
  const thing = snake(column.name).replace(/_?(ids|list|csv)$/, '');
  if (canHaveChild(document, table) && table.columns.length > 1) {
    const refers = /_ids$/.test(snake(column.name)) ? referred(document, table, thing) : undefined;
    const value = thing === '' ? 'value' : refers === undefined ? singular(thing) : `${singular(thing)}_id`;
    found.push({
      kind: 'list',
      table: table.id,
      column: column.id,
      separator,
      name: free(document, table, childName(table.name, thing === '' ? 'value' : thing)),
      value: styled(column.name, value),
      ...(refers === undefined ? {} : { refers: refers.id }),
    });
  }
  const loose =
    table.checks.length + table.policies.length === 0 && table.keys.every(({ columns }) => !columns.includes(column.id));
  const indexed = table.indexes.some(
    ({ elements, where }) =>
      where !== undefined || elements.some((one) => one.column === column.id || one.expression !== undefined),
  );
  if (HAS_ARRAYS.has(dialect) && loose && !indexed && column.default === undefined)
    found.push({ kind: 'array', table: table.id, column: column.id, separator });
  return found;
}

/** Dialects in which a column may be an array. */
const HAS_ARRAYS: ReadonlySet<string> = new Set(['postgresql']);

/** Rows for the elements of a JSON array. */
export function offerElements(document: Document, table: Table, { column, whole }: QueriedElements): Reshape | undefined {
  const json = typeFacts(document, column.type).name === 'jsonb';
  if (!whole || !json || !canHaveChild(document, table) || !canLeave(document, table, [column.id])) return undefined;
  const thing = snake(column.name);
  return {
    kind: 'elements',
    table: table.id,
    column: column.id,
    name: free(document, table, childName(table.name, thing)),
    value: styled(column.name, singular(thing)),
  };
}

/** One foreign key for each table that is named. */
export function offerPolymorphic(document: Document, table: Table, pair: PolymorphicPair): Reshape | undefined {
  const { type, id, targets } = pair;
  if (targets === undefined || targets.length < 2 || !canLeave(document, table, [type.id, id.id])) return undefined;
  if (table.partitionOf !== undefined || (table.inherits ?? []).length > 0) return undefined;
  // Unique together with others it would need one key for each table: those are made, but not for half of the pair.
  const torn = table.keys.some(({ columns }) => columns.includes(id.id) !== columns.includes(type.id));
  return torn ? undefined : { kind: 'polymorphic', table: table.id, type: type.id, id: id.id, targets };
}

/** A name that can be a column as it is. */
const ATTRIBUTE_NAME = /^[a-z_][a-z0-9_]{0,50}$/i;

/** A column that gets a value when none is given. */
function makesItself({ identity, default: given, type }: Column): boolean {
  return identity !== undefined || given !== undefined || (type.kind === 'builtin' && /serial/i.test(type.name));
}

/** Columns for the attributes that are known, else one JSON column. */
export function offerAttributes(document: Document, table: Table, rows: AttributeRows): Reshape | undefined {
  const { relationship, attribute, values, known, pure } = rows;
  const [value] = values;
  if (relationship === undefined || value === undefined || values.length > 1 || !pure || relationship.childColumns.length > 1)
    return undefined;
  const entity = document.tables[relationship.parent];
  if (entity === undefined || linksTo(document, table.id).length > 0 || relationship.parent === table.id) return undefined;
  // Each attribute once for an entity, or columns could not hold them.
  const child = relationship.childColumns[0] as Id;
  const once = [
    ...table.keys,
    ...table.indexes.flatMap(({ unique, where, elements }) =>
      unique === true && where === undefined ? [{ columns: elements.flatMap((one) => one.column ?? []) }] : [],
    ),
  ].some(({ columns }) => columns.length === 2 && columns.includes(child) && columns.includes(attribute.id));
  if (!once || typeFacts(document, attribute.type).name === 'integer') return undefined;
  // The way back makes rows anew: what they have beside must make its own values.
  const used = new Set([child, attribute.id, value.id]);
  const others = table.columns.filter(({ id }) => !used.has(id));
  if (others.some((column) => !makesItself(column))) return undefined;
  if ((linksOf(document).byChild.get(table.id) ?? []).length > 1) return undefined;
  const taken = new Set(entity.columns.map(({ name }) => name.toLowerCase()));
  const names = known.map(({ value: name }) => name);
  const plain = names.length > 0 && names.every((name) => ATTRIBUTE_NAME.test(name) && !taken.has(name.toLowerCase()));
  return {
    kind: 'eav',
    table: table.id,
    relationship: relationship.id,
    attribute: attribute.id,
    value: value.id,
    attributes: plain ? names : [],
  };
}

/** One table for each kind of code. */
export function offerLookup(document: Document, table: Table, { type, kinds }: LookupOfAll): Reshape | undefined {
  const links = [...linksTo(document, table.id), ...(linksOf(document).byChild.get(table.id) ?? [])];
  // Who refers to a code does not say of which kind.
  if (kinds.length < 2 || links.length > 0 || !canHaveChild(document, table)) return undefined;
  const [key] = table.keys;
  if (table.columns.length < 3 || key === undefined) return undefined;
  const names = new Set<string>();
  const made = kinds.map(({ value }) => {
    const wanted = styled(table.name, snake(value) === '' ? 'kind' : snake(value));
    const name = freeTableName(document, table.schema, wanted, [...names]);
    names.add(name);
    return { value, name };
  });
  return { kind: 'lookup', table: table.id, type: type.id, kinds: made };
}

/** One table with a column for what the names said. */
export function offerClones(document: Document, clones: CloneTables): Reshape | undefined {
  const { stem, by, tables, same } = clones;
  const [first] = tables;
  const plain = ({ table }: (typeof tables)[number]) =>
    canHaveChild(document, table) &&
    linksTo(document, table.id).length === 0 &&
    table.policies.length === 0 &&
    // A counter of its own (nextval) ends with its table.
    !table.columns.some(({ generated, default: given }) => generated !== undefined || /nextval/i.test(given?.sql ?? ''));
  if (!same || first === undefined || !tables.every(plain)) return undefined;
  const column = by === 'name' || by === 'number' ? 'kind' : by;
  const name = (one: string) => styled(first.table.columns[0]?.name ?? '', one);
  const taken = (one: string) => first.table.columns.some((other) => other.name.toLowerCase() === one.toLowerCase());
  const own = [column, `${snake(stem)}_${column}`].map(name).find((one) => !taken(one));
  if (own === undefined) return undefined;
  return {
    kind: 'clones',
    tables: tables.map(({ table, value }) => ({ table: table.id, value })),
    name: free(document, first.table, stem),
    column: own,
    integer: by === 'year' || by === 'number',
  };
}
