import type { SurveyedTable } from '#engine/discover/survey.ts';
import { recordIn } from '#model/collections.ts';
import type { Document, Id } from '#model/types.ts';
import { hasDependency, hasKey } from './addition.ts';
import type { TableChoice } from './choice.ts';
import { matchColumns } from './match.ts';

/** Why things cannot be accepted for the table they are to go to; undefined when they can. */
export interface Standing {
  /** The name in the table of each column of the data; undefined where it has none. Absent for a new table. */
  readonly mapped?: readonly (string | undefined)[];
  dependency(left: readonly number[], right: readonly number[]): string | undefined;
  /** What of a right side is left out, where the rest of it can be accepted. */
  partly(right: readonly number[]): string | undefined;
  key(columns: readonly number[]): string | undefined;
}

const FREE: Standing = { dependency: () => undefined, partly: () => undefined, key: () => undefined };

/** What the chosen table has already or has no columns for. */
export function standingOf(document: Document, table: SurveyedTable, choice: TableChoice): Standing {
  const target = choice.target === undefined ? undefined : recordIn(document, 'tables', choice.target);
  if (target === undefined) return FREE;
  const ids = matchColumns(
    document,
    target,
    table.profiles.map((profile) => profile.name),
  );
  const names = new Map(target.columns.map((column) => [column.id, column.name]));
  const missing = (places: readonly number[]) => {
    const gone = places.filter((place) => ids[place] === undefined).map((place) => table.profiles[place]?.name ?? '?');
    return gone.length === 0 ? undefined : `${target.name} has no column ${gone.join(', ')}.`;
  };
  const found = (places: readonly number[]): readonly Id[] => places.flatMap((place) => ids[place] ?? []);
  return {
    mapped: ids.map((id) => (id === undefined ? undefined : (names.get(id) ?? id))),
    dependency: (left, right) =>
      missing(left) ??
      (found(right).length === 0 ? missing(right) : undefined) ??
      (hasDependency(target, found(left), found(right)) ? `${target.name} declares it already.` : undefined),
    partly: (right) => {
      const gone = right.filter((place) => ids[place] === undefined).map((place) => table.profiles[place]?.name ?? '?');
      return gone.length === 0 ? undefined : `Without ${gone.join(', ')}, which ${target.name} does not have.`;
    },
    key: (columns) => missing(columns) ?? (hasKey(target, found(columns)) ? `${target.name} has this key already.` : undefined),
  };
}
