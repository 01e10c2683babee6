import type { Dialect } from '#model/types.ts';
import { neutral } from './detect/code.ts';
import { MARKS, type Mark } from './detect/marks.ts';

/** Something in a text that speaks for a dialect. */
export interface Evidence {
  readonly dialect: Dialect;
  /** What was found, such as `ENGINE= of a table`. */
  readonly says: string;
  /** How often; counting ends at {@link MOST}. */
  readonly count: number;
  /** Line of the first, from 1; absent for what the file's name says. */
  readonly line?: number;
}

export interface Detected {
  readonly dialect: Dialect;
  /** `certain`: nothing else says it, or nearly so; `likely`: it says more of it than of any other; `guess`: it could be any. */
  readonly confidence: 'certain' | 'likely' | 'guess';
  /** What speaks for it, the strongest first. */
  readonly evidence: readonly Evidence[];
}

export interface DetectOptions {
  /** What a text is taken for that says nothing of its dialect. */
  readonly fallback?: Dialect;
}

/** How often one mark is counted at most. */
const MOST = 5;
/** What each time after the first adds, in shares of the weight. */
const AGAIN = 0.2;
const FILE_NAME = 3;

const NAMES: readonly (readonly [Dialect, RegExp])[] = [
  ['postgresql', /postgres|\bpg[_.-]|[_.-]pg(?:sql)?\b|\.psql$|\.pgsql$|structure\.sql$/i],
  ['mysql', /mysql|[_.-]my\.sql$/i],
  ['mariadb', /maria/i],
  ['sqlite', /sqlite|\.sqlite3?\.sql$/i],
  ['mssql', /mssql|sql[_ -]?server|t-?sql/i],
  ['oracle', /oracle|\bora[_.-]|plsql|\.(?:pks|pkb|plb)$/i],
];

interface Found extends Evidence {
  readonly weight: number;
  readonly score: number;
  readonly dialects: readonly Dialect[];
}

function lineOf(text: string, at: number): number {
  let line = 1;
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line++;
  return line;
}

function look({ dialects, weight, says, pattern }: Mark, text: string): Found | undefined {
  let count = 0;
  let first = -1;
  for (const match of text.matchAll(pattern)) {
    if (first < 0) first = match.index;
    count += 1;
    if (count === MOST) break;
  }
  if (count === 0) return undefined;
  const score = weight * (1 + (count - 1) * AGAIN);
  return { dialect: dialects[0] as Dialect, dialects, says, count, line: lineOf(text, first), weight, score };
}

function byName(fileName: string): Found[] {
  return NAMES.filter(([, pattern]) => pattern.test(fileName)).map(([dialect]) => ({
    dialect,
    dialects: [dialect],
    says: 'the file’s name',
    count: 1,
    weight: FILE_NAME,
    score: FILE_NAME,
  }));
}

/** Marks that two dialects share speak for another only as long as that one says nothing of its own. */
function scores(found: readonly Found[]): Map<Dialect, number> {
  const sums = new Map<Dialect, number>();
  for (const { dialects, score } of found) for (const one of dialects) sums.set(one, (sums.get(one) ?? 0) + score);
  const batches = found.some((one) => one.says.startsWith('batches') || one.says.includes('[dbo]'));
  // Brackets and NVARCHAR are SQL Server's first; SQLite takes them too, and has no batches.
  if (batches) {
    const borrowed = found.filter((one) => one.dialect === 'sqlite' && one.says.endsWith('without batches'));
    sums.set('sqlite', (sums.get('sqlite') ?? 0) - borrowed.reduce((sum, one) => sum + one.score, 0));
  }
  return sums;
}

const ORDER: readonly Dialect[] = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'];
const SAME: Readonly<Partial<Record<Dialect, Dialect>>> = { mysql: 'mariadb', mariadb: 'mysql' };

/**
 * Which dialect a SQL text is written in, by what only that one says: clauses, types, quotes, client commands, and the
 * header of the program that wrote it. The first 400,000 characters are looked at.
 * @param fileName decides where the text says nothing.
 */
export function detectDialect(text: string, fileName = '', { fallback = 'postgresql' }: DetectOptions = {}): Detected {
  const parts = neutral(text);
  const found = [...MARKS.flatMap((mark) => look(mark, parts[mark.where]) ?? []), ...byName(fileName)];
  const sums = scores(found);
  const ranked = ORDER.map((dialect) => ({ dialect, sum: sums.get(dialect) ?? 0 })).sort((a, b) => b.sum - a.sum);
  const [best] = ranked;
  if (best === undefined || best.sum < 1) return { dialect: fallback, confidence: 'guess', evidence: [] };
  // A dialect's sibling says the same words: what tells how sure one can be is the next of another family.
  const next = ranked.find((one) => one.dialect !== best.dialect && SAME[best.dialect] !== one.dialect)?.sum ?? 0;
  const confidence = best.sum >= 8 && best.sum >= next * 2.5 ? 'certain' : best.sum >= 3 && best.sum > next ? 'likely' : 'guess';
  const tied = ranked.filter((one) => one.sum === best.sum).map((one) => one.dialect);
  const dialect = tied.includes(fallback) ? fallback : best.dialect;
  const evidence = found
    .filter((one) => one.dialects.includes(dialect))
    // What tells most stands first, however often something weaker is said.
    .sort((a, b) => b.weight - a.weight || b.count - a.count)
    .map(({ says, count, line }) => ({ dialect, says, count, ...(line === undefined ? {} : { line }) }));
  return { dialect, confidence, evidence };
}
