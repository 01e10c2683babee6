import { figure } from '#lib/figures.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Document, Id, Relationship } from '#model/types.ts';
import { TRAITS } from '../dialects/base/traits.ts';
import { REDUNDANCY } from '../dialects/redundancy.ts';
import type { Figure, TableLoad } from './load.ts';
import type { KeeperChoice } from './types.ts';

/**
 * What one row written costs, in rows read: a new version of the row, its indexes and the log (PostgreSQL documentation,
 * "Heap-Only Tuples", tells when indexes are spared; this does not count on it).
 */
export const WRITE_WEIGHT = 4;
/** Rows read to follow one foreign key: the index and the row. */
export const LOOKUP_READS = 2;
/** A proposal must save this many rows per hour, and so many times what it costs, or nothing is said. */
export const LEAST_SAVED = 1000;
export const LEAST_RATIO = 4;

/** Share of all new children that go to the parent that gets most, and how long a transaction holds its row: guesses. */
export const HOT_SHARE = 0.1;
export const HELD_SECONDS = 0.005;
/** From this share of time on in which a row is locked, writers wait noticeably for each other. */
export const BUSY = 0.1;
export const SLOTS = 16;

/** Whether it is worth saying. @param saved and @param paid: rows read per hour that are spared, rows written in addition. */
export function worthIt(saved: number, paid: number): boolean {
  return saved - paid * WRITE_WEIGHT >= LEAST_SAVED && saved >= paid * WRITE_WEIGHT * LEAST_RATIO;
}

/** The figures that nobody gave, each in words. */
export function guessesOf(figures: readonly (readonly [Figure, string])[]): string[] {
  return figures.flatMap(([one, what]) => (one.guessed === true ? [`${what}: ${figure(one.value)}`] : []));
}

/** How many children a parent has, one or more. */
export function fanOut(child: TableLoad, parent: TableLoad): number {
  return Math.max(1, child.rows.value / Math.max(1, parent.rows.value));
}

export function dialectOf(document: Document) {
  return document.settings['settings']?.dialect ?? 'postgresql';
}

const CHANGES_ROWS: ReadonlySet<Relationship['onDelete']> = new Set(['cascade', 'set null', 'set default']);

/**
 * Whether rows of a child can go or change their reference by a foreign key, where those run no triggers.
 * @returns the reason that triggers would miss it.
 */
function silently(document: Document, child: Id, followed: Relationship): string | undefined {
  const words = REDUNDANCY[dialectOf(document)].silentCascades;
  if (words === undefined) return undefined;
  const columns = new Set(followed.childColumns);
  const culprit = (linksOf(document).byChild.get(child) ?? []).find(
    (link) =>
      link.id !== followed.id &&
      (link.onDelete === 'cascade' ||
        ((CHANGES_ROWS.has(link.onDelete) || CHANGES_ROWS.has(link.onUpdate)) && link.childColumns.some((id) => columns.has(id)))),
  );
  if (culprit === undefined) return undefined;
  const parent = document.tables[culprit.parent]?.name ?? '';
  return `${words}: deleting from ${parent} would not be counted.`;
}

/** How a value along a foreign key can be kept in the document's dialect. @param refused why its triggers cannot. */
export function keepersFor(document: Document, link: Relationship, refused: string | undefined, counts: boolean): KeeperChoice[] {
  const reason = refused ?? (counts ? silently(document, link.child, link) : undefined);
  const trigger: KeeperChoice = { keeper: 'trigger', ...(reason === undefined ? {} : { refused: reason }) };
  const application: KeeperChoice = { keeper: 'application' };
  return reason === undefined ? [trigger, application] : [application, trigger];
}

export function productOf(document: Document): string {
  return TRAITS[dialectOf(document)].label;
}
