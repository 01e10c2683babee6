import type { Id } from '#model/types.ts';
import { termKey } from '../../workload/build.ts';
import type { Candidate } from './candidate.ts';
import type { Collector } from './collect.ts';
import type { Slot } from './roles.ts';

/** Merges that one table gets: pairs of more candidates than this are not tried. */
const MAX_CANDIDATES = 40;
const MAX_MERGED = 60;

function isPlain({ index }: Candidate): boolean {
  return (
    index.method === undefined &&
    index.where === undefined &&
    index.unique !== true &&
    index.elements.every((one) => one.length === undefined)
  );
}

function slotsOf({ parts, index }: Candidate): readonly Slot[] {
  return parts
    .filter((part) => part.role !== 'I')
    .map(({ term, role, desc }, i): Slot => {
      const element = index.elements[i];
      return {
        term,
        role,
        ...(desc === true ? { desc } : {}),
        ...(element?.nulls === undefined ? {} : { nulls: element.nulls }),
        ...(element?.operatorClass === undefined ? {} : { prefix: true as const }),
      };
    });
}

function slotKey({ term, desc, nulls, prefix }: Slot): string {
  return `${termKey(term)} ${desc === true} ${nulls ?? ''} ${prefix === true}`;
}

/** Leading equality, as a set: its parts may stand in any order. */
function equality(slots: readonly Slot[]): ReadonlySet<string> {
  const end = slots.findIndex((slot) => slot.role !== 'E');
  return new Set(slots.slice(0, end < 0 ? undefined : end).map(slotKey));
}

function same(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}

function included(candidate: Candidate): readonly Id[] {
  return candidate.parts.filter((part) => part.role === 'I').flatMap(({ term }) => term.column ?? []);
}

/**
 * Indexes that serve two queries at once: where one key begins with the other, the longer one holds what both include; where
 * both begin with the same equality, what one has further is appended to the other (Chaudhuri and Narasayya 1999, index
 * merging; DB2 and SQL Server do likewise).
 */
export function mergeAll(collector: Collector): void {
  const plain = collector.candidates.filter(isPlain).slice(0, MAX_CANDIDATES);
  let made = 0;
  for (const a of plain) {
    for (const b of plain) {
      if (a === b || made >= MAX_MERGED || a.reasons.some((one) => b.reasons.some((other) => other.query === one.query))) continue;
      const [first, second] = [slotsOf(a), slotsOf(b)];
      const [keysA, keysB] = [first.map(slotKey), second.map(slotKey)];
      const isPrefix = keysA.every((key, i) => key === keysB[i]);
      const both = [...new Set([...included(a), ...included(b)])];
      const why = 'serves several queries at once';
      const reasons = [...a.reasons, ...b.reasons].slice(0, 6);
      if (isPrefix && both.length > included(b).length) {
        for (const reason of reasons) collector.take(second, { ...reason, shape: 'merged', why }, { include: both });
        made++;
      } else if (
        !isPrefix &&
        same(equality(first), equality(second)) &&
        equality(first).size > 0 &&
        first.length + second.length <= 8
      ) {
        const merged = [...first, ...second.filter((slot) => !keysA.includes(slotKey(slot)))];
        if (merged.length === first.length) continue;
        for (const reason of reasons) collector.take(merged, { ...reason, shape: 'merged', why }, { include: both });
        made++;
      }
    }
  }
}
