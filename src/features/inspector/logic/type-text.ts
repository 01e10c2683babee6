import { nearest } from '#lib/edit-distance.ts';
import { type ReadName, readName, skipSpace, typedName } from '#lib/identifiers.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { ColumnType } from '#model/column-types.ts';
import type { Document, Id } from '#model/types.ts';
import { BUILTIN_TYPES, type BuiltinType, builtinType, EXTENSION_TYPES } from './builtin-types.ts';
import { dialectOf, readListedType } from './listed-type.ts';
import { type ReadType, readArgs } from './type-args.ts';

interface Pieces {
  readonly path: readonly ReadName[];
  /** Words after the first name, such as `with time zone`. */
  readonly words: readonly string[];
  readonly args?: readonly string[];
  readonly dims: number;
}

type Homed = { readonly id: Id; readonly name: string; readonly schema: Id };

const memo = new WeakMap<object, ReadonlyMap<string, readonly Homed[]>>();

/** Records of one collection by name, gathered once for each state of it. */
function byName(records: Readonly<Record<Id, Homed>>): ReadonlyMap<string, readonly Homed[]> {
  const known = memo.get(records);
  if (known !== undefined) return known;
  const names = new Map<string, Homed[]>();
  for (const record of Object.values(records)) {
    const same = names.get(record.name);
    if (same === undefined) names.set(record.name, [record]);
    else same.push(record);
  }
  memo.set(records, names);
  return names;
}

/** Custom types and tables (as row types) by name, those of `schema` first. */
function customNamed(document: Document, name: string, schema: Id | undefined): readonly { id: Id; schema: Id }[] {
  const found = [...(byName(document.types).get(name) ?? []), ...(byName(document.tables).get(name) ?? [])];
  return found.sort((a, b) => Number(b.schema === schema) - Number(a.schema === schema));
}

function schemaId(document: Document, name: ReadName): Id | undefined {
  const schemas = Object.values(document.schemas);
  return (schemas.find((one) => one.name === name.name) ?? schemas.find((one) => one.name === name.typed))?.id;
}

function readDims(text: string, from: number): Result<{ dims: number; end: number }> {
  let at = from;
  let dims = 0;
  const suffix = /\s*\[\s*\d*\s*\]/y;
  const array = /\s*array\b(\s*\[\s*\d*\s*\])?/iy;
  array.lastIndex = at;
  const word = array.exec(text);
  if (word !== null) return ok({ dims: 1, end: at + word[0].length });
  for (;;) {
    suffix.lastIndex = at;
    const found = suffix.exec(text);
    if (found === null) break;
    dims++;
    at += found[0].length;
  }
  if (text[skipSpace(text, at)] === '[') return err('type-dims', 'An array is written [] after the type, such as text[].');
  return ok({ dims, end: at });
}

/** The name, qualified or of several words, then arguments, trailing words and dimensions. */
function readPieces(text: string): Result<Pieces> {
  const path: ReadName[] = [];
  const words: string[] = [];
  let args: readonly string[] | undefined;
  let at = skipSpace(text, 0);
  if (at === text.length) return err('type-empty', 'A column needs a type, such as text or bigint.');
  for (;;) {
    const name = readName(text, at);
    if (name === undefined) return err('type-name', `A type’s name was expected at “${text.slice(at, at + 12) || 'the end'}”.`);
    path.push(name);
    at = skipSpace(text, name.end);
    if (text[at] !== '.') break;
    at = skipSpace(text, at + 1);
  }
  for (;;) {
    at = skipSpace(text, at);
    if (text[at] === '(' && args === undefined) {
      const read = readArgs(text, at);
      if (!read.ok) return read;
      args = read.value.args;
      at = read.value.end;
      continue;
    }
    const word = text[at] === '"' ? undefined : readName(text, at);
    if (word === undefined || word.name === 'array') break;
    words.push(word.name);
    at = word.end;
  }
  const dims = readDims(text, at);
  if (!dims.ok) return dims;
  const rest = text.slice(skipSpace(text, dims.value.end));
  if (rest !== '')
    return err('type-rest', `“${rest.slice(0, 24)}” cannot stand after a type. Defaults and constraints have fields of their own.`);
  return ok({ path, words, dims: dims.value.dims, ...(args === undefined ? {} : { args }) });
}

function withDims<T extends object>(type: T, dims: number): T & { dims?: number } {
  return dims === 0 ? type : { ...type, dims };
}

const INTERVAL_FIELDS =
  /^(year|month|day|hour|minute|second|year to month|day to (hour|minute|second)|hour to (minute|second)|minute to second)$/;

function readBuiltin(builtin: BuiltinType, pieces: Pieces, fields: string | undefined): Result<ReadType> {
  const { args = [], dims } = pieces;
  if (args.length > builtin.args) {
    if (builtin.args > 0)
      return err(
        'type-args',
        `${builtin.name} takes ${builtin.args === 1 ? 'one value' : 'two values'} in parentheses, not ${args.length}.`,
      );
    const better =
      builtin.name === 'text' ? ' For a longest length use varchar.' : builtin.group === 'Number' ? ' For digits use numeric.' : '';
    return err('type-args', `${builtin.name} takes nothing in parentheses.${better}`);
  }
  const wrong = args.find((arg) => !/^-?\d+$/.test(arg));
  if (wrong !== undefined)
    return err('type-args', `“${wrong}” is not a whole number: ${builtin.name} takes whole numbers in parentheses.`);
  const all = fields === undefined ? args : [fields, ...args];
  return ok({ type: withDims({ kind: 'builtin', name: builtin.name, ...(all.length > 0 ? { args: all } : {}) }, dims) });
}

function readUnknown(document: Document, pieces: Pieces, name: ReadName): ReadType {
  const type: ColumnType = withDims({ kind: 'other', name: name.name, ...(pieces.args ? { args: pieces.args } : {}) }, pieces.dims);
  if (name.quoted || EXTENSION_TYPES.some((one) => one.name === name.name)) return { type };
  const spellings = BUILTIN_TYPES.flatMap((one) => [one.name, ...(one.aliases ?? [])]);
  const near = nearest(name.typed, [
    ...spellings,
    ...EXTENSION_TYPES.map((one) => one.name),
    ...Object.values(document.types).map((one) => one.name),
  ]);
  const suggestions = [...new Set(near.map((one) => builtinType(one)?.name ?? one))];
  const question = suggestions.length === 0 ? '' : ` Did you mean ${suggestions.join(' or ')}?`;
  const message = `${name.typed} is neither a PostgreSQL type nor a type of this document.${question}`;
  return { type, doubt: { message, suggestions } };
}

/**
 * Reads a type as a person types it: `varchar(255)`, `text[]`, `timestamp(3) with time zone`, `order_status`,
 * `sales."Order Status"`. Names are looked up among PostgreSQL's types, then in the document.
 * @param schema schema of the table the type is for: its types win over those of the same name elsewhere.
 */
export function readType(document: Document, text: string, schema?: Id): Result<ReadType> {
  if (dialectOf(document) !== 'postgresql') return readListedType(document, text);
  const read = readPieces(text);
  if (!read.ok) return read;
  const pieces = read.value;
  const last = pieces.path.at(-1);
  if (last === undefined) return err('type-name', 'A type’s name was expected.');
  const qualifier = pieces.path.length > 1 ? pieces.path.at(-2) : undefined;
  if (pieces.path.length > 2) return err('type-name', 'A type is named by at most a schema and a name.');
  const spelled = [last.name, ...pieces.words].join(' ');
  if (!last.quoted && (qualifier === undefined || qualifier.name === 'pg_catalog')) {
    const builtin = builtinType(spelled);
    if (builtin !== undefined) return readBuiltin(builtin, pieces, undefined);
    const fields = pieces.words.join(' ');
    if (last.name === 'interval' && INTERVAL_FIELDS.test(fields)) {
      const interval = builtinType('interval');
      if (interval !== undefined) return readBuiltin(interval, pieces, fields);
    }
  }
  if (pieces.words.length > 0)
    return err(
      'type-rest',
      `“${pieces.words.join(' ')}” cannot stand after a type. Defaults and constraints have fields of their own.`,
    );
  return readNamed(document, pieces, last, qualifier, schema);
}

function readNamed(
  document: Document,
  pieces: Pieces,
  last: ReadName,
  qualifier: ReadName | undefined,
  schema: Id | undefined,
): Result<ReadType> {
  const home = qualifier === undefined ? schema : schemaId(document, qualifier);
  const candidates = [...customNamed(document, last.name, home), ...(last.quoted ? [] : customNamed(document, last.typed, home))];
  const custom = qualifier === undefined ? candidates[0] : candidates.find((one) => one.schema === home);
  if (custom !== undefined) {
    if (pieces.args !== undefined)
      return err('type-args', `${last.typed} is a type of this document and takes nothing in parentheses.`);
    return ok({ type: withDims({ kind: 'custom', type: custom.id }, pieces.dims) });
  }
  if (qualifier === undefined) return ok(readUnknown(document, pieces, last));
  const args = pieces.args === undefined ? {} : { args: pieces.args };
  return ok({ type: withDims({ kind: 'other', schema: qualifier.name, name: last.name, ...args }, pieces.dims) });
}

/**
 * A type as text that {@link readType} reads back to the same type. Types of another schema than the table's are qualified.
 */
export function typeText(document: Document, type: ColumnType, schema?: Id): string {
  const dims = '[]'.repeat(type.dims ?? 0);
  if (type.kind === 'custom') {
    const found = recordIn(document, 'types', type.type) ?? recordIn(document, 'tables', type.type);
    if (found === undefined) return `(missing type)${dims}`;
    const name = typedName(found.name);
    const shadowed = builtinType(found.name) !== undefined && !name.startsWith('"');
    const home = recordIn(document, 'schemas', found.schema)?.name;
    const plain = customNamed(document, found.name, schema)[0]?.id === found.id && (found.schema === schema || home === 'public');
    return plain && !shadowed ? `${name}${dims}` : `${home === undefined ? '' : `${typedName(home)}.`}${name}${dims}`;
  }
  const args = type.args ?? [];
  const fields =
    type.kind === 'builtin' && type.name === 'interval' && args[0] !== undefined && INTERVAL_FIELDS.test(args[0])
      ? ` ${args[0]}`
      : '';
  const values = fields === '' ? args : args.slice(1);
  const inner = values.length === 0 ? '' : `(${values.join(',')})`;
  if (type.kind === 'builtin') {
    // Words such as `unsigned` and `with time zone` follow the arguments.
    const words = inner === '' || fields !== '' ? -1 : type.name.indexOf(' ');
    const [first, rest] = words < 0 ? [type.name, ''] : [type.name.slice(0, words), type.name.slice(words)];
    return `${first}${fields}${inner}${rest}${dims}`;
  }
  const name = typedName(type.name);
  const known = EXTENSION_TYPES.some((one) => one.name === type.name);
  const own =
    type.schema === undefined ? (known || name.startsWith('"') ? name : typedName(type.name)) : `${typedName(type.schema)}.${name}`;
  return `${own}${inner}${dims}`;
}
