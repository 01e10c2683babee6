import { COLLECTIONS } from '../collections.ts';
import type { AnyRecord, Collection, Document, Id } from '../types.ts';
import { RECORD_SCHEMAS } from './schemas.ts';
import { type ObjectShape, type Shape, shapeOf, variantOf } from './walk-schema.ts';

export const FORMAT = 'crowfoot';
/** The version this program writes. */
export const VERSION = 5;

/** One value on one line, its keys in the schema's order. */
function compact(shape: Shape, value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    if (shape.kind !== 'list' || shape.item.kind === 'value') return JSON.stringify(value);
    let items = '';
    for (const one of value) items += items === '' ? compact(shape.item, one) : `,${compact(shape.item, one)}`;
    return `[${items}]`;
  }
  const { entries, known } = objectShape(shape, value);
  const from = value as Record<string, unknown>;
  let text = '';
  let met = 0;
  for (const { name, key, shape: entry } of entries) {
    if (!Object.hasOwn(from, name)) continue;
    met += 1;
    const held = from[name];
    if (held === undefined || leftOut(entry, held)) continue;
    text += `${text === '' ? '' : ','}${key}:${compact(entry, held)}`;
  }
  const all = Object.keys(from);
  if (all.length > met) {
    for (const name of all.sort()) {
      if (known.has(name) || from[name] === undefined) continue;
      text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${JSON.stringify(from[name])}`;
    }
  }
  return `{${text}}`;
}

function objectShape(shape: Shape, value: object): ObjectShape {
  const own = variantOf(shape, value);
  return own.kind === 'object' ? own : NO_SHAPE;
}

const NO_SHAPE: ObjectShape = { kind: 'object', entries: [], known: new Set() };

/** Lists of parts that are empty are not written. */
function leftOut(entry: Shape, held: unknown): boolean {
  return entry.kind === 'list' && entry.optional && Array.isArray(held) && held.length === 0;
}

const isLong = (entry: Shape, held: unknown): boolean =>
  (entry.kind === 'list' && entry.optional) || (entry.kind === 'text' && typeof held === 'string' && held.includes('\n'));

/**
 * The file's text of a record: on one line, or, when it holds lists of parts or texts of several lines, one line for each
 * part or line.
 */
export function recordText(shape: Shape, record: AnyRecord): string {
  const from = record as unknown as Record<string, unknown>;
  const { entries, known } = objectShape(shape, record);
  const there = entries.filter(({ name, shape: entry }) => from[name] !== undefined && !leftOut(entry, from[name]));
  const byPart = entries.some(({ shape: entry }) => entry.kind === 'list' && entry.optional);
  if (!byPart && !there.some(({ name, shape: entry }) => isLong(entry, from[name]))) return `    ${compact(shape, record)}`;
  const lines = there.map(({ name, key, shape: entry }) => {
    const held = from[name];
    if (!isLong(entry, held)) return `      ${key}: ${compact(entry, held)}`;
    const items =
      entry.kind === 'list'
        ? (held as unknown[]).map((one) => compact(entry.item, one))
        : (held as string).split('\n').map((one) => JSON.stringify(one));
    return `      ${key}: [\n        ${items.join(',\n        ')}\n      ]`;
  });
  for (const name of Object.keys(from).sort()) {
    if (!known.has(name) && from[name] !== undefined) lines.push(`      ${JSON.stringify(name)}: ${JSON.stringify(from[name])}`);
  }
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
