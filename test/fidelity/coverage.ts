import type { ReadPorts } from '#engine/sql/read.ts';
import { readSql } from '#engine/sql/read.ts';
import type { Receipt, StatementState } from '#engine/sql/receipt.ts';
import { type RoundTrip, roundTrip } from '#engine/sql/round-trip.ts';
import { splitSql } from '#engine/sql/split.ts';
import type { Dialect } from '#model/types.ts';
import type { Case } from '#test/corpus.ts';
import { oneLine } from './measure.ts';

type Kind = 'table' | 'index' | 'sequence' | 'type' | 'alter table' | 'comment';

const MODIFIERS =
  'UNIQUE|CLUSTERED|NONCLUSTERED|COLUMNSTORE|BITMAP|FULLTEXT|SPATIAL|GLOBAL|LOCAL|PRIVATE|TEMPORARY|TEMP|UNLOGGED|OR|REPLACE|EDITIONABLE|NONEDITIONABLE|VIRTUAL';
const CREATE = new RegExp(`^CREATE (?:(?:${MODIFIERS}) )*(TABLE|INDEX|SEQUENCE|TYPE)\\b`);

/** What kind of definition a statement is, of those that a reader must model. */
function kindOf(words: readonly string[], text: string): Kind | undefined {
  const said = words.join(' ');
  const made = CREATE.exec(said)?.[1];
  if (made !== undefined) return made.toLowerCase() as Kind;
  if (said.startsWith('ALTER TABLE')) return 'alter table';
  if (said.startsWith('COMMENT ON') || /^EXEC(?:UTE)?\b[^;]{0,60}\bsp_addextendedproperty\b/i.test(text)) return 'comment';
  return undefined;
}

export interface Coverage {
  readonly name: string;
  readonly receipt: Receipt;
  /** How many definitions of each kind ended in each state. */
  readonly kinds: ReadonlyMap<Kind, Readonly<Record<StatementState, number>>>;
  /** Statements of those kinds that are not modelled. */
  readonly missed: readonly string[];
  /** Text that belongs to no statement and is no comment, statements that overlap. */
  readonly unaccounted: readonly string[];
  readonly again: RoundTrip;
}

const NONE = { modelled: 0, residue: 0, verbatim: 0, skipped: 0, error: 0 };

/** White space and comments of any dialect. */
const BLANK = /^(?:\s|\ufeff|--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/)*$/;

/** Where a receipt does not tile its file. */
export function unaccountedIn(text: string, receipt: Receipt): string[] {
  const problems: string[] = [];
  let at = 0;
  for (const { start, end, line } of receipt.statements) {
    if (start < at || end <= start || end > text.length) problems.push(`line ${line}: ${start} to ${end} after ${at}`);
    else if (!BLANK.test(text.slice(at, start))) problems.push(`before line ${line}: ${oneLine(text.slice(at, start))}`);
    at = Math.max(at, end);
  }
  if (!BLANK.test(text.slice(at))) problems.push(`at the end: ${oneLine(text.slice(at))}`);
  return problems;
}

/** How much of a file's definitions is modelled, whether every character is accounted for, and whether it comes back. */
export function coverage({ name, sql }: Case, dialect: Dialect, ports: ReadPorts): Coverage {
  const read = readSql([{ name, text: sql }], { dialect }, ports);
  if (!read.ok) throw new Error(read.problem.message);
  const { receipt, document } = read.value;
  const words = new Map(splitSql(sql, dialect).map((span) => [span.start, span.words]));
  const kinds = new Map<Kind, Record<StatementState, number>>();
  const missed: string[] = [];
  for (const { start, end, state, reason, line } of receipt.statements) {
    const text = sql.slice(start, end);
    const kind = kindOf(words.get(start) ?? [], text);
    if (kind === undefined) continue;
    const counts = kinds.get(kind) ?? { ...NONE };
    counts[state]++;
    kinds.set(kind, counts);
    if (state !== 'modelled' && state !== 'residue') missed.push(`line ${line}: ${state}: ${reason ?? ''}: ${oneLine(text)}`);
  }
  return { name, receipt, kinds, missed, unaccounted: unaccountedIn(sql, receipt), again: roundTrip(document, ports) };
}

/** How many of the definitions there are, and how many of them are modelled. */
export function totals(list: readonly Coverage[]): { readonly all: number; readonly modelled: number; readonly residue: number } {
  const counts = list.flatMap(({ kinds }) => [...kinds.values()]);
  const sum = (state: StatementState) => counts.reduce((total, one) => total + one[state], 0);
  const states: StatementState[] = ['modelled', 'residue', 'verbatim', 'skipped', 'error'];
  return { all: states.reduce((total, state) => total + sum(state), 0), modelled: sum('modelled'), residue: sum('residue') };
}

/** The scoreboard's lines of one file. */
export function coverageReport(one: Coverage): string {
  const { all, modelled, residue } = totals([one]);
  const { counts } = one.receipt;
  const states = `modelled ${counts.modelled}, residue ${counts.residue}, verbatim ${counts.verbatim}, skipped ${counts.skipped}, error ${counts.error}`;
  const kinds = [...one.kinds].map(
    ([kind, said]) => `${kind} ${said.modelled + said.residue}/${Object.values(said).reduce((a, b) => a + b)}`,
  );
  const again =
    one.again.different === 0
      ? 'comes back identical'
      : `${one.again.different} of ${one.again.compared} objects come back DIFFERENT`;
  return [
    `${one.name.padEnd(36)} ${modelled + residue} of ${all} definitions modelled (${residue} with residue): ${kinds.join(', ')}; ${states}; ${again}`,
    ...one.missed.slice(0, 20).map((text) => `          ${text}`),
    ...one.unaccounted.map((text) => `          UNACCOUNTED ${text}`),
    ...one.again.differences.slice(0, 10).map(({ label, what }) => `          ${label}: ${oneLine(what.join('; '))}`),
  ].join('\n');
}
