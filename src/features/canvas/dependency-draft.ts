import { dependencyText } from '#engine/normalize/dependency-text.ts';
import { recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { columnsOf } from '#model/derive/columns.ts';
import { uniqueSets } from '#model/derive/ends.ts';
import type { New } from '#model/patch.ts';
import type { Dependency, Document, Id, Table } from '#model/types.ts';
import type { Plug } from './overlay.ts';

/**
 * The dependency that a drag from a row to another of the same table means: the row (or all selected ones with it)
 * determines the other. None where it goes to a key by itself: that is a foreign key of the table to itself.
 * @param selected selected columns of the table.
 */
export function drawnDependency(
  document: Document,
  from: Plug,
  to: Plug,
  selected: readonly Id[],
  multivalued: boolean,
): Omit<Dependency, 'id'> | undefined {
  const table = recordIn(document, 'tables', from.table);
  const { column: left } = from;
  const { column: right } = to;
  if (table === undefined || from.table !== to.table || left === undefined || right === undefined || left === right)
    return undefined;
  if (uniqueSets(table).some((set) => set.length === 1 && set[0] === right)) return undefined;
  const determinant = (selected.includes(left) ? selected : [left]).filter((id) => id !== right);
  return { determinant, dependent: [right], ...(multivalued ? { multivalued } : {}) };
}

/**
 * The text that a dependency between selected columns begins with: the last one follows from the others; of one column it
 * is still to be said what follows.
 */
export function textOfSelected(document: Document, table: Table, selected: readonly Id[]): string {
  const columns = columnsOf(document, table);
  const determinant = selected.length > 1 ? selected.slice(0, -1) : selected;
  const dependent = selected.length > 1 ? selected.slice(-1) : [];
  return selected.length === 0 ? '' : dependencyText({ determinant, dependent }, columns);
}

/** The same text with the other arrow. */
export function withArrow(text: string, arrow: '->' | '->>'): string {
  return /-{1,2}>>?|→→?|↠|=>/.test(text) ? text.replace(/-{1,2}>>?|→→?|↠|=>/, arrow) : `${text.trimEnd()} ${arrow} `;
}

function sameColumns(a: readonly Id[], b: readonly Id[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}

/**
 * The commands that declare a dependency: where one with the same left side is declared already and nothing is said of it,
 * that one gets the new columns. None when it says nothing new.
 */
export function declareCalls(table: Table, wanted: Omit<Dependency, 'id'>): readonly CommandCall[] {
  const alike = table.dependencies.filter(
    (one) => one.multivalued === wanted.multivalued && sameColumns(one.determinant, wanted.determinant),
  );
  const known = new Set(wanted.multivalued === true ? [] : alike.flatMap(({ dependent }) => dependent));
  const fresh = wanted.dependent.filter((id) => !known.has(id));
  if (fresh.length === 0 || alike.some((one) => sameColumns(one.dependent, wanted.dependent))) return [];
  const plain = alike.find((one) => one.exempt === undefined && one.discovered === undefined);
  if (plain !== undefined && wanted.multivalued !== true) {
    const patch = { dependent: [...plain.dependent, ...fresh] };
    return [{ name: 'setDependency', args: { table: table.id, id: plain.id, patch } }];
  }
  const part: New<Dependency> = { ...wanted, dependent: fresh };
  return [{ name: 'addDependency', args: { table: table.id, part } }];
}

/** A dependency in a sentence. */
export function dependencyWords(
  { determinant, dependent, multivalued }: Omit<Dependency, 'id'>,
  nameOf: (id: Id) => string,
): string {
  const listed = (ids: readonly Id[]) => {
    const names = ids.map(nameOf);
    return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  };
  const right = listed(dependent);
  if (determinant.length === 0) return `${right} ${dependent.length === 1 ? 'has' : 'have'} one value in all rows.`;
  const left = listed(determinant);
  if (multivalued === true) return `Each value of ${right} that a ${left} has stands with everything else of that ${left}.`;
  return `Rows with the same ${left} have the same ${right}, always.`;
}
