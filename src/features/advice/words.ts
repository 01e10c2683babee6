import type { AdvisedIndex, CostBasis, IndexAdvice, IndexVerdict, LostIndex, Scenario } from '#engine/indexes/advise/advice.ts';
import type { Role } from '#engine/indexes/candidates/candidate.ts';
import { bytesText, many, shortNumber } from '#lib/amounts.ts';
import { recordIn } from '#model/collections.ts';
import type { Document, Id } from '#model/types.ts';

/** An index of the advice, whether it was taken or lost. */
export type AnyIndex = AdvisedIndex | LostIndex;

/** What a part of an index is there for: its letter, a word, and a sentence. */
export const ROLES: Readonly<Record<Role, { readonly word: string; readonly says: string }>> = {
  E: { word: 'Equality', says: 'rows are found by its value: by =, IN, IS NULL or a join' },
  S: { word: 'Order', says: 'rows come in its order, so that nothing is sorted' },
  R: { word: 'Range', says: 'rows are found by a range, a prefix or another operator on it' },
  I: { word: 'Included', says: 'only carried along, so that the table need not be read' },
};

export const VERDICTS: Readonly<Record<IndexVerdict, { readonly head: string; readonly says: string }>> = {
  make: { head: 'To make', says: 'Queries gain more from them than they cost.' },
  drop: { head: 'To drop', says: 'Writes pay for them and no query needs them.' },
  keep: { head: 'Keep', says: 'They are there and worth it.' },
  rule: { head: 'Keys', says: 'They hold a rule and stay, whatever queries need.' },
};

/** What a query is called; the beginning of its text where it has no name. */
export function queryName(document: Document, id: Id): string {
  const query = recordIn(document, 'queries', id);
  if (query === undefined) return 'a query that is gone';
  if (query.name.trim() !== '') return query.name;
  const text = query.sql.replaceAll(/\s+/g, ' ').trim();
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

export function tableName(document: Document, id: Id): string {
  return (recordIn(document, 'tables', id) ?? recordIn(document, 'views', id))?.name ?? 'a table that is gone';
}

/** How much cheaper: `× 120 less`, `a third less`; undefined where nothing is gained. */
export function timesLess(from: number, to: number): string | undefined {
  if (!(from > to)) return undefined;
  if (to <= 0) return 'no cost left';
  const factor = from / to;
  if (factor >= 1.95) return `${shortNumber(factor >= 10 ? Math.round(factor) : factor)} times less`;
  const percent = Math.round((1 - to / from) * 100);
  return percent === 0 ? 'hardly less' : `${percent} % less`;
}

/** `42 MB → 126 MB in three years`. */
export function sizeText({ bytes, bytesInThreeYears }: Pick<AnyIndex, 'bytes' | 'bytesInThreeYears'>): string {
  return bytesInThreeYears === undefined
    ? bytesText(bytes)
    : `${bytesText(bytes)} → ${bytesText(bytesInThreeYears)} in three years`;
}

/** Names in a sentence: `a`, `a and b`, `a, b and 3 others`. */
export function listed(names: readonly string[], most = 3): string {
  const [shown, rest] = [names.slice(0, most), names.length - most];
  if (rest > 0) return `${shown.join(', ')} and ${many(rest, 'other')}`;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

/** By id, what each index of the advice is called. */
export function indexNames({ indexes, losers }: IndexAdvice): ReadonlyMap<string, string> {
  return new Map([...indexes, ...losers].map(({ id, name }) => [id, name]));
}

type Lost = Pick<LostIndex, 'why' | 'instead' | 'writeCost'> & Partial<Pick<LostIndex, 'gain' | 'dearer'>>;

/** Why an index is not in the answer, in a sentence. */
export function whyNot({ why, instead, writeCost, gain = 0, dearer }: Lost, names: ReadonlyMap<string, string>): string {
  const others = listed(instead.map((id) => names.get(id) ?? id));
  const more = dearer === undefined || dearer <= 0 ? '' : ` With it an hour would cost ${shortNumber(dearer)} more.`;
  switch (why) {
    case 'unused':
      return `No query would be cheaper with it, not even if it were the only one.${more}`;
    case 'covered':
      return others === ''
        ? `Beside the others no query uses it.${more}`
        : `It would help alone, but beside ${others} no query uses it.${more}`;
    case 'writes':
      return `Queries would gain ${shortNumber(gain)} an hour; keeping it up to date costs ${shortNumber(writeCost)}.`;
    case 'room':
      return others === ''
        ? `Queries would gain ${shortNumber(gain)} an hour, but it does not fit into the budget.`
        : `Queries would gain ${shortNumber(gain)} an hour, but for its room ${others} would have to go.${more}`;
    case 'little':
      return `It would save ${shortNumber(gain)} an hour, and make no query noticeably cheaper: not worth having to keep.`;
    case 'superseded':
      return others === ''
        ? `Another index does its work.${more}`
        : `${others} ${instead.length > 1 ? 'do' : 'does'} its work.${more}`;
  }
}

/** A short word for why it lost, for lists. */
export const WHY: Readonly<Record<LostIndex['why'], string>> = {
  unused: 'unused',
  covered: 'covered',
  writes: 'writes cost more',
  room: 'no room',
  little: 'gains little',
  superseded: 'superseded',
};

const NO_SKIPS =
  ' The document is for a version before 18, which does not skip within an index: one whose first column no condition names counts as not there.';

/** Whose costs they are. */
export function basisText(basis: CostBasis): { readonly label: string; readonly title: string } {
  return basis.kind === 'planner'
    ? {
        label: `PostgreSQL ${basis.version} planner at declared scale`,
        title: `Costs are those of PostgreSQL’s own planner, told the declared numbers of rows; no row is stored.${basis.noSkips === true ? NO_SKIPS : ''}`,
      }
    : { label: 'Analytic model', title: `Costs are worked out from the facts by formulas. ${basis.why}` };
}

/** What an hour costs in all: reads, and writes as much as they weigh. */
export function totalOf({ reads, writes }: Pick<Scenario, 'reads' | 'writes'>, writePenalty: number): number {
  return reads + writes * writePenalty;
}

/** How sure it is that nothing better was missed. */
export function completeness(
  { queries, advised, bound, complete, reason }: IndexAdvice,
  writePenalty: number,
): { readonly tone: 'ok' | 'warn'; readonly label: string; readonly title: string } {
  if (queries.length === 0)
    return { tone: 'warn', label: 'No query weighed', title: 'None of the queries could be weighed: the tab Queries says why.' };
  const total = totalOf(advised, writePenalty);
  const gap = total > 0 ? Math.max(0, (total - bound) / total) : 0;
  const percent = gap < 0.0005 ? 0 : gap * 100;
  const within =
    percent === 0 ? 'no choice costs less' : `within ${percent < 1 ? percent.toFixed(1) : shortNumber(percent)} % of the best`;
  if (complete && percent === 0)
    return { tone: 'ok', label: 'Proved best', title: 'No other choice among the candidates costs less in an hour.' };
  const why = reason === undefined ? '' : ` ${reason.replace(/^[a-z]/, (first) => first.toUpperCase()).replace(/\.?$/, '.')}`;
  return complete
    ? {
        tone: 'ok',
        label: `Complete, ${within}`,
        title: `Every candidate was weighed. No choice can be cheaper by more than that.${why}`,
      }
    : { tone: 'warn', label: `Not complete: ${within}`, title: `Of what was asked ${within}.${why}` };
}

/** Why the last run gave nothing, with what to do about it. */
export function problemText(message: string): string {
  return message.trim().replace(/[^.!?]$/, '$&.');
}
