import { linksOf } from '#model/derive/links.ts';
import type { Document, Id } from '#model/types.ts';

/** What is known of how tables are used, as the workload or a person says it; everything else is guessed. */
export interface GivenLoad {
  readonly tables: Readonly<Record<Id, GivenTableLoad>>;
  readonly joins: readonly GivenJoin[];
}

/** Per hour, but for `rows`, which is how many there are. */
export interface GivenTableLoad {
  readonly rows?: number;
  readonly reads?: number;
  readonly inserts?: number;
  readonly updates?: number;
  readonly deletes?: number;
}

/** Tables that are read together along foreign keys: one, or a chain from a child over its parent to the parent's. */
export interface GivenJoin {
  readonly relationships: readonly Id[];
  /** Rows of the child per hour that are shown with columns of the last parent. */
  readonly lookups?: number;
  /** Rows of the parent per hour that are shown with the number of their children. */
  readonly counts?: number;
  /** Times per hour that all children are grouped by their parent. */
  readonly reports?: number;
  /** Columns of the last parent that are looked up; absent = not known. */
  readonly columns?: readonly Id[];
  /** Columns of the child that are summed where children are counted. */
  readonly measures?: readonly Id[];
}

/** A number, and whether somebody said it. */
export interface Figure {
  readonly value: number;
  readonly guessed?: true;
}

export interface TableLoad {
  readonly rows: Figure;
  readonly reads: Figure;
  readonly inserts: Figure;
  readonly updates: Figure;
  readonly deletes: Figure;
}

export interface JoinLoad {
  readonly lookups: Figure;
  readonly counts: Figure;
  readonly reports: Figure;
}

export interface Load {
  table(id: Id): TableLoad;
  join(relationships: readonly Id[]): JoinLoad;
  /** What was said of a join, when something was. */
  given(relationships: readonly Id[]): GivenJoin | undefined;
}

export const NOTHING_GIVEN: GivenLoad = { tables: {}, joins: [] };

const HOURS_PER_YEAR = 8760;
/** Rows guessed of a table that refers to none, and how many children a parent is guessed to have. */
const TOP_ROWS = 1000;
const CHILDREN = 10;
const MOST_ROWS = 10_000_000;
/** Guessed reads for each row that is written. */
const READS_PER_WRITE = 10;

const said = (value: number): Figure => ({ value });
const guess = (value: number): Figure => ({ value, guessed: true });

/** How many steps of foreign keys lead up from each table at most; a cycle counts as one. */
function depths(document: Document): ReadonlyMap<Id, number> {
  const up = new Map<Id, Id[]>();
  for (const { child, parent } of Object.values(document.relationships)) up.set(child, [...(up.get(child) ?? []), parent]);
  const known = new Map<Id, number>();
  for (const start of Object.keys(document.tables)) {
    const stack: Id[] = [start];
    const open = new Set<Id>();
    while (stack.length > 0) {
      const at = stack[stack.length - 1] as Id;
      open.add(at);
      const next = (up.get(at) ?? []).find((parent) => !known.has(parent) && !open.has(parent));
      if (next !== undefined) {
        stack.push(next);
        continue;
      }
      stack.pop();
      open.delete(at);
      known.set(at, Math.max(0, ...(up.get(at) ?? []).map((parent) => (known.get(parent) ?? -1) + 1)));
    }
  }
  return known;
}

const pathKey = (relationships: readonly Id[]) => relationships.join(' ');

/**
 * Completes what is given by guesses, each marked as one. Rows: what the table's facts say, else ten times as many with each
 * foreign key on the way up. Writes: the rows came within a year. Reads: ten for each write. Joins are guessed from reads
 * that were *given* only (half of a child's rows are shown with a value of the parent; a quarter of a parent's with a count):
 * from guesses alone no join is claimed, so that there is no advice where nobody said anything.
 */
export function completeLoad(document: Document, given: GivenLoad): Load {
  const depth = depths(document);
  const joins = new Map(given.joins.map((one) => [pathKey(one.relationships), one]));
  const tables = new Map<Id, TableLoad>();
  const ofTable = (id: Id): TableLoad => {
    const known = tables.get(id);
    if (known !== undefined) return known;
    const facts = Object.hasOwn(document.tables, id) ? document.tables[id]?.facts : undefined;
    const own = Object.hasOwn(given.tables, id) ? (given.tables[id] ?? {}) : {};
    const take = (value: number | undefined, otherwise: () => Figure) => (value === undefined ? otherwise() : said(value));
    const rows = take(own.rows ?? facts?.rows, () => guess(Math.min(MOST_ROWS, TOP_ROWS * CHILDREN ** (depth.get(id) ?? 0))));
    const inserts = take(own.inserts ?? (facts?.rowsPerDay === undefined ? undefined : facts.rowsPerDay / 24), () =>
      guess(rows.value / HOURS_PER_YEAR),
    );
    const updates = take(own.updates, () => guess(inserts.value));
    const deletes = take(own.deletes, () => guess(inserts.value / 10));
    const reads = take(own.reads, () => guess(READS_PER_WRITE * (inserts.value + updates.value + deletes.value)));
    const load = { rows, reads, inserts, updates, deletes };
    tables.set(id, load);
    return load;
  };
  const share = (reads: Figure | undefined, part: number) => guess(reads === undefined || reads.guessed ? 0 : reads.value * part);
  return {
    table: ofTable,
    given: (relationships) => joins.get(pathKey(relationships)),
    join(relationships) {
      const own = joins.get(pathKey(relationships));
      const first = document.relationships[relationships[0] ?? ''];
      const alone = relationships.length === 1;
      const child = first === undefined ? undefined : ofTable(first.child).reads;
      const parent = first === undefined ? undefined : ofTable(first.parent).reads;
      return {
        lookups: own?.lookups === undefined ? (alone ? share(child, 0.5) : guess(0)) : said(own.lookups),
        counts: own?.counts === undefined ? (alone ? share(parent, 0.25) : guess(0)) : said(own.counts),
        reports: own?.reports === undefined ? guess(0) : said(own.reports),
      };
    },
  };
}

/** The joins that something may be said of: every foreign key, and every chain of two. */
export function joinsOf(document: Document): readonly (readonly Id[])[] {
  const links = linksOf(document);
  return Object.values(document.relationships).flatMap((one) => {
    if (one.childColumns.length === 0) return [];
    const next = (links.byChild.get(one.parent) ?? []).filter((two) => two.childColumns.length > 0 && two.parent !== one.parent);
    return [[one.id], ...(one.child === one.parent ? [] : next.map((two) => [one.id, two.id]))];
  });
}
