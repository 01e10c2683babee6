import { ok, type Result } from '#lib/result.ts';
import type { Budget } from '../../budget.ts';
import type { Relation } from '../relation.ts';
import { readDelimited } from './delimited.ts';
import { detectFormat } from './detect.ts';
import type { Format, SkippedRow } from './format.ts';
import { looksLikeJson, readJson } from './json-lines.ts';
import { readNulls } from './nulls.ts';

export interface ReadOptions extends Partial<Format> {
  /** Texts that mean NULL, beside an empty field without quotes. Without it they are found. */
  readonly nulls?: readonly string[];
}

/** Data that was read, and how. */
export interface Data {
  readonly relation: Relation;
  /** How the values were separated; absent for JSON. */
  readonly format?: Format;
  /** Spellings that were taken for NULL. */
  readonly nulls: readonly string[];
  /** Rows that were left out, the first of them told. */
  readonly skipped: number;
  readonly skips: readonly SkippedRow[];
  /** False when the budget ended the reading. */
  readonly whole: boolean;
}

/**
 * Reads CSV, TSV, other separated values, JSON lines or a JSON array of rows. What is not given is found by looking.
 * @returns the problem when there is nothing to read; single bad rows are told in the data.
 */
export function readData(text: string, budget: Budget, options: ReadOptions = {}): Result<Data> {
  const json = options.separator === undefined && looksLikeJson(text);
  const format = json ? undefined : detectFormat(text, options);
  const read = format === undefined ? readJson(text, budget) : readDelimited(text, format, budget);
  if (!read.ok) return read;
  const { relation, nulls } = readNulls(read.value.relation, options.nulls);
  return ok({
    relation,
    ...(format === undefined ? {} : { format }),
    nulls,
    skipped: read.value.skips.count,
    skips: read.value.skips.told,
    whole: read.value.whole,
  });
}
