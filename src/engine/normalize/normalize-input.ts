import { type Bits, bitItems, bitsOf } from '#lib/bitset.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { SampleRow } from './anomaly.ts';
import { type FdSet, fdSet } from './dependencies.ts';

/** A heading with its dependencies, by names: what a file for `crowfoot normalize` holds. */
export interface NormalizeInput {
  readonly attributes: readonly string[];
  readonly dependencies: readonly (readonly [left: readonly string[], right: readonly string[]])[];
  readonly multivalued?: readonly (readonly [left: readonly string[], right: readonly string[]])[];
  /** Sample rows, values in the order of the attributes: anomalies are shown in them. */
  readonly rows?: readonly (readonly (string | number | boolean | null)[])[];
}

/** The input with attributes as numbers, and the way back to names. */
export interface Heading {
  readonly attributes: readonly string[];
  readonly set: FdSet;
  readonly mvds: readonly { readonly left: Bits; readonly right: Bits }[];
  readonly rows?: readonly SampleRow[];
  names(bits: Bits): string[];
}

/** Most attributes that are taken: far above any table. */
const MAX_ATTRIBUTES = 2000;
const MAX_DEPENDENCIES = 20_000;
const MAX_ROWS = 1_000_000;

const HELP =
  'Expected {"attributes": ["A", ...], "dependencies": [[["A"], ["B", ...]], ...], "multivalued": [...], "rows": [[...], ...]}, the last two if you like.';

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isPairs(value: unknown): value is [string[], string[]][] {
  return Array.isArray(value) && value.every((one) => Array.isArray(one) && one.length === 2 && isNames(one[0]) && isNames(one[1]));
}

function isRows(value: unknown, width: number): value is (string | number | boolean | null)[][] {
  const isValue = (one: unknown) => one === null || ['string', 'number', 'boolean'].includes(typeof one);
  return Array.isArray(value) && value.every((row) => Array.isArray(row) && row.length === width && row.every(isValue));
}

/** Reads parsed JSON of unknown origin. @returns a problem that says which part is wrong and what was expected. */
export function readHeading(value: unknown): Result<Heading> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return err('bad-input', `The input is no object. ${HELP}`);
  const { attributes, dependencies, multivalued = [], rows: given } = value as Record<string, unknown>;
  // What `crowfoot discover` says of a file: how many rows there were.
  const rows = typeof given === 'number' ? undefined : given;
  if (!isNames(attributes)) return err('bad-attributes', `"attributes" is no list of names. ${HELP}`);
  if (!isPairs(dependencies)) return err('bad-dependencies', `"dependencies" is no list of pairs of lists of names. ${HELP}`);
  if (!isPairs(multivalued)) return err('bad-multivalued', `"multivalued" is no list of pairs of lists of names. ${HELP}`);
  if (attributes.length > MAX_ATTRIBUTES || dependencies.length + multivalued.length > MAX_DEPENDENCIES) {
    return err('too-large', `More than ${MAX_ATTRIBUTES} attributes or ${MAX_DEPENDENCIES} dependencies are not taken.`);
  }
  if (rows !== undefined && !isRows(rows, attributes.length)) {
    return err('bad-rows', `"rows" is no list of rows with one text, number, truth value or null for each attribute. ${HELP}`);
  }
  if (rows !== undefined && rows.length > MAX_ROWS)
    return err('too-large', `More than ${MAX_ROWS} rows are not taken: give a sample.`);
  const at = new Map(attributes.map((name, position) => [name, position]));
  if (at.size < attributes.length) return err('repeated-attribute', 'An attribute is named twice in "attributes".');
  const unknown = [...dependencies, ...multivalued].flat(2).find((name) => !at.has(name));
  if (unknown !== undefined)
    return err('unknown-attribute', `A dependency names ${JSON.stringify(unknown)}, which is not in "attributes".`);
  const number = (names: readonly string[]) => names.map((name) => at.get(name) as number);
  return ok({
    attributes,
    set: fdSet(
      attributes.length,
      dependencies.map(([left, right]) => [number(left), number(right)]),
    ),
    mvds: multivalued.map(([left, right]) => ({
      left: bitsOf(attributes.length, number(left)),
      right: bitsOf(attributes.length, number(right)),
    })),
    ...(rows === undefined ? {} : { rows: rows.map((row) => row.map((value) => (value === null ? null : String(value)))) }),
    names: (bits) => bitItems(bits).map((item) => attributes[item] as string),
  });
}
