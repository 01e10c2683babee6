import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import type { Dialect, Document } from '#model/types.ts';
import { dialectOf, type PlannedTable, planCode } from '../code/plan.ts';
import { plainDefault } from '../common/defaults.ts';
import { wellFormed } from '../common/escape.ts';
import type { Feature } from '../common/features.ts';
import { Losses, lossesBeyond, pathOf, primaryColumns } from '../common/losses.ts';
import { pascalCase, singular } from '../common/names.ts';
import { type Portable, portableType } from '../common/portable.ts';
import { typeLoss } from '../common/type-losses.ts';
import type { Exchanged } from '../exchange.ts';

type Json = { readonly [key: string]: unknown };

const SAYS: ReadonlySet<Feature> = new Set<Feature>(['table comment', 'column comment', 'not null', 'enum type', 'default']);

const RANGES = { 8: 7, 16: 15, 24: 23, 32: 31 } as const;

/** What JSON holds a value of a type as. Numbers that a double would round are texts. */
function schemaOf(type: Portable): Json {
  switch (type.kind) {
    case 'integer': {
      if (type.bits === 64) return { type: 'integer', format: 'int64' };
      const most = 2 ** (RANGES[type.bits] + (type.unsigned === true ? 1 : 0));
      return { type: 'integer', minimum: type.unsigned === true ? 0 : -most, maximum: most - 1 };
    }
    case 'decimal':
    case 'money':
      return { type: ['number', 'string'], pattern: '^-?\\d+(\\.\\d+)?$' };
    case 'float':
      return { type: 'number' };
    case 'boolean':
      return { type: 'boolean' };
    case 'char':
    case 'varchar':
      return { type: 'string', ...(type.length === undefined ? {} : { maxLength: type.length }) };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'time':
      return { type: 'string', ...(type.zone ? { format: 'time' } : {}) };
    case 'timestamp':
      return { type: 'string', ...(type.zone ? { format: 'date-time' } : {}) };
    case 'interval':
      return { type: 'string', format: 'duration' };
    case 'uuid':
      return { type: 'string', format: 'uuid' };
    case 'json':
      return {};
    case 'binary':
      return { type: 'string', contentEncoding: 'base64' };
    case 'enum':
      return { enum: [...new Set(type.values)] };
    case 'set':
      return { type: 'array', uniqueItems: true, items: { enum: [...new Set(type.values)] } };
    case 'array':
      return { type: 'array', items: nullable(schemaOf(type.of)) };
    default:
      return { type: 'string' };
  }
}

/** What of a type its schema keeps. */
function kept(type: Portable, dialect: Dialect): Portable {
  switch (type.kind) {
    case 'integer':
      return type.bits === 64 ? { kind: 'integer', bits: 64 } : type;
    case 'float':
      return { kind: 'float', bits: 64 };
    case 'char':
      return type.length === undefined ? { kind: 'text' } : { kind: 'varchar', length: type.length };
    case 'varchar':
      return type.length === undefined ? { kind: 'text' } : type;
    case 'time':
    case 'timestamp':
      return type.zone ? { kind: type.kind, zone: true } : { kind: 'text' };
    case 'json':
      return { kind: 'json', binary: dialect === 'postgresql' };
    case 'binary':
      return { kind: 'binary' };
    case 'array':
      return { kind: 'array', of: kept(type.of, dialect) };
    case 'decimal':
    case 'money':
    case 'other':
    case 'xml':
    case 'bits':
      return { kind: 'text' };
    default:
      return type;
  }
}

const isEnum = (type: Portable): boolean => (type.kind === 'array' ? isEnum(type.of) : type.kind === 'enum' || type.kind === 'set');

/** A default as a value of JSON, where it is one. */
function defaultOf(column: Column, type: Portable, dialect: Dialect): string | number | boolean | undefined {
  const plain = column.default === undefined ? undefined : plainDefault(column.default, dialect);
  if (plain?.kind === 'number' && (type.kind === 'integer' || type.kind === 'float')) {
    const value = Number(plain.text);
    return Number.isFinite(value) && (Number.isSafeInteger(value) || /[.eE]/.test(plain.text)) ? value : undefined;
  }
  if (plain?.kind === 'boolean') return type.kind === 'boolean' ? plain.value : undefined;
  if (plain?.kind !== 'string') return undefined;
  const holds = type.kind === 'text' || type.kind === 'char' || type.kind === 'varchar';
  return holds || (type.kind === 'enum' && type.values.includes(plain.value)) ? wellFormed(plain.value) : undefined;
}

/** The same, or null. */
function nullable(schema: Json): Json {
  const { type } = schema;
  if (Array.isArray(schema['enum'])) return { ...schema, enum: [...schema['enum'], null] };
  if (type === undefined) return schema;
  return { ...schema, type: [...(Array.isArray(type) ? type : [type]), 'null'] };
}

function property(document: Document, { table }: PlannedTable, column: Column, losses: Losses): Json {
  const dialect = dialectOf(document);
  const object = `column ${pathOf(document, table)}.${column.name}`;
  const type = portableType(document, column.type);
  const primary = table.keys.some((key) => key.kind === 'primary' && key.columns.includes(column.id));
  const base = schemaOf(type);
  const lost = isEnum(type) ? undefined : typeLoss(document, column.type, kept(type, dialect), JSON.stringify(base));
  if (lost !== undefined) losses.say(object, 'type', lost);
  const value = defaultOf(column, type, dialect);
  if (column.default !== undefined && column.generated === undefined && value === undefined)
    losses.say(object, 'default', 'It is no value of JSON, or the database computes it.');
  return {
    ...(column.comment === undefined ? {} : { description: wellFormed(column.comment) }),
    ...(column.nullable && !primary ? nullable(base) : base),
    ...(value === undefined || column.generated !== undefined ? {} : { default: value }),
    ...(column.generated !== undefined || column.identity?.mode === 'always' ? { readOnly: true } : {}),
  };
}

function definitions(document: Document, losses: Losses): readonly (readonly [string, Json])[] {
  const naming = {
    classOf: (name: string) => pascalCase(singular(name)),
    fieldOf: (name: string) => name,
    reservedClasses: new Set<string>(),
    reservedFields: new Set<string>(),
  };
  const { tables } = planCode(document, naming, losses);
  return tables.map((planned) => {
    const { table, columns, className } = planned;
    const keys = primaryColumns(document, table);
    const required = columns.filter((column) => !column.nullable || keys.includes(column)).map(({ name }) => name);
    // A property may be called __proto__: entries make it one like any other.
    const properties = Object.fromEntries(columns.map((column) => [column.name, property(document, planned, column, losses)]));
    const schema = {
      title: wellFormed(table.name),
      ...(table.comment === undefined ? {} : { description: wellFormed(table.comment) }),
      type: 'object',
      properties,
      ...(required.length === 0 ? {} : { required }),
      additionalProperties: false,
    };
    return [className, schema] as const;
  });
}

const textOf = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** A row of each table as JSON Schema 2020-12. */
export function writeJsonSchema(document: Document): Exchanged {
  const losses = new Losses(lossesBeyond(document, SAYS, 'JSON Schema'));
  const settings = recordIn(document, 'settings', 'settings');
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: settings?.name ?? 'database',
    $defs: Object.fromEntries(definitions(document, losses)),
  };
  return { files: [{ path: 'schema.json', text: textOf(schema) }], losses: losses.all() };
}

/** A row of each table as a component of OpenAPI 3.1, whose schemas are JSON Schema 2020-12. */
export function writeOpenApi(document: Document): Exchanged {
  const losses = new Losses(lossesBeyond(document, SAYS, 'OpenAPI'));
  const settings = recordIn(document, 'settings', 'settings');
  const schemas = Object.fromEntries(definitions(document, losses));
  const api = {
    openapi: '3.1.0',
    info: { title: settings?.name || 'database', version: '1.0.0' },
    paths: {},
    components: { schemas },
  };
  return { files: [{ path: 'openapi.json', text: textOf(api) }], losses: losses.all() };
}
