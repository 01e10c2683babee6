import { err, ok, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { emptyTable } from '#model/create.ts';
import { singular } from '#model/derive/foreign-key-columns.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Dependency, Document, Id, Relationship, Sql, Table } from '#model/types.ts';
import { surrogateOf, usualOf } from '#model/usual-types.ts';
import { freeTableName } from '../decompose/names.ts';
import { copiedColumn } from './build-along.ts';
import { settle } from './draft.ts';
import { columnIn, type Followed, followed } from './links.ts';
import { compound, copyName, like } from './names.ts';
import { Naming } from './shapes.ts';
import { type DimensionSql, loadDates, loadDimension, loadFact, type StarSql, starReconcile } from './star-sql.ts';
import type { BuildOptions, Choice, Denormalization, Idea, Proposal } from './types.ts';

type Star = Extract<Idea, { kind: 'star' }>;

interface Work {
  readonly document: Document;
  readonly naming: Naming;
  readonly choice: Choice;
  readonly options: BuildOptions;
  /** Names given to new tables so far. */
  readonly taken: string[];
}

/** A dimension table with where its rows come from. */
interface Dimension {
  readonly source: Table;
  readonly table: Table;
  readonly surrogate: Column;
  readonly business: Column;
  readonly from: Column;
  readonly to: Column;
  readonly attributes: readonly { readonly column: Column; readonly sql: Sql }[];
  readonly rest: Sql;
}

function named(work: Work, schema: Id, beside: Table, prefix: string, name: string): string {
  const free = freeTableName(work.document, schema, compound(like(beside.name, prefix), name), work.taken);
  work.taken.push(free);
  return free;
}

function primary(id: Id, columns: readonly Id[]): Table['keys'][number] {
  return { id, kind: 'primary', columns };
}

function fresh({ options }: Work, name: string, type: Column['type'], nullable = false): Column {
  return { id: options.ids.next('col', name), name, type, nullable };
}

/** A dimension of a table: its columns and those of what it refers to, flat, with the time in which a row was right (type 2). */
function dimensionOf(work: Work, source: Table): Dimension {
  const { document, naming, options, choice } = work;
  const { ids } = options;
  const usual = usualOf(document);
  const name = named(work, source.schema, source, 'dim', singular(source.name));
  const key = source.keys.find(({ kind }) => kind === 'primary')?.columns[0] ?? '';
  const of = columnIn(source, key) as Column;
  const surrogate = surrogateOf(
    usual,
    'identity',
    ids.next('col', name),
    compound(singular(source.name), like(source.name, 'key')),
  );
  const business = { ...copiedColumn(of, ids.next('col', of.name), copyName(source, of.name)), nullable: false };
  const names = new Set([surrogate.name, business.name]);
  const attributes: { column: Column; sql: Sql }[] = [];
  const dependencies: Dependency[] = [];
  const add = (one: Column, alias: string, wanted: string): Column | undefined => {
    if (names.has(wanted)) return undefined;
    names.add(wanted);
    const column = copiedColumn(one, ids.next('col', wanted), wanted);
    attributes.push({ column, sql: `${alias}.${naming.ident(one.name)}` });
    return column;
  };
  const own = new Map(source.columns.filter(({ id }) => id !== key).map((one) => [one.id, add(one, 's', one.name)]));
  let rest = `FROM ${naming.table(source).sql} s`;
  let at = 0;
  for (const link of linksOf(document).byChild.get(source.id) ?? []) {
    const along = followed(document, link.id);
    const [reference] = link.childColumns;
    if (along === undefined || link.parent === source.id || link.childColumns.length !== 1 || reference === undefined) continue;
    at += 1;
    const parent = along.parent;
    rest += `\nLEFT JOIN ${naming.table(parent).sql} u${at} ON u${at}.${naming.column(parent, link.parentColumns[0] ?? '').sql} = s.${naming.column(source, reference).sql}`;
    const flat = parent.columns
      .filter(({ id }) => !link.parentColumns.includes(id))
      .flatMap((one) => add(one, `u${at}`, copyName(parent, one.name)) ?? []);
    const left = own.get(reference);
    if (left === undefined || flat.length === 0) continue;
    dependencies.push({
      id: ids.next('dep', parent.name),
      determinant: [left.id],
      dependent: flat.map(({ id }) => id),
      note: `From ${parent.name}`,
      exempt: {
        kind: 'accepted',
        reason: 'A dimension is flat: one join for each question',
        maintenance: 'application',
        ...(choice.staleness === undefined ? {} : { staleness: choice.staleness }),
        date: options.date,
      },
    });
  }
  const from = fresh(work, like(source.name, 'valid_from'), usual.types.moment);
  const to = fresh(work, like(source.name, 'valid_to'), usual.types.moment, true);
  const index = compound(name, like(source.name, 'current'));
  const table: Table = {
    ...emptyTable(ids.next('tbl', name), source.schema, name),
    columns: [surrogate, business, ...attributes.map(({ column }) => column), from, to],
    keys: [primary(ids.next('key', name), [surrogate.id])],
    // Not unique with the beginning: two loads within the clock's step would collide.
    indexes: [{ id: ids.next('idx', name), name: index, elements: [{ column: business.id }, { column: to.id }] }],
    dependencies,
  };
  return { source, table, surrogate, business, from, to, attributes, rest };
}

const PARTS = ['year', 'quarter', 'month', 'day', 'weekday'] as const;

function dateDimension(work: Work, beside: Table): { readonly table: Table; readonly columns: readonly Column[] } {
  const { options, document } = work;
  const { types } = usualOf(document);
  const name = named(work, beside.schema, beside, 'dim', like(beside.name, 'date'));
  const columns = [
    fresh(work, like(beside.name, 'date_key'), types.integer),
    fresh(work, like(beside.name, 'full_date'), types.date),
    ...PARTS.map((part) => fresh(work, like(beside.name, `${part}_no`), types.integer)),
  ];
  const table: Table = {
    ...emptyTable(options.ids.next('tbl', name), beside.schema, name),
    columns,
    keys: [
      primary(options.ids.next('key', name), [columns[0]?.id ?? '']),
      { id: options.ids.next('key', name), kind: 'unique', columns: [columns[1]?.id ?? ''] },
    ],
  };
  return { table, columns };
}

const IDENTIFIER = /_?(?:id|code|no|nr|number|key|uuid|guid)$/i;

/** What a dimension is to the fact: `billing_address_id` makes it the billing address. */
function role({ link, child, parent }: Followed): string {
  const name = columnIn(child, link.childColumns[0] ?? '')?.name ?? '';
  const short = name.replace(IDENTIFIER, '');
  return short === '' ? singular(parent.name) : short;
}

/** The tables above the fact that its rows are read with, each under its alias `h1`, `h2` ...; the fact's source is `s`. */
class Headers {
  readonly all: Followed[] = [];
  readonly #document: Document;

  constructor(document: Document) {
    this.#document = document;
  }

  alias(via: Id | undefined): string {
    if (via === undefined) return 's';
    const known = this.all.findIndex(({ link }) => link.id === via);
    if (known >= 0) return `h${known + 1}`;
    const along = followed(this.#document, via);
    if (along === undefined) return 's';
    this.all.push(along);
    return `h${this.all.length}`;
  }

  /** FROM of the fact's rows. */
  joined(naming: Naming, source: Table): Sql {
    const joins = this.all.map((one, at) => {
      const pairs = one.link.childColumns.map(
        (id, n) =>
          `h${at + 1}.${naming.column(one.parent, one.link.parentColumns[n] ?? '').sql} = s.${naming.column(source, id).sql}`,
      );
      return `\nLEFT JOIN ${naming.table(one.parent).sql} h${at + 1} ON ${pairs.join(' AND ')}`;
    });
    return `${naming.table(source).sql} s${joins.join('')}`;
  }
}

interface Refers {
  readonly column: Column;
  readonly dimension: Dimension;
  readonly sql: Sql;
}

/** The fact's references, one for each role; tables that are referred to twice are one dimension. */
function referencesOf(work: Work, idea: Star, source: Table, headers: Headers): readonly Refers[] | undefined {
  const bySource = new Map<Id, Dimension>();
  const names = new Set<string>();
  const refers: Refers[] = [];
  for (const { relationship, via } of idea.dimensions) {
    const along = followed(work.document, relationship);
    if (along === undefined) return undefined;
    const dimension = bySource.get(along.parent.id) ?? dimensionOf(work, along.parent);
    bySource.set(along.parent.id, dimension);
    let name = compound(role(along), like(source.name, 'key'));
    for (let n = 2; names.has(name); n++) name = compound(role(along), like(source.name, `key_${n}`));
    names.add(name);
    const column = fresh(work, name, dimension.surrogate.type, true);
    const reference = work.naming.column(along.child, along.link.childColumns[0] ?? '').sql;
    refers.push({ column, dimension, sql: `${headers.alias(via)}.${reference}` });
  }
  return refers;
}

interface Taken {
  readonly of: Column;
  readonly column: Column;
}

/** Columns of the source that the fact keeps: its key, what facts came in together (an order's number), and the measures. */
function takenBy({ options }: Work, idea: Star, source: Table, headers: Headers) {
  const copy = (of: Column): Taken => ({ of, column: copiedColumn(of, options.ids.next('col', of.name), of.name) });
  const keys = (source.keys.find(({ kind }) => kind === 'primary')?.columns ?? []).flatMap((id) => columnIn(source, id) ?? []);
  const together = headers.all.flatMap(({ link }) => columnIn(source, link.childColumns[0] ?? '') ?? []);
  return {
    keys: keys.map(copy).map((one): Taken => ({ ...one, column: { ...one.column, nullable: false } })),
    kept: together.filter((one) => !keys.includes(one)).map(copy),
    measures: idea.measures.flatMap((id) => columnIn(source, id) ?? []).map(copy),
  };
}

function dimensionSql({ naming }: Work, one: Dimension): DimensionSql {
  const key = one.source.keys.find(({ kind }) => kind === 'primary')?.columns[0] ?? '';
  return {
    table: naming.object(one.table.schema, one.table.name),
    business: naming.ident(one.business.name),
    key: `s.${naming.column(one.source, key).sql}`,
    from: naming.ident(one.from.name),
    to: naming.ident(one.to.name),
    attributes: one.attributes.map(({ column, sql }) => ({ name: naming.ident(column.name), sql })),
    rest: one.rest,
  };
}

/** What says when a fact happened, as SQL over its source and headers. */
function momentSql({ naming }: Work, { moment }: Star, source: Table, headers: Headers): Sql {
  const alias = headers.alias(moment.via);
  const holder = moment.via === undefined ? source : headers.all.find(({ link }) => link.id === moment.via)?.parent;
  return `${alias}.${holder === undefined ? '' : naming.column(holder, moment.column).sql}`;
}

interface Made {
  readonly sql: StarSql;
  readonly tables: readonly Table[];
  readonly links: readonly Relationship[];
}

function starOf(work: Work, idea: Star): Result<Made> {
  const { document, naming, options } = work;
  const { ids } = options;
  const source = recordIn(document, 'tables', idea.fact);
  const headers = new Headers(document);
  const refers = source === undefined ? undefined : referencesOf(work, idea, source, headers);
  if (source === undefined || refers === undefined)
    return err('stale-proposal', 'A table or foreign key of it is gone: look at the advice again.');
  const moment = momentSql(work, idea, source, headers);
  const date = dateDimension(work, source);
  const dateColumn = fresh(work, like(source.name, 'date_key'), usualOf(document).types.integer, true);
  const taken = takenBy(work, idea, source, headers);
  const plain = [...taken.keys, ...taken.kept, ...taken.measures];
  const name = named(work, source.schema, source, 'fact', source.name);
  const before = [...taken.keys, ...taken.kept].map(({ column }) => column);
  const after = taken.measures.map(({ column }) => column);
  const fact: Table = {
    ...emptyTable(ids.next('tbl', name), source.schema, name),
    columns: [...before, ...refers.map(({ column }) => column), dateColumn, ...after],
    keys: [
      primary(
        ids.next('key', name),
        taken.keys.map(({ column }) => column.id),
      ),
    ],
  };
  const link = (child: Column, parent: Table, to: Column | undefined): Relationship => ({
    id: ids.next('rel', `${name}_${child.name}`),
    child: fact.id,
    parent: parent.id,
    childColumns: [child.id],
    parentColumns: [to?.id ?? ''],
  });
  const dimensions = [...new Set(refers.map(({ dimension }) => dimension))];
  const sql: StarSql = {
    naming,
    now: usualOf(document).now,
    source: headers.joined(naming, source),
    moment,
    date: {
      table: naming.object(date.table.schema, date.table.name),
      columns: date.columns.map((one) => naming.ident(one.name)),
    },
    dimensions: dimensions.map((one) => dimensionSql(work, one)),
    fact: {
      table: naming.object(fact.schema, fact.name),
      plain: plain.map(({ of, column }) => ({ name: naming.ident(column.name), sql: `s.${naming.ident(of.name)}` })),
      keys: taken.keys.length,
      references: refers.map(({ column, dimension, sql: reference }) => ({
        name: naming.ident(column.name),
        sql: reference,
        dimension: dimensions.indexOf(dimension),
        surrogate: naming.ident(dimension.surrogate.name),
      })),
      date: naming.ident(dateColumn.name),
    },
  };
  const links = [
    ...refers.map(({ column, dimension }) => link(column, dimension.table, dimension.surrogate)),
    link(dateColumn, date.table, date.columns[0]),
  ];
  return ok({ sql, tables: [date.table, ...dimensions.map(({ table }) => table), fact], links });
}

/** Works out a star schema: a date dimension, dimensions with history, the fact, and what loads them, first and again. */
export function buildStar(
  document: Document,
  proposal: Proposal,
  idea: Star,
  choice: Choice,
  options: BuildOptions,
): Result<Denormalization> {
  const work: Work = { document, naming: new Naming(document), choice, options, taken: [] };
  const made = starOf(work, idea);
  if (!made.ok) return made;
  const { sql, tables, links } = made.value;
  const repair = [...loadDates(sql), ...sql.dimensions.flatMap((one) => loadDimension(sql, one)), ...loadFact(sql)];
  return settle(
    document,
    proposal,
    choice,
    {
      records: [
        ...tables.map((record) => ({ collection: 'tables' as const, record })),
        ...links.map((record) => ({ collection: 'relationships' as const, record })),
      ],
      reconcile: starReconcile(sql),
      repair,
      refresh: `-- In one transaction, each time.\n${repair.join('\n\n')}`,
      touched: [...tables].reverse().map(({ id }) => id),
      quiet: [],
    },
    options,
  );
}
