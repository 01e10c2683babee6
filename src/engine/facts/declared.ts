import * as v from 'valibot';
import { readJsonText } from '#lib/json-text.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { ColumnFacts } from '#model/column-types.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Table, TableFacts, View } from '#model/types.ts';

/** Facts of a document's tables, and of the rows of its materialized views, told in a file. */
export interface DeclaredFacts {
  readonly tables: ReadonlyMap<Id, TableFacts>;
  /** By the table's id, then the column's. */
  readonly columns: ReadonlyMap<Id, ReadonlyMap<Id, ColumnFacts>>;
  /** Names that the document does not have. */
  readonly unknown: readonly string[];
}

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const column = v.strictObject({
  distinct: v.optional(v.number()),
  nullFraction: v.optional(share),
  averageWidth: v.optional(v.pipe(v.number(), v.minValue(0))),
  correlation: v.optional(v.pipe(v.number(), v.minValue(-1), v.maxValue(1))),
  min: v.optional(v.string()),
  max: v.optional(v.string()),
  common: v.optional(v.array(v.strictObject({ value: v.string(), share }))),
  bounds: v.optional(v.array(v.string())),
});
const file = v.strictObject({
  tables: v.record(
    v.string(),
    v.strictObject({
      rows: v.optional(v.pipe(v.number(), v.minValue(0))),
      pages: v.optional(v.pipe(v.number(), v.minValue(0))),
      rowsPerDay: v.optional(v.number()),
      columns: v.optional(v.record(v.string(), column)),
    }),
  ),
});

/** What facts look like, for people. */
const EXAMPLE = '{"tables": {"orders": {"rows": 1000000, "columns": {"status": {"distinct": 4}}}}}';

/** The table or materialized view of a name, with its schema or, where only one has it, without. */
function tableNamed(document: Document, name: string): Table | View | undefined {
  const stored = Object.values(document.views).filter(({ materialized }) => materialized === true);
  const tables = [...Object.values(document.tables), ...stored];
  const qualified = tables.find((table) => `${document.schemas[table.schema]?.name}.${table.name}` === name);
  if (qualified !== undefined) return qualified;
  const plain = tables.filter((table) => table.name === name);
  return plain.length === 1 ? plain[0] : undefined;
}

/** Without properties that are not there. */
function told<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;
}

/**
 * Reads facts from JSON: `{"tables": {"orders": {"rows": 1000000, "columns": {"status": {"distinct": 4}}}}}`, columns with the
 * properties of {@link ColumnFacts}.
 * @returns the problem `facts-json` with its line and column, or `facts-shape` with the path of what is wrong.
 */
export function readDeclaredFacts(document: Document, source: string): Result<DeclaredFacts> {
  const read = readJsonText(source);
  if (!read.ok) return err('facts-json', `The facts are not JSON: line ${read.line}, column ${read.column}.`);
  const parsed = v.safeParse(file, read.value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const where = v.getDotPath(issue) ?? 'the whole';
    return err('facts-shape', `The facts cannot be used: ${where}: ${issue.message}. They look like this: ${EXAMPLE}`);
  }
  const tables = new Map<Id, TableFacts>();
  const columns = new Map<Id, ReadonlyMap<Id, ColumnFacts>>();
  const unknown: string[] = [];
  for (const [name, { columns: given = {}, ...facts }] of Object.entries(parsed.output.tables)) {
    const table = tableNamed(document, name);
    if (table === undefined) {
      unknown.push(name);
      continue;
    }
    tables.set(table.id, told(facts) as TableFacts);
    const own = new Map<Id, ColumnFacts>();
    for (const [columnName, columnFacts] of Object.entries(given)) {
      const found = 'query' in table ? undefined : columnsOf(document, table).find((one) => one.name === columnName);
      if (found === undefined) unknown.push(`${name}.${columnName}`);
      else own.set(found.id, told(columnFacts) as ColumnFacts);
    }
    columns.set(table.id, own);
  }
  return ok({ tables, columns, unknown });
}

/** The document with facts, those it had before replaced where new ones are told. */
export function withFacts(document: Document, { tables, columns }: Pick<DeclaredFacts, 'tables' | 'columns'>): Document {
  const changed = Object.entries(document.tables).map(([id, table]): [Id, Table] => {
    const facts = tables.get(id);
    const own = columns.get(id);
    if (facts === undefined && own === undefined) return [id, table];
    return [
      id,
      {
        ...table,
        ...(facts === undefined ? {} : { facts: { ...table.facts, ...facts } }),
        columns: table.columns.map((one) => {
          const known = own?.get(one.id);
          return known === undefined ? one : { ...one, facts: { ...one.facts, ...known } };
        }),
      },
    ];
  });
  const views = Object.entries(document.views).map(([id, view]): [Id, View] => {
    const facts = tables.get(id);
    return [id, facts === undefined ? view : { ...view, facts: { ...view.facts, ...facts } }];
  });
  return { ...document, tables: Object.fromEntries(changed), views: Object.fromEntries(views) };
}
