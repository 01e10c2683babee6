import { linksOf } from '#model/derive/links.ts';
import type { Document, Id } from '#model/types.ts';
import { rowCounts } from '../facts/guess-rows.ts';

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
/** Guessed reads for each row that is written. */
const READS_PER_WRITE = 10;

const said = (value: number): Figure => ({ value });
const guess = (value: number): Figure => ({ value, guessed: true });

/** The document with the rows that were said here for its facts: guesses about other tables follow from them. */
function withRows(document: Document, { tables: said }: GivenLoad): Document {
  const tables = Object.entries(said).flatMap(([id, { rows }]) => {
    const table = Object.hasOwn(document.tables, id) ? document.tables[id] : undefined;
    return table === undefined || rows === undefined ? [] : [[id, { ...table, facts: { ...table.facts, rows } }] as const];
  });
  return tables.length === 0 ? document : { ...document, tables: { ...document.tables, ...Object.fromEntries(tables) } };
}

const pathKey = (relationships: readonly Id[]) => relationships.join(' ');

/**
 * Completes what is given by guesses, each marked as one. Rows: what the table's facts say, else what is guessed for them
 * everywhere (`facts/guess-rows.ts`). Writes: the rows came within a year. Reads: ten for each write. Joins are guessed from reads
 * that were *given* only (half of a child's rows are shown with a value of the parent; a quarter of a parent's with a count):
 * from guesses alone no join is claimed, so that there is no advice where nobody said anything.
 */
export function completeLoad(document: Document, given: GivenLoad): Load {
  const counts = rowCounts(withRows(document, given));
  const joins = new Map(given.joins.map((one) => [pathKey(one.relationships), one]));
  const tables = new Map<Id, TableLoad>();
  const ofTable = (id: Id): TableLoad => {
    const known = tables.get(id);
    if (known !== undefined) return known;
    const facts = Object.hasOwn(document.tables, id) ? document.tables[id]?.facts : undefined;
    const own = Object.hasOwn(given.tables, id) ? (given.tables[id] ?? {}) : {};
    const take = (value: number | undefined, otherwise: () => Figure) => (value === undefined ? otherwise() : said(value));
    const rows = take(own.rows ?? facts?.rows, () => guess(counts.get(id)?.rows ?? 0));
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
