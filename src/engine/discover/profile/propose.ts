import type { ColumnType } from '#model/column-types.ts';
import type { Dialect } from '#model/types.ts';
import { TRAITS } from '../../dialects/base/traits.ts';
import { VALUE_TYPES } from '../../dialects/value-types.ts';
import type { ColumnProfile } from './profile.ts';

export interface ProposedColumn {
  /** Where the column stands in the data. */
  readonly source: number;
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** What in the data speaks for it. */
  readonly why: string;
}

/** A table that fits the data: plain data, nothing of it is in a document until a person accepts it. */
export interface ProposedTable {
  readonly name: string;
  readonly columns: readonly ProposedColumn[];
  /** Places in `columns`; absent when no key without NULL was found. */
  readonly primaryKey?: readonly number[];
  /** Other keys worth declaring, best first. */
  readonly uniques: readonly (readonly number[])[];
}

const MAX_INT = 2n ** 31n;
const MAX_BIGINT = 2n ** 63n;
/** Other keys that are proposed: of one or two columns, so many. */
const MAX_UNIQUES = 3;

/** The dialect's type for what a column holds. */
export function typeFor(profile: ColumnProfile, dialect: Dialect): ColumnType {
  const types = VALUE_TYPES[dialect];
  const { kind, min = '0', max = '0' } = profile;
  if (kind === undefined) return types.text(0);
  if (kind === 'integer') {
    const most = [min, max].map((text) => BigInt(text.replace('+', ''))).map((value) => (value < 0n ? -value - 1n : value));
    const largest = (most[0] as bigint) > (most[1] as bigint) ? (most[0] as bigint) : (most[1] as bigint);
    if (largest < MAX_INT) return types.integer;
    return largest < MAX_BIGINT ? types.bigint : types.decimal(profile.digits, 0);
  }
  if (kind === 'decimal') return types.decimal(Math.max(1, profile.digits + profile.scale), profile.scale);
  if (kind === 'boolean' && !TRUTH.has(spelling(profile))) return types.text(profile.longest);
  return kind === 'text' ? types.text(profile.longest) : types[kind];
}

/** Pairs of words that mean yes and no together. */
const TRUTH = new Set(['false true', 'f t', 'no yes', 'false', 'true']);

function spelling(profile: ColumnProfile): string {
  return [...new Set(profile.top.map(({ value }) => value.toLowerCase()))].sort().join(' ');
}

/** A name the dialect's people would write: words in lower case with underscores, as its catalog folds it, no longer than it may be. */
export function identifierFor(text: string, dialect: Dialect): string {
  const { folds, nameLimit } = TRAITS[dialect];
  const words = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1_$2')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
    .toLowerCase();
  const started = /^\p{L}/u.test(words) ? words : `c_${words}`.replace(/_$/, '');
  const short = [...started].slice(0, Math.min(60, nameLimit.size)).join('');
  return folds === 'upper' ? short.toUpperCase() : short;
}

function freeNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let number = 2; taken.has(free); number++) free = `${name}_${number}`;
    taken.add(free);
    return free;
  });
}

function whyOf({ rows, nulls, distinct, kind, min, max }: ColumnProfile): string {
  if (kind === undefined) return `all ${rows} values are NULL`;
  const range = min === max ? `always ${min}` : `${distinct} different, from ${min} to ${max}`;
  return `${rows - nulls} of ${rows} rows hold a value that looks like ${kind}: ${range.slice(0, 120)}`;
}

/**
 * A table for data: names, types and nullability from the columns, keys from what is unique.
 * @param name the file's name. @param keys minimal keys as column numbers, best first.
 */
export function proposeTable(
  name: string,
  profiles: readonly ColumnProfile[],
  keys: readonly (readonly number[])[],
  dialect: Dialect,
): ProposedTable {
  const names = freeNames(profiles.map((profile) => identifierFor(profile.name, dialect)));
  const filled = keys.filter((key) => key.length > 0 && key.every((column) => profiles[column]?.nulls === 0));
  const [primary, ...others] = filled;
  const inKey = new Set(primary);
  const columns = profiles.map(
    (profile, source): ProposedColumn => ({
      source,
      name: names[source] as string,
      type: typeFor(profile, dialect),
      nullable: profile.rows === 0 || (profile.nulls > 0 && !inKey.has(source)),
      why: whyOf(profile),
    }),
  );
  return {
    name: identifierFor(name.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, ''), dialect),
    columns,
    ...(primary === undefined ? {} : { primaryKey: primary }),
    uniques: others.filter((key) => key.length <= 2 && key.length <= (primary?.length ?? 0)).slice(0, MAX_UNIQUES),
  };
}
