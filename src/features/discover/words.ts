import type { RankedFd } from '#engine/discover/rank.ts';
import type { NearDependency, SurveyedTable } from '#engine/discover/survey.ts';
import { many } from '#lib/amounts.ts';
import type { PillProps } from '#ui/Pill.tsx';

/** Names of columns by their places. */
export function namesOf(table: SurveyedTable, columns: readonly number[]): string {
  return columns.map((column) => table.profiles[column]?.name ?? '?').join(', ');
}

/** How strongly the rows speak for a dependency. */
export function strengthOf({ evidence, score }: RankedFd): { readonly label: string; readonly tone: PillProps['tone'] } {
  if (!evidence) return { label: 'no evidence', tone: 'assume' };
  if (score >= 0.6) return { label: 'strong', tone: 'ok' };
  return score >= 0.4 ? { label: 'fair', tone: 'accent' } : { label: 'weak', tone: 'plain' };
}

/** What speaks for a dependency, in words. */
export function evidenceWords({ evidence, groups, redundantCells, left }: RankedFd): string {
  if (!evidence)
    return `${left.length === 1 ? 'The left value never repeats' : 'The left values never repeat'}: no row could have disagreed.`;
  return `Holds in ${many(groups, 'group')} of equal rows on the left; ${many(redundantCells, 'cell')} on the right ${redundantCells === 1 ? 'repeats' : 'repeat'} what is known.`;
}

/** `9,998 of 10,000 rows agree`. */
export function agreement({ violating }: NearDependency, rows: number): string {
  return `${(rows - violating).toLocaleString('en')} of ${many(rows, 'row')} agree`;
}

/** How far what is listed is all there is. */
export function completeness(table: SurveyedTable): { readonly complete: boolean; readonly text: string } {
  if (table.complete)
    return { complete: true, text: 'Complete: every minimal functional dependency and key of these rows was found.' };
  const reason = table.reason ?? 'The search did not come to its end.';
  return { complete: false, text: `Not complete: ${reason}.`.replace(/\.\.$/, '.') };
}

/** A value for people: NULL and the empty text are told apart. */
export function valueText(value: string | undefined): string {
  if (value === undefined) return 'NULL';
  return value === '' ? '(empty text)' : value;
}

/** Whether a line names all that is typed, whatever the case; blanks part words. */
export function matches(line: string, typed: string): boolean {
  const lower = line.toLowerCase();
  return typed
    .toLowerCase()
    .split(/[\s,]+/)
    .every((word) => lower.includes(word));
}

export const SEPARATORS = [
  { value: ',', label: 'Comma ,' },
  { value: ';', label: 'Semicolon ;' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Bar |' },
] as const;

/** What the button that takes everything over says. */
export function additionWords(
  { made, dependencies, keys, foreignKeys }: { made: readonly string[]; dependencies: number; keys: number; foreignKeys: number },
  files: number,
): string {
  const accepted = many(dependencies, 'accepted dependency', 'accepted dependencies');
  const links = foreignKeys === 0 ? '' : ` and ${many(foreignKeys, 'foreign key')}`;
  if (made.length > 0) {
    const what = made.length === 1 && files === 1 ? 'table' : many(made.length, 'table');
    return `Add ${what} with ${accepted}${links}`;
  }
  const parts = [
    dependencies === 0 ? undefined : accepted,
    keys === 0 ? undefined : many(keys, 'key'),
    foreignKeys === 0 ? undefined : many(foreignKeys, 'foreign key'),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? 'Nothing accepted yet' : `Add ${parts.join(', ')}`;
}
