import { recordIn } from '#model/collections.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Table } from '#model/types.ts';
import { knownFacts } from '../facts/facts.ts';
import type { KnownColumn, KnownTable } from '../facts/known.ts';
import { typeFacts } from '../rules/type-facts.ts';
import { writeDocument } from '../sql/write.ts';
import { withViewsUnfilled } from '../workload/stored-views.ts';
import type { ColumnStatistics, TableStatistics } from './statistics.ts';

/** What a planner is opened with, from a document. */
export interface DocumentSetup {
  readonly schema: readonly { readonly key: string; readonly sql: string }[];
  readonly tables: readonly TableStatistics[];
}

/** Bounds of a histogram, as ANALYZE makes by default. */
const STEPS = 100;
const NUMBERS = new Set(['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision', 'oid']);
const WHOLE = new Set(['smallint', 'integer', 'bigint', 'oid']);
const TIMES = new Set(['date', 'timestamp', 'timestamptz']);
/** Types without a histogram, whose common values say nothing either: they have no order. */
const UNORDERED = new Set(['json', 'xml', 'point', 'line', 'lseg', 'box', 'path', 'polygon', 'circle', 'tsvector', 'tsquery']);

/** Ascending values at equal steps between two, of numbers and times; undefined for others. */
function between(type: string, min: string, max: string): readonly string[] | undefined {
  const steps = Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS);
  if (NUMBERS.has(type)) {
    const [low, high] = [Number(min), Number(max)];
    if (!Number.isFinite(low) || !Number.isFinite(high) || high <= low) return undefined;
    const values = steps.map((share) => low + (high - low) * share);
    const texts = values.map((value) => (WHOLE.has(type) ? String(Math.round(value)) : String(Number(value.toPrecision(15)))));
    return [...new Set(texts)];
  }
  if (!TIMES.has(type)) return undefined;
  // Without a zone the text means UTC here: only distances count.
  const utc = (text: string) =>
    Date.parse(/[zZ]|[+-]\d\d(:?\d\d)?$/.test(text) || !text.includes(':') ? text : `${text.replace(' ', 'T')}Z`);
  const [low, high] = [utc(min), utc(max)];
  if (!Number.isFinite(low) || !Number.isFinite(high) || high <= low) return undefined;
  const texts = steps.map((share) => new Date(low + (high - low) * share).toISOString());
  return [
    ...new Set(type === 'date' ? texts.map((text) => text.slice(0, 10)) : texts.map((text) => text.slice(0, 19).replace('T', ' '))),
  ];
}

/** The histogram that was told, else even steps through the range. */
function boundsOf({ bounds, min, max }: KnownColumn, type: string): readonly string[] | undefined {
  if (bounds !== undefined) return bounds;
  return min === undefined || max === undefined ? undefined : between(type, min, max);
}

function statisticsOf(column: KnownColumn, type: { readonly name: string; readonly isArray: boolean }): ColumnStatistics {
  const { name, nullFraction, averageWidth, distinct, correlation, common } = column;
  const base = { name, nullFraction, averageWidth, distinct };
  if (type.isArray || UNORDERED.has(type.name)) return base;
  const bounds = boundsOf(column, type.name);
  return {
    ...base,
    correlation,
    ...(common === undefined || common.length === 0 ? {} : { common }),
    ...(bounds === undefined || bounds.length < 2 ? {} : { bounds }),
  };
}

function tableStatistics(document: Document, table: Table, known: KnownTable): TableStatistics {
  const columns = columnsOf(document, table);
  return {
    schema: recordIn(document, 'schemas', table.schema)?.name ?? 'public',
    name: table.name,
    rows: known.rows,
    pages: known.pages,
    // A table that is looked after is vacuumed: what the planner of a server is told at its best.
    visiblePages: known.pages,
    columns: known.columns.flatMap((column) => {
      const own = columns.find((one) => one.id === column.id);
      return own === undefined ? [] : [statisticsOf(column, typeFacts(document, own.type))];
    }),
  };
}

/**
 * What the planner needs of a document of PostgreSQL: its statements, and of each table that holds rows what is known or
 * guessed. A partitioned table holds none itself: its partitions do. A materialized view that the document has as a table
 * (`withStoredViews`) is made of its own statement, without rows, and told as large as that table.
 */
export function plannerSetup(document: Document): DocumentSetup {
  const { version = 18 } = document.settings['settings'] ?? {};
  const facts = knownFacts(document);
  const schema = writeDocument(withViewsUnfilled(document), { version }).statements.map(({ key, sql }) => ({ key, sql }));
  const tables = Object.values(document.tables).flatMap((table) => {
    const known = facts.get(table.id);
    return known === undefined || table.partitioning !== undefined ? [] : [tableStatistics(document, table, known)];
  });
  return { schema, tables };
}
