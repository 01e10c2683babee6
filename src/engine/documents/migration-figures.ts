import { quotedName } from '#engine/dialects/base/quote.ts';
import type { MovePlan } from '#engine/move/plan-types.ts';
import { literalFor } from '#engine/move/sql/literals.ts';
import type { Column } from '#model/column-types.ts';
import type { Dialect, Document, Relationship, Table } from '#model/types.ts';
import { tableSql } from './migration-load.ts';

/** What of a column can be measured on both sides. */
type Kind = 'number' | 'text' | 'fixed' | 'moment' | 'truth' | 'bytes';

const NUMERIC =
  /^(?:tiny|small|medium|big)?int(?:eger)?\b|^(?:numeric|decimal|number|real|float|double|money|smallmoney|binary_float|binary_double|year)\b/i;
const TEXT = /^(?:n?(?:var)?char2?|n?varchar|text|(?:tiny|medium|long)text|character varying|character|n?clob|enum)\b/i;
const FIXED = /^(?:n?char|character)$/i;
const LARGE = /^(?:n?clob|n?text)$/i;
const MOMENT = /^(?:date|datetime|datetime2|smalldatetime|timestamp|timestamptz)\b/i;
const BYTES = /^(?:(?:tiny|medium|long)?blob|bytea|(?:var)?binary|raw|image)\b/i;

function kindOf(column: Column, document: Document, dialect: Dialect): Kind | undefined {
  const { type } = column;
  if (type.kind === 'custom') return document.types[type.type]?.kind === 'enum' ? 'text' : undefined;
  const name = type.kind === 'builtin' && (type.dims ?? 0) === 0 ? type.name : '';
  if (/^bool(?:ean)?$/i.test(name) || (dialect === 'mssql' && /^bit$/i.test(name))) return 'truth';
  if (NUMERIC.test(name)) return 'number';
  if (FIXED.test(name)) return 'fixed';
  // SQL Server's own `timestamp` counts versions.
  if (MOMENT.test(name)) return dialect === 'mssql' && /^timestamp$/i.test(name) ? undefined : 'moment';
  return TEXT.test(name) ? 'text' : BYTES.test(name) ? 'bytes' : undefined;
}

/** What both sides can measure of a column: numbers for booleans are 0 and 1. */
function shared(a: Kind | undefined, b: Kind | undefined): Kind | undefined {
  if (a === b) return a;
  const both = new Set([a, b]);
  if (both.has('truth') && both.has('number')) return 'truth';
  return both.has('fixed') && both.has('text') ? 'fixed' : undefined;
}

const CHARACTERS: Readonly<Record<Dialect, string>> = {
  postgresql: 'char_length',
  mysql: 'char_length',
  mariadb: 'char_length',
  sqlite: 'length',
  mssql: 'len',
  oracle: 'length',
};
const OCTETS: Readonly<Record<Dialect, (name: string) => string>> = {
  postgresql: (name) => `octet_length(${name})`,
  mysql: (name) => `octet_length(${name})`,
  mariadb: (name) => `octet_length(${name})`,
  sqlite: (name) => `length(${name})`,
  mssql: (name) => `CAST(datalength(${name}) AS bigint)`,
  oracle: (name) => `length(${name})`,
};
/** The first 32 bits of the MD5 of a text in UTF-8, as a number; products without such a function have none. */
const DIGEST: Readonly<Partial<Record<Dialect, (text: string) => string>>> = {
  postgresql: (text) => `('x' || left(md5(${text}::text), 8))::bit(32)::bigint`,
  mysql: (text) => `cast(conv(left(md5(convert(${text} USING utf8mb4)), 8), 16, 10) AS unsigned)`,
  mariadb: (text) => `cast(conv(left(md5(convert(${text} USING utf8mb4)), 8), 16, 10) AS unsigned)`,
  oracle: (text) => `to_number(substr(rawtohex(standard_hash(${text}, 'MD5')), 1, 8), 'XXXXXXXX')`,
};

const MOMENTS: Readonly<Record<Dialect, (value: string) => string>> = {
  postgresql: (value) => `to_char(${value}, 'YYYY-MM-DD HH24:MI:SS')`,
  mysql: (value) => `date_format(${value}, '%Y-%m-%d %H:%i:%s')`,
  mariadb: (value) => `date_format(${value}, '%Y-%m-%d %H:%i:%s')`,
  sqlite: (value) => `datetime(${value})`,
  mssql: (value) => `convert(varchar(19), ${value}, 120)`,
  oracle: (value) => `to_char(${value}, 'YYYY-MM-DD HH24:MI:SS')`,
};

function sumOfText(text: string, dialect: Dialect, digest: boolean): string {
  const of = DIGEST[dialect];
  if (digest && of !== undefined) return `sum(${of(text)})`;
  const length = `${CHARACTERS[dialect]}(${text})`;
  return `sum(${dialect === 'mssql' ? `CAST(${length} AS bigint)` : length})`;
}

/** Figures of a column on one side. @param type its own kind there. @param digest both sides can give one of a text. */
function figures(kind: Kind, type: Kind, name: string, dialect: Dialect, digest: boolean): string[] {
  switch (kind) {
    case 'moment':
      return [MOMENTS[dialect](`min(${name})`), MOMENTS[dialect](`max(${name})`)];
    case 'number':
      return [`min(${name})`, `max(${name})`, dialect === 'mssql' ? `sum(CAST(${name} AS decimal(38, 4)))` : `sum(${name})`];
    case 'bytes':
      return [`sum(${OCTETS[dialect](name)})`];
    case 'truth': {
      // PostgreSQL's boolean stands for a condition; in the others it is a number, or is compared with one.
      const holds =
        type === 'truth' && dialect === 'postgresql' ? name : type === 'truth' && dialect === 'oracle' ? name : `${name} <> 0`;
      return [`count(CASE WHEN ${holds} THEN 1 END)`];
    }
    case 'fixed':
      return [sumOfText(`rtrim(${name})`, dialect, digest)];
    case 'text':
      return [sumOfText(name, dialect, digest)];
  }
}

/** A query that measures a table, on both sides. */
export interface Measured {
  readonly table: string;
  readonly before: string;
  readonly after: string;
}

function query(label: string, lines: readonly (readonly string[])[], from: string, dialect: Dialect): string {
  const parts = lines.filter((line) => line.length > 0).map((line) => line.join(', '));
  return `SELECT ${[literalFor(label, dialect), ...parts].join(',\n  ')}\nFROM ${from};`;
}

function measured({ source, document, from, to }: MovePlan, table: Table, old: Table): Measured {
  const before: string[][] = [['count(*)']];
  const after: string[][] = [['count(*)']];
  for (const column of table.columns) {
    const was = old.columns.find(({ id }) => id === column.id);
    if (was === undefined) continue;
    const [a, b] = [quotedName(was.name, from), quotedName(column.name, to)];
    const kinds = [kindOf(was, source, from), kindOf(column, document, to)] as const;
    const kind = shared(...kinds);
    const large = [was, column].some(({ type }) => type.kind === 'builtin' && LARGE.test(type.name));
    const digest = DIGEST[from] !== undefined && DIGEST[to] !== undefined && !(large && (from === 'oracle' || to === 'oracle'));
    const counted = (name: string) => (column.nullable ? [`count(${name})`] : []);
    before.push([...counted(a), ...(kind === undefined ? [] : figures(kind, kinds[0] ?? kind, a, from, digest))]);
    after.push([...counted(b), ...(kind === undefined ? [] : figures(kind, kinds[1] ?? kind, b, to, digest))]);
  }
  return {
    table: table.name,
    before: query(table.name, before, tableSql(source, old, from), from),
    after: query(table.name, after, tableSql(document, table, to), to),
  };
}

function byName(a: Table, b: Table): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1;
}

/**
 * One query a table that gives the same row of figures before and after: the table's name, rows, values that are not NULL,
 * then of each column least and greatest values and sums: of numbers, of digests (or lengths) of texts, of lengths of bytes,
 * of true values. Measured is what both sides have in a comparable form; moments as texts, to the second.
 */
export function verificationQueries(plan: MovePlan): readonly Measured[] {
  return Object.values(plan.document.tables)
    .sort(byName)
    .flatMap((table) => {
      const old = plan.source.tables[table.id];
      return old === undefined ? [] : [measured(plan, table, old)];
    });
}

/** Statements that make both sessions show moments in one time zone, where a column holds moments. */
export function zoneStatement(document: Document, dialect: Dialect): string | undefined {
  const zoned = Object.values(document.tables).some(({ columns }) =>
    columns.some(({ type }) => type.kind === 'builtin' && /^timestamptz$|time zone|^timestamp$/i.test(type.name)),
  );
  if (!zoned) return undefined;
  const statements: Readonly<Partial<Record<Dialect, string>>> = {
    postgresql: "SET TimeZone = 'UTC';",
    mysql: "SET time_zone = '+00:00';",
    mariadb: "SET time_zone = '+00:00';",
    oracle: "ALTER SESSION SET TIME_ZONE = '+00:00';",
  };
  return statements[dialect];
}

function orphans(document: Document, link: Relationship, dialect: Dialect): string | undefined {
  const child = document.tables[link.child];
  const parent = document.tables[link.parent];
  if (child === undefined || parent === undefined || link.childColumns.length === 0) return undefined;
  const nameOf = (table: Table, id: string) => table.columns.find((column) => column.id === id)?.name;
  const pairs = link.childColumns.flatMap((id, at) => {
    const [a, b] = [nameOf(child, id), nameOf(parent, link.parentColumns[at] ?? '')];
    return a === undefined || b === undefined ? [] : [[quotedName(a, dialect), quotedName(b, dialect)] as const];
  });
  if (pairs.length < link.childColumns.length) return undefined;
  const label = `${child.name} -> ${parent.name} (${link.childColumns.map((id) => nameOf(child, id)).join(', ')})`;
  const filled = pairs.map(([a]) => `c.${a} IS NOT NULL`);
  const same = pairs.map(([a, b]) => `p.${b} = c.${a}`);
  return [
    `SELECT ${literalFor(label, dialect)}, count(*) FROM ${tableSql(document, child, dialect)} c`,
    `WHERE ${filled.join(' AND ')}`,
    `  AND NOT EXISTS (SELECT 1 FROM ${tableSql(document, parent, dialect)} p WHERE ${same.join(' AND ')});`,
  ].join('\n');
}

/** A query for each foreign key that counts rows which refer to nothing: 0 when the load is complete. */
export function orphanQueries(document: Document, dialect: Dialect): readonly string[] {
  return Object.values(document.relationships)
    .toSorted((a, b) => ((a.name ?? a.id) < (b.name ?? b.id) ? -1 : 1))
    .flatMap((link) => orphans(document, link, dialect) ?? []);
}
