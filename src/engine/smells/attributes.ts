import type { Column } from '#model/column-types.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { typeFacts } from '../rules/type-facts.ts';
import { isBookkeeping, snake } from '../rules/words.ts';
import { isTextual } from './kinds.ts';
import { perTable } from './per-table.ts';
import { type KnownValue, knownValues, type Uses } from './uses.ts';

const ATTRIBUTE =
  /^(attribute|attribute_name|attribute_id|attr|attr_name|attr_id|key|meta_key|property|property_name|property_key|property_id|field|field_name|field_id|custom_field_id|setting_key|param_name)$/;
const VALUE =
  /^(value|attribute_value|attr_value|meta_value|property_value|field_value|setting_value|param_value|val|(?:value_(?:text|string|int|integer|number|numeric|date|datetime|bool|boolean|decimal|float|varchar))|(?:(?:text|string|int|integer|number|numeric|date|bool|boolean|decimal|float)_value))$/;
/** Names that say by themselves that rows are attributes: with these, an id beside them is the entity's even without a foreign key. */
const PLAIN_ATTRIBUTE = /^(meta_key|attribute_name|attr_name|property_name|property_key|attribute)$/;

/** A value column for each type, called by the type alone. */
const TYPED_VALUE = /^(text\d?|string|double|float|long|int|integer|number|decimal|numeric|bool|boolean|date|datetime|blob|bytea)$/;
const TYPED_ATTRIBUTE = /^(name|variable_name|var_name|key)$/;

/** A table that holds attributes of an entity as rows. */
export interface AttributeRows {
  readonly entity: readonly Column[];
  readonly attribute: Column;
  readonly values: readonly Column[];
  /** The foreign key to the entity; absent when only a name says which it is. */
  readonly relationship?: Relationship;
  /** Names of attributes, where some are known. */
  readonly known: readonly KnownValue[];
  /** Nothing but these, a key of numbers and bookkeeping is in the table. */
  readonly pure: boolean;
  readonly evidence: readonly string[];
}

const candidate = perTable((_: Document, table: Table) => {
  const attribute = table.columns.find((column) => ATTRIBUTE.test(snake(column.name)));
  const values = table.columns.filter((column) => VALUE.test(snake(column.name)));
  if (attribute !== undefined && values.length > 0) return { attribute, values, typed: false };
  const typed = table.columns.filter((column) => TYPED_VALUE.test(snake(column.name)));
  const name = table.columns.find((column) => TYPED_ATTRIBUTE.test(snake(column.name)));
  return name === undefined || typed.length < 3 ? undefined : { attribute: name, values: typed, typed: true };
});

/** `field_name, field_value`: the two names belong together. */
function paired(attribute: Column, value: Column): boolean {
  const stem = /^(.+)_(?:name|key|id|code)$/.exec(snake(attribute.name))?.[1];
  return stem !== undefined && snake(value.name) === `${stem}_value`;
}

function entityOf(
  document: Document,
  table: Table,
  attribute: Column,
  value: Column,
  byType: boolean,
): { readonly columns: readonly Id[]; readonly relationship?: Relationship } | undefined {
  const links = linksOf(document).byChild.get(table.id) ?? [];
  const relationship = links.find((one) => one.childColumns.length > 0 && !one.childColumns.includes(attribute.id));
  if (relationship !== undefined) return { columns: relationship.childColumns, relationship };
  if (!byType && !PLAIN_ATTRIBUTE.test(snake(attribute.name)) && !paired(attribute, value)) return undefined;
  const own = table.keys.find(({ kind }) => kind === 'primary')?.columns;
  const id = table.columns.find(
    ({ id: one, name }) => /_id$/.test(snake(name)) && one !== attribute.id && !(own?.length === 1 && own[0] === one),
  );
  return id === undefined ? undefined : { columns: [id.id] };
}

/** A table that is entity, attribute and value; undefined when it is not. */
export function attributeRows(document: Document, table: Table, uses: Uses): AttributeRows | undefined {
  const found = candidate(document, table);
  if (found === undefined) return undefined;
  const { attribute, values, typed: byType } = found;
  const [value] = values;
  const entity = value === undefined ? undefined : entityOf(document, table, attribute, value, byType);
  if (entity === undefined || value === undefined) return undefined;
  const type = typeFacts(document, value.type);
  const textual = isTextual(document, value.type) || /^jsonb?$/.test(type.name);
  if (values.length === 1 && !textual) return undefined;
  const used = new Set([attribute.id, ...values.map(({ id }) => id), ...entity.columns]);
  const surrogate = table.keys.find(({ kind, columns }) => kind === 'primary' && columns.length === 1)?.columns[0];
  const others = table.columns.filter((column) => !used.has(column.id) && !isBookkeeping(column.name));
  // One column for each type says it by itself, whatever else is there.
  if (others.length > 2 && !byType) return undefined;
  const known = knownValues(document, attribute, uses.of(table).get(attribute.id) ?? []);
  const columns = table.columns.filter(({ id }) => entity.columns.includes(id));
  const names = (list: readonly Column[]) => list.map(({ name }) => name).join(', ');
  const typed =
    values.length > 1
      ? [`a value column for each type: ${names(values)}`]
      : [`${value.name} is ${type.name}: one type for every attribute`];
  return {
    entity: columns,
    attribute,
    values,
    known,
    pure: table.columns.every(({ id }) => used.has(id) || id === surrogate),
    ...(entity.relationship === undefined ? {} : { relationship: entity.relationship }),
    evidence: [
      `entity ${names(columns)}, attribute ${attribute.name}, value ${names(values)}`,
      ...typed,
      ...known.slice(0, 8).map(({ value: name, place }) => `attribute “${name}” by ${place}`),
    ],
  };
}
