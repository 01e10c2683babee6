import { readJsonText } from '#lib/json-text.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { ColumnFacts } from '#model/column-types.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Table, TableFacts, View } from '#model/types.ts';
import { BLOCK } from '../../physical/index-size.ts';
import type { IndexSize } from '../../planner/statistics.ts';
import { readHistogram } from './histogram.ts';

/** What production says of the document's tables, and of the rows of its materialized views. */
export interface ProductionFacts {
  /** `server_version_num` of PostgreSQL, such as 160004. */
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

/** JSON that a client gave as a text. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const read = readJsonText(value);
  return read.ok ? read.value : undefined;
}

/** 0 is what PostgreSQL says when it does not know; a count of all rows is that every value is another. */
function distinctOf(value: unknown, rows: number | undefined): number | undefined {
  const given = number(value);
  if (given === undefined || given === 0 || given < -1) return undefined;
  return rows !== undefined && rows > 1 && given >= rows ? -1 : given;
}

function columnFacts(given: Json, rows: number | undefined): ColumnFacts {
  const values = strings(given['values']) ?? [];
  const shares = Array.isArray(given['shares']) ? given['shares'] : [];
  const common = values.flatMap((value, at) => {
    const one = share(shares[at]);
    return one === undefined ? [] : [{ value, share: one }];
  });
  const histogram = readHistogram(parsed(given['histogram']), rows, share(given['nulls']));
  const bounds = strings(given['bounds']) ?? histogram.bounds;
  const nulls = number(given['nullRows']);
  const facts = {
    distinct: distinctOf(given['distinct'] ?? histogram.distinct, rows),
    nullFraction:
      share(given['nulls']) ?? (nulls === undefined || rows === undefined || rows <= 0 ? undefined : share(nulls / rows)),
    averageWidth: number(given['width']),
    correlation: number(given['correlation']),
    min: text(given['min']) ?? bounds?.[0],
    max: text(given['max']) ?? bounds?.at(-1),
    ...(common.length > 0 ? { common } : histogram.common === undefined ? {} : { common: histogram.common }),
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
    else if (isJson(value) && Object.hasOwn(value, 'FACTS')) value = value['FACTS'];
    else if (typeof value === 'string') return parse(value);
  }
  if (isJson(value) && Array.isArray(value['relations']) && Array.isArray(value['columns'])) return ok(value);
  return err(
    'facts-shape',
    'This JSON is not what the query gives: it has no lists "relations" and "columns". Run the query as it is shown.',
  );
}

/** Finds tables and columns as they are written; else, in a schema the document does not have, by the name alone. */
class Names {
  private readonly all = new Map<string, Table | View>();
  /** By the name alone, in small letters; `null` where several have it. */
  private readonly plain = new Map<string, Table | View | null>();
  private readonly schemas = new Set<string>();
  private readonly document: Document;

  constructor(document: Document) {
    this.document = document;
    const stored = Object.values(document.views).filter(({ materialized }) => materialized === true);
    for (const one of [...Object.values(document.tables), ...stored]) {
      const schema = document.schemas[one.schema]?.name ?? 'public';
      this.schemas.add(schema);
      this.all.set(`${schema}.${one.name}`, one);
      const lower = one.name.toLowerCase();
      this.plain.set(lower, this.plain.has(lower) ? null : one);
    }
  }

  /** A table, or a materialized view. */
  relation(schema: unknown, name: unknown): Table | View | undefined {
    const [of, own] = [text(schema) ?? 'public', text(name) ?? ''];
    const exact = this.all.get(`${of}.${own}`);
    return exact ?? (this.schemas.has(of) ? undefined : (this.plain.get(own.toLowerCase()) ?? undefined));
  }

  table(schema: unknown, name: unknown): Table | undefined {
    const found = this.relation(schema, name);
    return found === undefined || 'query' in found ? undefined : found;
  }

  column(table: Table, name: unknown): Id | undefined {
    const columns = columnsOf(this.document, table);
    const wanted = text(name) ?? '';
    return (
      columns.find((column) => column.name === wanted) ??
      columns.find((column) => column.name.toLowerCase() === wanted.toLowerCase())
    )?.id;
  }
}

interface Relations {
  readonly tables: Map<Id, TableFacts>;
  readonly indexes: IndexSize[];
  readonly unknown: string[];
}

function readRelations(list: readonly Json[], names: Names): Relations {
  const found: Relations = { tables: new Map(), indexes: [], unknown: [] };
  for (const one of list) {
    const [schema, name] = [text(one['schema']) ?? 'public', text(one['name']) ?? ''];
    // A table that was never analysed says -1.
    const rows = number(one['rows']);
    const bytes = number(one['bytes']);
    const pages = number(one['pages']) ?? (bytes === undefined ? 0 : Math.ceil(bytes / BLOCK));
    if (rows === undefined || rows < 0) continue;
    if (one['kind'] === 'i') {
      found.indexes.push({ schema, name, rows, pages });
      continue;
    }
    const table = names.relation(schema, name);
    // Of two that go by one name the first counts.
    if (table === undefined || found.tables.has(table.id)) found.unknown.push(`${schema}.${name}`);
    else found.tables.set(table.id, { rows, ...(pages > 0 ? { pages } : {}) });
  }
  return found;
}

/**
 * Reads what the query of a database for its facts gave (`dialects/fact-queries.ts`) and finds the document's tables and
 * columns in it by name.
 * @returns the problem `facts-json` with its place, or `facts-shape`. What is not of this document is listed, not refused.
 */
export function readProductionFacts(document: Document, source: string): Result<ProductionFacts> {
  const read = parse(source.trim());
  if (!read.ok) return read;
  const names = new Names(document);
  const { tables, indexes, unknown } = readRelations((read.value['relations'] as readonly unknown[]).filter(isJson), names);
  const columns = new Map<Id, Map<Id, ColumnFacts>>();
  for (const one of (read.value['columns'] as readonly unknown[]).filter(isJson)) {
    const table = names.table(one['schema'], one['table']);
    if (table === undefined) continue;
    const column = names.column(table, one['name']);
    const own = columns.get(table.id) ?? new Map<Id, ColumnFacts>();
    columns.set(table.id, own);
    if (column === undefined) unknown.push(`${table.name}.${text(one['name']) ?? '?'}`);
    else if (!own.has(column)) own.set(column, columnFacts(one, tables.get(table.id)?.rows));
  }
  const missing = Object.values(document.tables).flatMap((table) => (tables.has(table.id) ? [] : [table.name]));
  const version = number(read.value['version']);
  return ok({ ...(version === undefined ? {} : { version }), tables, columns, indexes, unknown, missing });
}
