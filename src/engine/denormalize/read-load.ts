import * as v from 'valibot';
import { err, ok, type Result } from '#lib/result.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { nameKey } from '../dialects/base/traits.ts';
import type { GivenJoin, GivenLoad, GivenTableLoad } from './load.ts';
import { dialectOf } from './weigh.ts';

const rate = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1e15));
const optional = v.optional(rate);
const names = v.pipe(v.array(v.string()), v.maxLength(64));

const FILE = v.strictObject({
  tables: v.optional(
    v.record(
      v.string(),
      v.strictObject({ rows: optional, reads: optional, inserts: optional, updates: optional, deletes: optional }),
    ),
    {},
  ),
  joins: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          path: v.pipe(names, v.minLength(1), v.maxLength(8)),
          lookups: optional,
          counts: optional,
          reports: optional,
          columns: v.optional(names),
          measures: v.optional(names),
        }),
      ),
      v.maxLength(10_000),
    ),
    [],
  ),
});

const HELP =
  'Expected {"tables": {"comments": {"rows": 2000000, "reads": 500, "inserts": 200, "updates": 5, "deletes": 1}}, "joins": [{"path": ["comments.post_id"], "lookups": 0, "counts": 80000, "reports": 2, "columns": ["title"], "measures": ["length"]}]}, all per hour but rows.';

/** What is there of an object whose values may be undefined. */
function defined<T extends object>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

class Names {
  readonly #document: Document;
  readonly #tables = new Map<string, Table>();

  constructor(document: Document) {
    this.#document = document;
    for (const table of Object.values(document.tables)) {
      const schema = document.schemas[table.schema]?.name;
      this.#tables.set(this.key(`${schema}.${table.name}`), table);
      if (!this.#tables.has(this.key(table.name))) this.#tables.set(this.key(table.name), table);
    }
  }

  key(name: string): string {
    return nameKey(name, dialectOf(this.#document));
  }

  table(name: string): Table | undefined {
    return this.#tables.get(this.key(name));
  }

  column(table: Table | undefined, name: string): Id | undefined {
    return table?.columns.find((column) => this.key(column.name) === this.key(name))?.id;
  }

  /** The foreign key of `table.column`, or of `table.a,b`. */
  link(text: string): Relationship | undefined {
    const dot = text.lastIndexOf('.');
    const table = this.table(text.slice(0, dot));
    const columns = text
      .slice(dot + 1)
      .split(',')
      .map((name) => this.column(table, name.trim()));
    return Object.values(this.#document.relationships).find(
      (link) => link.child === table?.id && link.childColumns.join() === columns.join(),
    );
  }
}

/**
 * Reads how tables are used from parsed JSON of unknown origin, by names.
 * @returns a problem that names what is wrong or not in the model, and what was expected.
 */
export function readLoad(document: Document, value: unknown): Result<GivenLoad> {
  if (Array.isArray(value)) return err('bad-load', `The file holds a list. ${HELP}`);
  const read = v.safeParse(FILE, value);
  if (!read.success) {
    const [issue] = read.issues;
    return err('bad-load', `${v.getDotPath(issue) ?? 'The file'}: ${issue.message}. ${HELP}`);
  }
  const known = new Names(document);
  const tables: Record<Id, GivenTableLoad> = {};
  for (const [name, figures] of Object.entries(read.output.tables)) {
    const table = known.table(name);
    if (table === undefined) return err('no-table', `There is no table ${name} in the model. Name those that are there.`);
    tables[table.id] = defined(figures);
  }
  const joins: GivenJoin[] = [];
  for (const { path, columns, measures, ...figures } of read.output.joins) {
    const links = path.map((one) => known.link(one));
    const missing = path.find((_, at) => links[at] === undefined);
    if (missing !== undefined) return err('no-foreign-key', `${missing} is no foreign key of the model. Name one as table.column.`);
    const ends = links.flatMap((link) => link ?? []);
    const ids = (of: readonly string[] | undefined, table: Id | undefined) =>
      of?.flatMap((name) => known.column(document.tables[table ?? ''], name) ?? []);
    const looked = ids(columns, ends.at(-1)?.parent);
    const summed = ids(measures, ends[0]?.child);
    joins.push({
      relationships: ends.map(({ id }) => id),
      ...defined(figures),
      ...(looked === undefined ? {} : { columns: looked }),
      ...(summed === undefined ? {} : { measures: summed }),
    });
  }
  return ok({ tables, joins });
}
