import { err, ok, type Result } from '#lib/result.ts';
import type { Dialect } from '#model/types.ts';
import { type Budget, partOf } from '../budget.ts';
import { believe } from './believe.ts';
import { constantColumns, equivalentColumns } from './dependencies.ts';
import { explore } from './explore.ts';
import { type ForeignKeyProposal, proposeForeignKeys } from './foreign-keys.ts';
import { inclusions } from './inclusion.ts';
import type { ColumnProfile } from './profile/profile.ts';
import type { ProposedTable } from './profile/propose.ts';
import type { RankedFd, RankedKey } from './rank.ts';
import { type Data, type ReadOptions, readData } from './read/data.ts';
import type { Format, SkippedRow } from './read/format.ts';
import { type NullMeaning, type Relation, valueAt } from './relation.ts';
import { type RowSample, sampleOf } from './row-sample.ts';

/** Text of data with the name of its file. */
export interface SurveyFile {
  readonly name: string;
  readonly text: string;
  /** How it is written, as far as that is said; the rest is found. */
  readonly read?: ReadOptions | undefined;
  /** What the rows were read from, when that is no file of this name: a table or query of a database. */
  readonly source?: string | undefined;
}

export interface SurveyOptions {
  readonly nulls: NullMeaning;
  /** Left sides of more columns are not looked for. */
  readonly maxLeft?: number | undefined;
  /** Whose types the proposed tables have. */
  readonly dialect: Dialect;
  /** Ends the searches for dependencies; what was found until then is judged and told. */
  readonly endSearch?: () => boolean;
}

/** One row of a counter-example: its number from 1, and its values (undefined for NULL) on the left and then the right. */
export interface SeenRow {
  readonly row: number;
  readonly values: readonly (string | undefined)[];
}

/** A dependency that nearly holds, with rows that break it. */
export interface NearDependency {
  readonly left: readonly number[];
  readonly right: number;
  /** Rows that would have to go so that it holds. */
  readonly violating: number;
  readonly examples: readonly { readonly usual: SeenRow; readonly odd: SeenRow }[];
}

/** What the rows of one file say, as plain data with a few of the rows. */
export interface SurveyedTable {
  readonly name: string;
  /** What the rows were read from, when that is no file of this name. */
  readonly source?: string;
  readonly rows: number;
  /** Absent for JSON. */
  readonly format?: Format;
  /** Spellings that were taken for NULL. */
  readonly nulls: readonly string[];
  readonly skipped: number;
  readonly skips: readonly SkippedRow[];
  readonly profiles: readonly ColumnProfile[];
  /** Likeliest first; those without evidence at the end. */
  readonly dependencies: readonly RankedFd[];
  /** Those that tables were probably made by, one home for each column ({@link believe}): left sides stand in `dependencies`. */
  readonly suggested: readonly Pick<RankedFd, 'left' | 'right'>[];
  /** All that were found, counted by column on the right, constants left out. */
  readonly dependencyCount: number;
  readonly keys: readonly RankedKey[];
  readonly keyCount: number;
  readonly constants: readonly number[];
  readonly equivalents: readonly (readonly number[])[];
  readonly near: readonly NearDependency[];
  readonly nearComplete: boolean;
  readonly complete: boolean;
  readonly reason?: string;
  readonly completeUpToLeft: number;
  readonly proposal: ProposedTable;
  /** Rows as they are, those that break near dependencies among them. */
  readonly sample: RowSample;
}

export interface Survey {
  readonly tables: readonly SurveyedTable[];
  /** Between the tables, which it names by their places. */
  readonly foreignKeys: readonly ForeignKeyProposal[];
  readonly foreignKeysComplete: boolean;
}

/** Keys that are told one by one. */
const MAX_KEYS = 2000;
/** Near dependencies that are told one by one. */
const MAX_NEAR = 1000;

/** The name of a file without its folders and endings. */
export function plainName(name: string): string {
  return name.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '');
}

function read({ name, text, read: options }: SurveyFile, budget: Budget): Result<Data> {
  const data = readData(text, budget, options ?? {});
  if (!data.ok) return err(data.problem.code, `${name}: ${data.problem.message}`);
  if (data.value.relation.rows > 0) return data;
  const [first] = data.value.skips;
  if (first === undefined) return err('no-rows', `${name}: there are no rows below the names of the columns.`);
  return err('no-rows', `${name}: no row can be read. Line ${first.line}, column ${first.column}: ${first.reason}`);
}

function seenRow(relation: Relation, row: number, columns: readonly number[]): SeenRow {
  const values = columns.map((column) => {
    const coded = relation.columns[column];
    return coded === undefined ? undefined : valueAt(coded, row);
  });
  return { row: row + 1, values };
}

function survey(name: string, data: Data, options: SurveyOptions, budget: Budget): SurveyedTable {
  const { relation } = data;
  const seen = explore(relation, { ...options, name }, budget);
  const { discovery: found, approximate } = seen;
  const constants = constantColumns(found.value);
  return {
    name,
    rows: relation.rows,
    ...(data.format === undefined ? {} : { format: data.format }),
    nulls: data.nulls,
    skipped: data.skipped,
    skips: data.skips,
    profiles: seen.profiles,
    dependencies: seen.ranked,
    suggested: believe(relation, seen).dependencies.map(({ left, right }) => ({ left, right })),
    dependencyCount: found.value.count - constants.length,
    keys: seen.keys.slice(0, MAX_KEYS),
    keyCount: found.value.keys.count,
    constants,
    equivalents: equivalentColumns(found.value),
    near: approximate.value.slice(0, MAX_NEAR).map(({ left, right, violating, examples }) => ({
      left,
      right,
      violating,
      examples: examples.map(({ usual, odd }) => ({
        usual: seenRow(relation, usual, [...left, right]),
        odd: seenRow(relation, odd, [...left, right]),
      })),
    })),
    nearComplete: approximate.complete && approximate.value.length <= MAX_NEAR,
    complete: found.complete,
    ...(found.reason === undefined ? {} : { reason: found.reason }),
    completeUpToLeft: found.completeUpToLeft,
    proposal: seen.proposal,
    sample: sampleOf(
      relation,
      approximate.value.flatMap(({ examples }) => examples.flatMap(({ usual, odd }) => [usual, odd])),
    ),
  };
}

/**
 * Reads files of data and tells what each says and which may refer to which.
 * @returns the problem of the first file that cannot be read, which its message names.
 */
export function surveyData(files: readonly SurveyFile[], options: SurveyOptions, budget: Budget): Result<Survey> {
  const share = (files.length > 1 ? 0.9 : 1) / Math.max(1, files.length);
  const tables: SurveyedTable[] = [];
  const named: { name: string; relation: Relation }[] = [];
  for (const [at, file] of files.entries()) {
    const own = partOf(budget, at * share, (at + 1) * share);
    const data = read(file, partOf(own, 0, 0.1));
    if (!data.ok) return data;
    const surveyed = survey(file.name, data.value, options, partOf(own, 0.1, 1));
    tables.push(file.source === undefined ? surveyed : { ...surveyed, source: file.source });
    named.push({ name: plainName(file.name), relation: data.value.relation });
  }
  if (tables.length < 2) return ok({ tables, foreignKeys: [], foreignKeysComplete: true });
  const found = inclusions(named, partOf(budget, 0.9, 1));
  const profiles = tables.map((table) => table.profiles);
  return ok({ tables, foreignKeys: proposeForeignKeys(named, profiles, found.value), foreignKeysComplete: found.complete });
}
