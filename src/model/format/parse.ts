import * as v from 'valibot';
import { err, ok, type Result } from '#lib/result.ts';
import { COLLECTIONS } from '../collections.ts';
import type { AnyRecord, Collection, Document, Id } from '../types.ts';
import { validate } from '../validate.ts';
import type { Defect } from '../validate-notes.ts';
import { parseJson } from './json.ts';
import { MIGRATIONS, type Migration } from './migrations/migrations.ts';
import { MAX_COLUMNS, MAX_TABLES } from './schema-parts.ts';
import { RECORD_SCHEMAS } from './schemas.ts';
import { FORMAT, VERSION } from './serialize.ts';
import { type Shape, shapeOf, variantOf } from './walk-schema.ts';

/** A file read: its document, and why it must not be edited when it comes from a newer version. */
export interface Parsed {
  readonly document: Document;
  readonly readOnly?: string;
}

/** Characters of a file that are read at most. */
export const MAX_FILE = 200_000_000;

type Json = Readonly<Record<string, unknown>>;

/** How versions are read; tests give steps of their own. */
export interface Versions {
  readonly current: number;
  readonly migrations: readonly Migration[];
}

const VERSIONS: Versions = { current: VERSION, migrations: MIGRATIONS };

/**
 * Reads the text of a `.crowfoot.json` file, which may be anything.
 * @returns the document; or a problem with the place (line and column, or the record and property) and what to do. Nothing
 * is repaired or dropped, except in files of a newer version, which open read-only with what this version understands.
 */
export function parseDocument(text: string, versions: Versions = VERSIONS): Result<Parsed> {
  if (text.length > MAX_FILE) return err('too-large', `The file has ${text.length} characters; ${MAX_FILE} are read at most.`);
  const json = parseJson(text.startsWith('\ufeff') ? text.slice(1) : text);
  return json.ok ? readFile(json.value, versions) : json;
}

/** As {@link parseDocument}, of a file whose JSON is parsed already. */
export function readFile(file: unknown, versions: Versions = VERSIONS): Result<Parsed> {
  if (!isObject(file) || !Object.hasOwn(file, 'format') || file['format'] !== FORMAT) {
    return err('not-crowfoot', 'This is JSON, but no Crowfoot file: it does not say "format": "crowfoot".');
  }
  const version = Object.hasOwn(file, 'version') ? file['version'] : undefined;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return err('bad-version', 'The file does not say which version of the Crowfoot format it has.');
  }
  if (version > versions.current) return newer(file, version, versions.current);
  const migrated = migrate(file, version, versions);
  return migrated.ok ? strict(migrated.value) : migrated;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function migrate(file: Json, from: number, { current, migrations }: Versions): Result<Json> {
  let at: Result<Json> = ok(file);
  for (let version = from + 1; version <= current && at.ok; version++) {
    const step = migrations.find((one) => one.to === version);
    if (step === undefined) return err('no-migration', `There is no way from version ${version - 1} of the format to ${version}.`);
    at = step.up(at.value);
  }
  return at;
}

const NAMES: ReadonlySet<string> = new Set(['format', 'version', ...COLLECTIONS.map(({ name }) => name)]);

function empty(): Record<Collection, Record<Id, AnyRecord>> {
  const made = COLLECTIONS.map(({ name }) => [name, {}] as const);
  return Object.fromEntries(made) as Record<Collection, Record<Id, AnyRecord>>;
}

function strict(file: Json): Result<Parsed> {
  const unknown = Object.keys(file).find((name) => !NAMES.has(name));
  if (unknown !== undefined)
    return err('unknown-section', `The file has a section ${JSON.stringify(unknown)}, which is not known.`);
  const document = empty();
  for (const { name } of COLLECTIONS) {
    const read = readCollection(file, name);
    if (!read.ok) return read;
    document[name] = read.value;
  }
  const defects = validate(document as unknown as Document);
  if (defects.length > 0) return broken(defects);
  return ok({ document: document as unknown as Document });
}

function listIn(file: Json, name: Collection): Result<readonly unknown[]> {
  if (!Object.hasOwn(file, name)) return ok([]);
  const list = file[name];
  if (!Array.isArray(list)) return err('bad-section', `The section ${name} of the file is not a list.`);
  if (name === 'tables' && list.length > MAX_TABLES) {
    return err(
      'too-many-tables',
      `The file has ${list.length} tables; ${MAX_TABLES} are read at most (of ${MAX_COLUMNS} columns).`,
    );
  }
  return ok(list);
}

function readCollection(file: Json, name: Collection): Result<Record<Id, AnyRecord>> {
  const list = listIn(file, name);
  if (!list.ok) return list;
  const records: Record<Id, AnyRecord> = {};
  for (const [at, item] of list.value.entries()) {
    const read = v.safeParse(RECORD_SCHEMAS[name] as v.GenericSchema<unknown, AnyRecord>, item, { abortEarly: true });
    if (!read.success) {
      const issue = read.issues[0];
      const path = v.getDotPath(issue);
      return err('bad-record', `${name}[${at}]${path === null ? '' : `.${path}`}: ${issue.message}.`);
    }
    const record = read.output;
    if (Object.hasOwn(records, record.id)) return err('id-twice', `${name}[${at}]: ${record.id} is the id of two records.`);
    records[record.id] = record;
  }
  return ok(records);
}

function broken(defects: readonly Defect[]): Result<never> {
  const said = defects.slice(0, 3).map((one) => `${one.collection} ${one.record}, ${one.path}: ${one.message}`);
  const more = defects.length > 3 ? ` And ${defects.length - 3} more.` : '';
  return err('broken-references', `The file contradicts itself. ${said.join(' ')}${more}`);
}

/** A file of a newer version: what this version understands, read-only. */
function newer(file: Json, version: number, current: number): Result<Parsed> {
  const document = empty();
  let left = 0;
  for (const { name } of COLLECTIONS) {
    const list = listIn(file, name);
    if (!list.ok) return list;
    const shape = shapeOf(RECORD_SCHEMAS[name]);
    for (const item of list.value) {
      const read = v.safeParse(RECORD_SCHEMAS[name] as v.GenericSchema<unknown, AnyRecord>, known(shape, item));
      if (read.success && !Object.hasOwn(document[name], read.output.id)) document[name][read.output.id] = read.output;
      else left += 1;
    }
  }
  for (let defects = validate(document as unknown as Document); defects.length > 0; ) {
    for (const one of defects) {
      if (Object.hasOwn(document[one.collection], one.record)) left += 1;
      delete document[one.collection][one.record];
    }
    const next = validate(document as unknown as Document);
    if (next.length > 0 && next.every((one) => one.record === 'settings')) {
      return err(
        'newer-version',
        `The file has version ${version} of the format; this program reads version ${current}. Update it.`,
      );
    }
    defects = next;
  }
  const lost = left === 0 ? '' : ` ${left} of its objects are not shown.`;
  const readOnly = `The file was written by a newer Crowfoot (format ${version}, this one knows ${current}): it is shown, but cannot be changed.${lost}`;
  return ok({ document: document as unknown as Document, readOnly });
}

/** A value without the properties that this version does not know. */
function known(shape: Shape, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return shape.kind === 'list' ? value.map((one) => known(shape.item, one)) : value;
  const own = variantOf(shape, value);
  if (own.kind !== 'object') return value;
  const kept = own.entries.filter(({ name }) => Object.hasOwn(value, name));
  return Object.fromEntries(kept.map(({ name, shape: entry }) => [name, known(entry, (value as Json)[name])]));
}
