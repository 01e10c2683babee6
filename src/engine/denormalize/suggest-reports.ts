import { figure } from '#lib/figures.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { columnIn, type Followed, followed, identifying, isMany } from './links.ts';
import type { Load } from './load.ts';
import { Naming } from './shapes.ts';
import { isExactNumber, isMoment, valueBytes } from './size.ts';
import type { KeeperChoice, Proposal, StarDimension, StarMoment } from './types.ts';
import { guessesOf, LEAST_SAVED, LOOKUP_READS, productOf } from './weigh.ts';

/** Below this a report reads all rows in a moment. */
const LARGE = 100_000;
/** A refresh must serve this many reads at least. */
const READS_PER_REFRESH = 4;

/** How often what is worked out in advance is worked out again: the rarest of these that still serves enough reads each time. */
const REFRESHES = [
  { perHour: 1, words: '1 hour' },
  { perHour: 1 / 24, words: '1 day' },
] as const;

function refreshFor(reads: number) {
  return REFRESHES.find(({ perHour }) => reads >= perHour * READS_PER_REFRESH);
}

function refreshed(document: Document): KeeperChoice[] {
  return new Naming(document).words.materializedViews === true ? [{ keeper: 'materialized view' }] : [{ keeper: 'application' }];
}

function how(document: Document): string {
  return new Naming(document).words.materializedViews === true
    ? 'A materialized view, refreshed.'
    : `${productOf(document)} has no materialized views that are refreshed: a table is, in one transaction.`;
}

/** Sums that were asked for, of columns that add up exactly. */
function measuresOf(document: Document, along: Followed, said: readonly Id[]): Id[] {
  return said.filter((id) => {
    const column = columnIn(along.child, id);
    return column !== undefined && isExactNumber(document, column);
  });
}

/** Children grouped by their parent, again and again, over many rows. */
export function suggestSummary(document: Document, load: Load, relationship: Id): Proposal | undefined {
  const along = followed(document, relationship);
  if (along === undefined || !isMany(document, along) || along.child.id === along.parent.id) return undefined;
  const { child, parent } = along;
  const { reports } = load.join([relationship]);
  const [of, up] = [load.table(child.id), load.table(parent.id)];
  const refresh = refreshFor(reports.value);
  if (refresh === undefined || of.rows.value < LARGE) return undefined;
  const saved = reports.value * of.rows.value - refresh.perHour * (of.rows.value + up.rows.value) - reports.value * up.rows.value;
  if (saved < LEAST_SAVED) return undefined;
  const measures = measuresOf(document, along, load.given([relationship])?.measures ?? []);
  const bytes = 8 * (2 + measures.length);
  return {
    id: `summary ${relationship}`,
    idea: { kind: 'summary', relationship, measures },
    title: `Summarise ${child.name} by ${parent.name}`,
    table: parent.id,
    why: [
      `${figure(reports.value)} times per hour all ${figure(of.rows.value)} rows of ${child.name} are grouped into ${figure(up.rows.value)}.`,
      `Worked out once in ${refresh.words}, each report reads the groups only. ${how(document)}`,
    ],
    saved,
    cost: { bytesPerRow: bytes, rows: up.rows.value, bytes: bytes * up.rows.value, writesPerHour: refresh.perHour * up.rows.value },
    invariant: { words: `Each row equals the group that it stands for, as it was when it was refreshed last.` },
    guesses: guessesOf([
      [of.rows, `rows of ${child.name}`],
      [up.rows, `rows of ${parent.name}`],
    ]),
    keepers: refreshed(document),
    staleness: refresh.words,
  };
}

/** Rows that are always read with all their parents on a way of two or more steps. */
export function suggestReadModel(document: Document, load: Load, relationships: readonly Id[]): Proposal | undefined {
  const ways = relationships.map((id) => followed(document, id));
  const [first] = ways;
  if (first === undefined || !hasPrimary(first.child) || ways.length < 2 || ways.some((one) => one === undefined)) return undefined;
  const { lookups } = load.join(relationships);
  const of = load.table(first.child.id);
  const refresh = refreshFor(lookups.value);
  if (refresh === undefined || lookups.guessed === true) return undefined;
  const saved = lookups.value * LOOKUP_READS * ways.length - refresh.perHour * of.rows.value * (1 + ways.length);
  if (saved < LEAST_SAVED || lookups.value * LOOKUP_READS * ways.length < READS_PER_REFRESH * refresh.perHour * of.rows.value)
    return undefined;
  const names = [first.child.name, ...ways.map((one) => one?.parent.name ?? '')];
  const tables = [first.child, ...ways.flatMap((one) => one?.parent ?? [])];
  const bytes = tables.reduce(
    (sum, table) => sum + table.columns.reduce((all, column) => all + valueBytes(document, column), 0),
    0,
  );
  return {
    id: `read model ${relationships.join(' ')}`,
    idea: { kind: 'read model', relationships },
    title: `Join ${names.join(', ')} in advance`,
    table: first.child.id,
    why: [
      `${figure(lookups.value)} rows of ${first.child.name} per hour are read with ${names.slice(1).join(' and ')}: ${figure(lookups.value * LOOKUP_READS * ways.length)} reads of indexes and rows that one wide row spares.`,
      how(document),
    ],
    saved,
    cost: { bytesPerRow: bytes, rows: of.rows.value, bytes: bytes * of.rows.value, writesPerHour: refresh.perHour * of.rows.value },
    invariant: { words: `Each row equals the join of ${names.join(', ')}, as it was when it was refreshed last.` },
    guesses: guessesOf([[of.rows, `rows of ${first.child.name}`]]),
    keepers: refreshed(document),
    staleness: refresh.words,
  };
}

/** A fact seldom has more dimensions of its own, and a star with one is a table. */
const LEAST_DIMENSIONS = 2;
/** From this share of the fact's rows on, a parent is a header of facts, not something that they are about. */
const HEADER_SHARE = 0.05;

interface Found {
  readonly dimensions: readonly StarDimension[];
  readonly headers: readonly Id[];
}

/** The reference is one column, and leads to the primary key. */
function byPrimary({ link, parent }: Followed): boolean {
  const primary = parent.keys.find(({ kind }) => kind === 'primary')?.columns ?? [];
  return link.childColumns.length === 1 && primary.length === 1 && primary[0] === link.parentColumns[0];
}

function hasPrimary(table: Table): boolean {
  return table.keys.some(({ kind }) => kind === 'primary');
}

function dimensionsOf(document: Document, load: Load, fact: Id): Found {
  const rows = load.table(fact).rows.value;
  const dimensions: StarDimension[] = [];
  const headers: Id[] = [];
  for (const link of linksOf(document).byChild.get(fact) ?? []) {
    const along = followed(document, link.id);
    if (along === undefined || link.parent === fact || !byPrimary(along)) continue;
    const above = (linksOf(document).byChild.get(link.parent) ?? []).filter((one) => followed(document, one.id) !== undefined);
    const header =
      load.table(link.parent).rows.value > rows * HEADER_SHARE &&
      above.length > 0 &&
      along.parent.columns.some((one) => isMoment(document, one));
    if (!header) dimensions.push({ relationship: link.id });
    else {
      headers.push(link.id);
      for (const one of above) {
        const further = followed(document, one.id);
        if (further !== undefined && byPrimary(further) && one.parent !== fact && one.parent !== link.parent)
          dimensions.push({ relationship: one.id, via: link.id });
      }
    }
  }
  return { dimensions, headers };
}

/** Names of columns that say when a row of business happened, before those that say when a row was written. */
const HAPPENED = /order|sold|sale|invoice|paid|payment|ship|event|occur|date|time/i;
const WRITTEN = /creat|insert/i;
const CHANGED = /updat|modif|chang|delet|due|required|expire/i;

function momentOf(document: Document, table: Id): Id | undefined {
  const columns = (document.tables[table]?.columns ?? []).filter((one) => isMoment(document, one) && !CHANGED.test(one.name));
  return (columns.find(({ name }) => HAPPENED.test(name) && !WRITTEN.test(name)) ?? columns[0])?.id;
}

/** A table of events with numbers, reported along several of its references: facts and what they are about. */
export function suggestStar(document: Document, load: Load, fact: Id): Proposal | undefined {
  const table = document.tables[fact];
  if (table === undefined || table.partitionOf !== undefined || table.inherits !== undefined || !hasPrimary(table))
    return undefined;
  if (load.table(fact).rows.value < LARGE) return undefined;
  const { dimensions, headers } = dimensionsOf(document, load, fact);
  const links = [
    ...new Set([...dimensions.map(({ relationship }) => relationship), ...dimensions.flatMap(({ via }) => via ?? [])]),
  ];
  const asked = links.map((id) => load.join([id]).reports).filter(({ value }) => value > 0);
  const reports = asked.reduce((sum, { value }) => sum + value, 0);
  const rows = load.table(fact).rows;
  if (dimensions.length < LEAST_DIMENSIONS || asked.length < LEAST_DIMENSIONS) return undefined;
  const keys = identifying(document, table);
  const measures = table.columns
    .filter((one) => !keys.has(one.id) && one.generated === undefined && isExactNumber(document, one))
    .map(({ id }) => id);
  const own = momentOf(document, fact);
  const over = headers.flatMap((via) => {
    const column = momentOf(document, document.relationships[via]?.parent ?? '');
    return column === undefined ? [] : [{ column, via }];
  })[0];
  const moment: StarMoment | undefined = own === undefined ? over : { column: own };
  if (moment === undefined || measures.length === 0) return undefined;
  const names = dimensions.map(
    ({ relationship }) => document.tables[document.relationships[relationship]?.parent ?? '']?.name ?? '',
  );
  const refresh = refreshFor(reports);
  if (refresh === undefined) return undefined;
  const bytes = 8 * (dimensions.length + 2 + measures.length);
  return {
    id: `star ${fact}`,
    idea: { kind: 'star', fact, dimensions, moment, measures },
    title: `A star schema of ${table.name}`,
    table: fact,
    why: [
      `${figure(reports)} reports per hour group ${figure(rows.value)} rows of ${table.name} along ${asked.length} references; its measures are ${measures.map((id) => columnIn(table, id)?.name).join(', ')}.`,
      `One row of the fact for each row of ${table.name}, with the dimensions ${[...names, 'date'].join(', ')}: one join each, however long the way is now.`,
      'Dimensions keep their history (type 2): what a fact was about is what it was at the time.',
    ],
    // What a header's join costs is spared; the rest of its worth is that all questions are asked in one way.
    saved: Math.max(0, (reports * headers.length - refresh.perHour) * rows.value),
    cost: { bytesPerRow: bytes, rows: rows.value, bytes: bytes * rows.value, writesPerHour: refresh.perHour * rows.value },
    invariant: {
      words: `Counts and sums of the fact equal those of ${table.name}, as they were when it was loaded last; attributes repeat in dimensions.`,
    },
    guesses: guessesOf([[rows, `rows of ${table.name}`]]),
    keepers: [{ keeper: 'application' }],
    staleness: refresh.words,
  };
}
