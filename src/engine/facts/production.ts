import { readJsonText } from '#lib/json-text.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { ColumnFacts } from '#model/column-types.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Table, TableFacts } from '#model/types.ts';
import type { IndexSize } from '../planner/statistics.ts';

/**
 * The query that a person runs in production; its one value is pasted here. It reads what the planner of that server knows
 * (`pg_class`, `pg_stats`), no rows: beside sizes these are common values and histogram bounds of columns.
 */
export const PRODUCTION_QUERY = `SELECT json_build_object(
  'version', current_setting('server_version_num')::integer,
  'relations', (SELECT coalesce(json_agg(json_build_object(
      'schema', n.nspname, 'name', c.relname, 'kind', c.relkind, 'pages', c.relpages, 'rows', c.reltuples,
      'visible', c.relallvisible, 'table', t.relname) ORDER BY n.nspname, c.relname), '[]')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_index i ON i.indexrelid = c.oid LEFT JOIN pg_class t ON t.oid = i.indrelid
    WHERE c.relkind IN ('r', 'p', 'm', 'i') AND n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')),
  'columns', (SELECT coalesce(json_agg(json_build_object(
      'schema', schemaname, 'table', tablename, 'name', attname, 'nulls', null_frac, 'width', avg_width,
      'distinct', n_distinct, 'values', to_json(most_common_vals::text::text[]), 'shares', to_json(most_common_freqs),
      'bounds', to_json(histogram_bounds::text::text[]), 'correlation', correlation)
      ORDER BY schemaname, tablename, attname), '[]')
    FROM pg_stats WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND NOT inherited)
)::text AS facts;`;

/** What production says of the document's tables. */
export interface ProductionFacts {
  /** `server_version_num`, such as 160004. */
  readonly version?: number;
  readonly tables: ReadonlyMap<Id, TableFacts>;
  /** By the table's id, then the column's. */
  readonly columns: ReadonlyMap<Id, ReadonlyMap<Id, ColumnFacts>>;
  readonly indexes: readonly IndexSize[];
  /** Tables and columns that the document does not have, by name. */
  readonly unknown: readonly string[];
  /** Tables of the document that production says nothing of. */
  readonly missing: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);

const share = (value: unknown) => {
  const given = number(value);
  return given === undefined || given < 0 || given > 1 ? undefined : given;
};

function strings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
}

function columnFacts(given: Json): ColumnFacts {
  const values = strings(given['values']) ?? [];
  const shares = Array.isArray(given['shares']) ? given['shares'] : [];
  const common = values.flatMap((value, at) => {
    const one = share(shares[at]);
    return one === undefined ? [] : [{ value, share: one }];
  });
  const bounds = strings(given['bounds']);
  const facts = {
    distinct: number(given['distinct']),
    nullFraction: share(given['nulls']),
    averageWidth: number(given['width']),
    correlation: number(given['correlation']),
    min: bounds?.[0],
    max: bounds?.at(-1),
    ...(common.length > 0 ? { common } : {}),
    ...(bounds !== undefined && bounds.length > 1 ? { bounds } : {}),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

function parse(source: string): Result<Json> {
  const read = readJsonText(source);
  if (!read.ok) {
    const { line, column } = read;
    return err('facts-json', `This is not JSON: line ${line}, column ${column}. Paste the one value that the query gives, whole.`);
  }
  let { value } = read;
  // Clients give a row, or a list of one row.
  for (let wrapped = 0; wrapped < 4; wrapped++) {
    if (Array.isArray(value) && value.length === 1) [value] = value;
    else if (isJson(value) && Object.hasOwn(value, 'facts')) value = value['facts'];
    else if (typeof value === 'string') return parse(value);
  }
  if (isJson(value) && Array.isArray(value['relations']) && Array.isArray(value['columns'])) return ok(value);
  return err(
    'facts-shape',
    'This JSON is not what the query gives: it has no lists "relations" and "columns". Run the query as it is shown.',
  );
}

class Names {
  private readonly tables = new Map<string, Table>();
  private readonly document: Document;

  constructor(document: Document) {
    this.document = document;
    for (const table of Object.values(document.tables)) {
      const schema = document.schemas[table.schema]?.name ?? 'public';
      this.tables.set(`${schema}.${table.name}`, table);
    }
  }

  table(schema: unknown, name: unknown): Table | undefined {
    return this.tables.get(`${text(schema) ?? 'public'}.${text(name) ?? ''}`);
  }

  column(table: Table, name: unknown): Id | undefined {
    return columnsOf(this.document, table).find((column) => column.name === name)?.id;
  }
}

/**
 * Reads what {@link PRODUCTION_QUERY} gave and finds the document's tables and columns in it by name.
 * @returns the problem `facts-json` with its place, or `facts-shape`. What is not of this document is listed, not refused.
 */
export function readProductionFacts(document: Document, source: string): Result<ProductionFacts> {
  const parsed = parse(source.trim());
  if (!parsed.ok) return parsed;
  const names = new Names(document);
  const unknown: string[] = [];
  const tables = new Map<Id, TableFacts>();
  const indexes: IndexSize[] = [];
  const columns = new Map<Id, Map<Id, ColumnFacts>>();
  for (const one of (parsed.value['relations'] as readonly unknown[]).filter(isJson)) {
    const [schema, name] = [text(one['schema']) ?? 'public', text(one['name']) ?? ''];
    // A table that was never analysed says -1.
    const rows = number(one['rows']);
    const pages = number(one['pages']) ?? 0;
    if (rows === undefined || rows < 0) continue;
    if (one['kind'] === 'i') {
      indexes.push({ schema, name, rows, pages });
      continue;
    }
    const table = names.table(schema, name);
    if (table === undefined) unknown.push(`${schema}.${name}`);
    else tables.set(table.id, { rows, ...(pages > 0 ? { pages } : {}) });
  }
  for (const one of (parsed.value['columns'] as readonly unknown[]).filter(isJson)) {
    const table = names.table(one['schema'], one['table']);
    if (table === undefined) continue;
    const column = names.column(table, one['name']);
    if (column === undefined) unknown.push(`${table.name}.${text(one['name']) ?? '?'}`);
    else columns.set(table.id, (columns.get(table.id) ?? new Map<Id, ColumnFacts>()).set(column, columnFacts(one)));
  }
  const missing = Object.values(document.tables).flatMap((table) => (tables.has(table.id) ? [] : [table.name]));
  const version = number(parsed.value['version']);
  return ok({ ...(version === undefined ? {} : { version }), tables, columns, indexes, unknown, missing });
}
