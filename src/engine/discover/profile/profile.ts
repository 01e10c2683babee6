import { type PackedValues, packedValues } from '../../smells/values.ts';
import type { CodedColumn, Relation } from '../relation.ts';
import { analyseColumn, type ColumnAnalysis } from './analysis.ts';
import { type Counted, compareValues } from './compare.ts';
import { kindOf, type ValueKind, widened } from './kind.ts';

/** What one column holds. */
export interface ColumnProfile {
  readonly name: string;
  readonly rows: number;
  readonly nulls: number;
  /** Different values, NULL not counted. */
  readonly distinct: number;
  /** No value that is not NULL stands twice. */
  readonly unique: boolean;
  /** What all values look like; absent when all are NULL. */
  readonly kind?: ValueKind;
  /** Smallest and largest value, in the order of its kind: numbers by size, moments by time, text by code units. */
  readonly min?: string;
  readonly max?: string;
  /** The most frequent values, most frequent first. */
  readonly top: readonly Counted[];
  /** The most frequent shapes: 9 for a digit, a and A for letters, other characters as they are. */
  readonly patterns: readonly Counted[];
  /** How texts pack several facts into one value: lists, pairs, codes, numbers with units. Absent when they do not. */
  readonly packed?: PackedValues;
  /** Characters of the shortest and longest value, and of all on average. */
  readonly shortest: number;
  readonly longest: number;
  readonly averageLength: number;
  /** For numbers: digits before the point of the largest, and behind it of the most exact. */
  readonly digits: number;
  readonly scale: number;
  /** What tells of a larger table that these rows are of. */
  readonly analysis: ColumnAnalysis;
}

const TOP = 10;
const PATTERNS = 5;
/** Shapes are told of the beginning of long texts. */
const PATTERN_LENGTH = 40;
/** Different values whose shape is looked at: the first ones. */
const PATTERN_VALUES = 20_000;

/** The shape of a text: digits as 9, letters as a or A. */
export function patternOf(value: string): string {
  const start = value.slice(0, PATTERN_LENGTH);
  const shape = start
    .replaceAll(/\d/g, '9')
    .replaceAll(/\p{Lu}/gu, 'A')
    .replaceAll(/\p{Ll}|\p{Lo}/gu, 'a');
  return value.length > PATTERN_LENGTH ? `${shape}…` : shape;
}

/** The most frequent entries, the earlier first among equals. */
function most(counts: Iterable<Counted>, limit: number): Counted[] {
  return [...counts].sort((a, b) => b.rows - a.rows).slice(0, limit);
}

function countsOf(column: CodedColumn): Int32Array {
  const counts = new Int32Array(column.values.length);
  for (const code of column.codes) counts[code] = (counts[code] as number) + 1;
  return counts;
}

/** What a column holds, from its different values and how often each stands. */
export function profileColumn(column: CodedColumn): ColumnProfile {
  const counts = countsOf(column);
  const rows = column.codes.length;
  const nulls = column.nullCode < 0 ? 0 : (counts[column.nullCode] as number);
  const values: Counted[] = [];
  let kind: ValueKind | undefined;
  let shortest = Number.POSITIVE_INFINITY;
  let longest = 0;
  let characters = 0;
  column.values.forEach((value, code) => {
    if (code === column.nullCode) return;
    const own = counts[code] as number;
    values.push({ value, rows: own });
    // A column of texts stays one; what its other values look like does not matter.
    if (kind !== 'text') kind = kind === undefined ? kindOf(value) : widened(kind, kindOf(value));
    shortest = Math.min(shortest, value.length);
    longest = Math.max(longest, value.length);
    characters += value.length * own;
  });
  const patterns = new Map<string, number>();
  for (const { value, rows: own } of values.slice(0, PATTERN_VALUES)) {
    const pattern = patternOf(value);
    patterns.set(pattern, (patterns.get(pattern) ?? 0) + own);
  }
  const filled = rows - nulls;
  const packed = kind === 'text' ? packedValues(values) : undefined;
  return {
    name: column.name,
    rows,
    nulls,
    distinct: values.length,
    unique: values.length === filled,
    ...(kind === undefined ? {} : { kind, ...extremes(values, kind) }),
    top: most(values, TOP),
    patterns: most(
      [...patterns].map(([value, own]) => ({ value, rows: own })),
      PATTERNS,
    ),
    ...(packed === undefined ? {} : { packed }),
    shortest: values.length === 0 ? 0 : shortest,
    longest,
    averageLength: filled === 0 ? 0 : characters / filled,
    ...sizeOf(values, kind),
    analysis: analyseColumn(column, counts, kind),
  };
}

function extremes(values: readonly Counted[], kind: ValueKind): { readonly min: string; readonly max: string } {
  const compare = compareValues(kind);
  let min = values[0]?.value ?? '';
  let max = min;
  for (const { value } of values) {
    if (compare(value, min) < 0) min = value;
    if (compare(value, max) > 0) max = value;
  }
  return { min, max };
}

function sizeOf(values: readonly Counted[], kind: ValueKind | undefined): { readonly digits: number; readonly scale: number } {
  if (kind !== 'integer' && kind !== 'decimal') return { digits: 0, scale: 0 };
  let digits = 0;
  let scale = 0;
  for (const { value } of values) {
    const [whole = '', fraction = ''] = value.replace(/^[+-]/, '').split('.');
    digits = Math.max(digits, whole.length);
    scale = Math.max(scale, fraction.length);
  }
  return { digits, scale };
}

export function profileRelation(relation: Relation): ColumnProfile[] {
  return relation.columns.map(profileColumn);
}
