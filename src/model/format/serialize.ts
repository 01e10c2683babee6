import { COLLECTIONS } from '../collections.ts';
import type { AnyRecord, Collection, Document, Id } from '../types.ts';
import { RECORD_SCHEMAS } from './schemas.ts';
import { type Shape, shapeOf, variantOf } from './walk-schema.ts';

export const FORMAT = 'crowfoot';
/** The version this program writes. */
export const VERSION = 1;

/** One value on one line, its keys in the schema's order. */
function compact(shape: Shape, value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    const item: Shape = shape.kind === 'list' ? shape.item : { kind: 'value' };
    return `[${value.map((one) => compact(item, one)).join(',')}]`;
  }
  const parts: string[] = [];
  for (const [name, entry, held] of entriesOf(shape, value)) parts.push(`${JSON.stringify(name)}:${compact(entry, held)}`);
  return `{${parts.join(',')}}`;
}

/** The entries of an object in file order. Absent ones and lists that a file leaves out are skipped; unknown keys come last. */
function* entriesOf(shape: Shape, value: object): Generator<readonly [string, Shape, unknown]> {
  const { entries, known } = objectShape(variantOf(shape, value));
  const from = value as Record<string, unknown>;
  for (const [name, entry] of entries) {
    if (!Object.hasOwn(from, name) || from[name] === undefined) continue;
    const held = from[name];
    if (entry.kind === 'list' && entry.optional && Array.isArray(held) && held.length === 0) continue;
    yield [name, entry, held];
  }
  for (const name of Object.keys(from).sort()) {
    if (!known.has(name) && from[name] !== undefined) yield [name, { kind: 'value' }, from[name]];
  }
}

function objectShape(shape: Shape): { entries: readonly (readonly [string, Shape])[]; known: ReadonlySet<string> } {
  return shape.kind === 'object' ? shape : { entries: [], known: new Set() };
}

const isLong = (entry: Shape, held: unknown): boolean =>
  (entry.kind === 'list' && entry.optional) || (entry.kind === 'text' && typeof held === 'string' && held.includes('\n'));

/** The file's text of a record: on one line, or, when it holds lists of parts or texts of several lines, one line for each part or line. */
export function recordText(shape: Shape, record: AnyRecord): string {
  const entries = [...entriesOf(shape, record)];
  const byPart = objectShape(variantOf(shape, record)).entries.some(([, entry]) => entry.kind === 'list' && entry.optional);
  if (!byPart && !entries.some(([, entry, held]) => isLong(entry, held))) return `    ${compact(shape, record)}`;
  const lines = entries.map(([name, entry, held]) => {
    const key = `      ${JSON.stringify(name)}: `;
    if (!isLong(entry, held)) return key + compact(entry, held);
    const items =
      entry.kind === 'list'
        ? (held as unknown[]).map((one) => compact(entry.item, one))
        : (held as string).split('\n').map((one) => JSON.stringify(one));
    return `${key}[\n${items.map((one) => `        ${one}`).join(',\n')}\n      ]`;
  });
  return `    {\n${lines.join(',\n')}\n    }`;
}

function byId(a: { readonly id: Id }, b: { readonly id: Id }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/**
 * A document as the text of its file: canonical, so that equal documents give equal bytes and one edit changes few lines.
 * Keys in the schema's order, records sorted by id, one part of a table a line, layout last, `\n` line ends.
 */
export function serialize(document: Document): string {
  const sections = [`  "format": "${FORMAT}"`, `  "version": ${VERSION}`];
  for (const { name } of COLLECTIONS) {
    const section = collectionText(name, document[name]);
    if (section !== undefined) sections.push(section);
  }
  return `{\n${sections.join(',\n')}\n}\n`;
}

function collectionText(name: Collection, records: Readonly<Record<Id, AnyRecord>>): string | undefined {
  const all = Object.values(records).sort(byId);
  if (all.length === 0) return undefined;
  const shape = shapeOf(RECORD_SCHEMAS[name]);
  return `  ${JSON.stringify(name)}: [\n${all.map((record) => recordText(shape, record)).join(',\n')}\n  ]`;
}
