import fc from 'fast-check';
import { keptName } from '#engine/dialects/postgres/names.ts';
import { ident, literal } from '#engine/dialects/postgres/quote.ts';
import type { Column, ColumnType } from '#model/column-types.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { CheckConstraint, Index, Key } from '#model/table-parts.ts';
import type { CustomType, Document, Relationship, Table } from '#model/types.ts';
import { NAUGHTY_NAMES, NAUGHTY_TEXTS } from './naughty.ts';

const plainName = fc.stringMatching(/^[a-z_][a-z0-9_]{0,12}$/);
const name = fc.oneof({ weight: 2, arbitrary: plainName }, { weight: 1, arbitrary: fc.constantFrom(...NAUGHTY_NAMES) });
const prose = fc.oneof(fc.constantFrom(...NAUGHTY_TEXTS.filter((text) => text !== '')), plainName);

/** Distinct names under PostgreSQL's rules; a prefix keeps those of indexes and tables, which share one space, apart. */
const names = (min: number, max: number) => fc.uniqueArray(name, { minLength: min, maxLength: max });

interface TypeChoice {
  readonly type: ColumnType;
  readonly default?: string;
  /** Has a default B-tree operator class, so that it can be in keys and indexes. */
  readonly ordered: boolean;
}

const BUILTINS: readonly TypeChoice[] = [
  { type: { kind: 'builtin', name: 'integer' }, default: '42', ordered: true },
  { type: { kind: 'builtin', name: 'bigint' }, default: '-1', ordered: true },
  { type: { kind: 'builtin', name: 'smallint' }, ordered: true },
  { type: { kind: 'builtin', name: 'numeric', args: ['12', '2'] }, default: '0.5', ordered: true },
  { type: { kind: 'builtin', name: 'text' }, ordered: true },
  { type: { kind: 'builtin', name: 'varchar', args: ['40'] }, default: "'x'::varchar", ordered: true },
  { type: { kind: 'builtin', name: 'char', args: ['3'] }, ordered: true },
  { type: { kind: 'builtin', name: 'boolean' }, default: 'NOT false', ordered: true },
  { type: { kind: 'builtin', name: 'date' }, default: 'CURRENT_DATE', ordered: true },
  { type: { kind: 'builtin', name: 'timestamptz', args: ['3'] }, default: 'now()', ordered: true },
  { type: { kind: 'builtin', name: 'timestamp' }, ordered: true },
  { type: { kind: 'builtin', name: 'interval day to second' }, ordered: true },
  { type: { kind: 'builtin', name: 'double precision' }, ordered: true },
  { type: { kind: 'builtin', name: 'uuid' }, default: 'gen_random_uuid()', ordered: true },
  { type: { kind: 'builtin', name: 'bytea' }, ordered: true },
  { type: { kind: 'builtin', name: 'jsonb' }, default: "'{}'", ordered: true },
  { type: { kind: 'builtin', name: 'json' }, ordered: false },
  { type: { kind: 'builtin', name: 'text', dims: 2 }, default: "ARRAY['a', 'b']", ordered: true },
  { type: { kind: 'builtin', name: 'tsrange' }, ordered: true },
  { type: { kind: 'builtin', name: 'inet' }, ordered: true },
];

interface Draft {
  readonly schemas: readonly string[];
  readonly types: readonly {
    readonly name: string;
    readonly labels: readonly string[];
    readonly domain: boolean;
    readonly at: number;
  }[];
  readonly tables: readonly TableDraft[];
  readonly links: readonly {
    readonly child: number;
    readonly parent: number;
    readonly action: number;
    readonly named: string | undefined;
  }[];
}

interface TableDraft {
  readonly name: string;
  readonly at: number;
  readonly comment: string | undefined;
  readonly columns: readonly {
    readonly name: string;
    readonly type: number;
    readonly nullable: boolean;
    readonly withDefault: boolean;
    readonly comment: string | undefined;
    readonly text: string;
  }[];
  readonly key: string | undefined;
  readonly unique: readonly number[];
  readonly check: string | undefined;
  readonly indexes: readonly { readonly name: string; readonly columns: readonly number[]; readonly flags: number }[];
}

const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const small = fc.nat({ max: 1000 });

const tableDraft: fc.Arbitrary<Omit<TableDraft, 'name'>> = fc.record({
  at: small,
  comment: some(prose),
  columns: fc.uniqueArray(
    fc.record({ name, type: small, nullable: fc.boolean(), withDefault: fc.boolean(), comment: some(prose), text: prose }),
    { minLength: 1, maxLength: 7, selector: (column) => column.name },
  ),
  key: some(plainName),
  unique: fc.array(small, { maxLength: 2 }),
  check: some(plainName),
  indexes: fc.array(fc.record({ name, columns: fc.array(small, { minLength: 1, maxLength: 3 }), flags: small }), { maxLength: 2 }),
});

const draft: fc.Arbitrary<Draft> = fc
  .record({
    schemas: names(0, 2),
    types: fc.uniqueArray(
      fc.record({ name, labels: fc.uniqueArray(name, { minLength: 1, maxLength: 4 }), domain: fc.boolean(), at: small }),
      {
        maxLength: 3,
        selector: (type) => type.name,
      },
    ),
    tableNames: names(1, 6),
    drafts: fc.array(tableDraft, { minLength: 6, maxLength: 6 }),
    links: fc.array(fc.record({ child: small, parent: small, action: small, named: some(name) }), { maxLength: 5 }),
  })
  .map(({ schemas, types, tableNames, drafts, links }) => ({
    schemas: schemas.filter((one) => !/^(public|pg_|information_schema|postgres)/.test(one)),
    types,
    links,
    tables: tableNames.map((tableName, i) => ({ ...(drafts[i] as Omit<TableDraft, 'name'>), name: tableName })),
  }));

/** A name short enough not to be cut by PostgreSQL, at a character boundary. */
const cut = (text: string) => keptName([...text].slice(0, 20).join(''));

const at = <T>(items: readonly T[], i: number): T => items[i % items.length] as T;

/** The schema of an object: `public` more often than not. */
function schemaId(draftOf: Draft, i: number): string {
  const count = draftOf.schemas.length;
  return count === 0 || i % 2 === 0 ? 'sch_public' : `sch_${i % count}`;
}

function customTypes(d: Draft): CustomType[] {
  return d.types.map((type, i) => {
    const base = { id: `typ_${i}`, name: cut(`T ${i} ${type.name}`), schema: schemaId(d, type.at) };
    if (!type.domain) return { ...base, kind: 'enum', values: type.labels };
    const checks: CheckConstraint[] = [{ id: `typ_${i}_chk`, name: `positive ${i}`, expression: 'VALUE > 0' }];
    return { ...base, kind: 'domain', base: { kind: 'builtin', name: 'integer' }, checks };
  });
}

function makeTable(d: Draft, t: TableDraft, i: number, choices: readonly TypeChoice[]): Table {
  const id = `tbl_${i}`;
  const picked = t.columns.map((column) => at(choices, column.type));
  const columns: Column[] = t.columns.map((column, c) => {
    const choice = picked[c] as TypeChoice;
    const isText = choice.type.kind === 'builtin' && choice.type.name === 'text' && choice.type.dims === undefined;
    const sql = isText ? literal(column.text) : choice.default;
    return {
      id: `${id}_col_${c}`,
      name: column.name,
      type: choice.type,
      nullable: column.nullable,
      ...(column.withDefault && sql !== undefined
        ? {
            default: { kind: /^(NOT |CURRENT|now|gen|ARRAY)/.test(sql) ? ('expression' as const) : ('literal' as const), sql },
          }
        : {}),
      ...(column.comment === undefined ? {} : { comment: column.comment }),
    };
  });
  const ordered = columns.filter((_, c) => picked[c]?.ordered);
  const keyColumn: Column = { id: `${id}_id`, name: `id ${i}`, type: { kind: 'builtin', name: 'bigint' }, nullable: false };
  const keys: Key[] = [
    { id: `${id}_pk`, kind: 'primary', columns: [keyColumn.id], ...(t.key === undefined ? {} : { name: `pk ${i} ${t.key}` }) },
  ];
  const chosen = [...new Set(t.unique.flatMap((u) => (ordered.length === 0 ? [] : [at(ordered, u).id])))];
  if (chosen.length > 0) keys.push({ id: `${id}_uq`, kind: 'unique', name: `uq ${i}`, columns: chosen });
  const numeric = columns.find((column) => column.type.kind === 'builtin' && column.type.name === 'integer');
  const indexes: Index[] = t.indexes.flatMap((index, n) => {
    if (ordered.length === 0) return [];
    const elements = [...new Set(index.columns.map((c) => at(ordered, c).id))].map((column, e) => ({
      column,
      ...((index.flags >> e) % 2 === 1 ? { order: 'desc' as const } : {}),
    }));
    const where = index.flags % 3 === 0 ? { where: `${ident(at(ordered, 0).name)} IS NOT NULL` } : {};
    return [
      {
        id: `${id}_idx_${n}`,
        name: cut(`i ${i} ${n} ${index.name}`),
        elements,
        ...where,
        ...(index.flags % 5 === 0 ? { unique: true } : {}),
      },
    ];
  });
  return {
    ...emptyTable(id, schemaId(d, t.at), t.name),
    columns: [keyColumn, ...columns],
    keys,
    checks:
      t.check === undefined || numeric === undefined
        ? []
        : [{ id: `${id}_chk`, name: `chk ${i} ${t.check}`, expression: `${ident(numeric.name)} > 0` }],
    indexes,
    ...(t.comment === undefined ? {} : { comment: t.comment }),
  };
}

const ACTIONS = [undefined, 'cascade', 'set null', 'restrict'] as const;

/**
 * Small documents that PostgreSQL accepts: schemas, enums, domains, tables with columns of many types, keys, checks,
 * indexes, foreign keys (circular ones too), comments; names and texts among them that break careless programs.
 */
export const documents: fc.Arbitrary<Document> = draft.map((d) => {
  const types = customTypes(d);
  const choices: TypeChoice[] = [
    ...BUILTINS,
    ...types.map((type) => ({ type: { kind: 'custom' as const, type: type.id }, ordered: true })),
  ];
  const tables: Table[] = d.tables.map((t, i) => makeTable(d, t, i, choices));
  const links: Relationship[] = [];
  d.links.forEach((link, n) => {
    const childAt = link.child % tables.length;
    const parentAt = link.parent % tables.length;
    const child = tables[childAt] as Table;
    const column: Column = {
      id: `${child.id}_fk_${n}`,
      name: `fk ${n}`,
      type: { kind: 'builtin', name: 'bigint' },
      nullable: true,
    };
    tables[childAt] = { ...child, columns: [...child.columns, column] };
    const action = at(ACTIONS, link.action);
    links.push({
      id: `rel_${n}`,
      child: child.id,
      parent: (tables[parentAt] as Table).id,
      childColumns: [column.id],
      parentColumns: [`tbl_${parentAt}_id`],
      ...(link.named === undefined ? {} : { name: cut(`fk ${n} ${link.named}`) }),
      ...(action === undefined ? {} : { onDelete: action }),
    });
  });
  const empty = emptyDocument('random');
  const byId = <T extends { readonly id: string }>(records: readonly T[]) =>
    Object.fromEntries(records.map((one) => [one.id, one]));
  return {
    ...empty,
    schemas: { ...empty.schemas, ...byId(d.schemas.map((schema, i) => ({ id: `sch_${i}`, name: schema }))) },
    types: byId(types),
    tables: byId(tables),
    relationships: byId(links),
  };
});

/** A document without ids: everything by name, lists of records in the order of their names. */
export function withoutIds(document: Document): unknown {
  const paths = new Map<string, string>();
  const add = (id: string, path: string) => paths.set(id, path);
  for (const schema of Object.values(document.schemas)) add(schema.id, `schema ${schema.name}`);
  for (const type of Object.values(document.types)) add(type.id, `type ${paths.get(type.schema)} ${type.name}`);
  for (const table of Object.values(document.tables)) {
    add(table.id, `table ${paths.get(table.schema)} ${table.name}`);
    for (const column of table.columns) add(column.id, `column ${paths.get(table.id)} ${column.name}`);
  }
  const plain = (value: unknown): unknown => {
    if (typeof value === 'string') return paths.get(value) ?? value;
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .filter(([key]) => key !== 'id' || paths.has((value as { id: string }).id))
        .map(([key, inner]) => [key, plain(inner)]),
    );
  };
  const sorted = (records: object) =>
    Object.values(records)
      .map((record) => plain(record))
      .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return {
    schemas: sorted(document.schemas),
    types: sorted(document.types),
    tables: sorted(document.tables),
    relationships: sorted(document.relationships),
    verbatim: sorted(document.verbatim),
  };
}
