import type { Dialect } from '#model/types.ts';

/** What advice on queries needs to know of a dialect to say a rewritten query in it. */
export interface Rewriting {
  /** `(a, b) > (x, y)` compares rows; elsewhere it is said with OR. */
  readonly rowComparison?: true;
  /** A value that the program gives; `taken` are those that the query has. */
  parameter(name: string, taken: ReadonlySet<string>): string;
  /** Parameters have no names: their order in the text is that of the values. */
  readonly positional?: true;
  /** FETCH needs OFFSET before it. */
  readonly fetchNeedsOffset?: true;
  /** A condition is a value, so that EXISTS may stand in a list of columns. */
  readonly conditionsAreValues?: true;
  /** Start of the day after a day; absent: dates are no type of their own. */
  nextDay?(day: string): string;
  /** A day as a value: `date '2024-01-01'`. */
  day?(text: string): string;
  /** LIKE regards case, so that it can stand for a comparison of beginnings. */
  readonly exactLike?: true;
  /** LIKE uses an index for a fixed beginning only with this operator class (collations other than C). */
  readonly prefixOperatorClass?: string;
  /** What finds text in the middle of a value, as a statement; `name` is table and column. */
  readonly infix: (table: string, column: string) => string;
  /** A result that is kept, and what makes it new. */
  readonly keptResult: (name: string, sql: string) => readonly string[];
  /** Indexes on what depends on the session are refused, such as the day of a timestamptz. */
  readonly checksImmutable?: true;
  /** An index on an expression, when there is such a thing. */
  readonly expressionIndex: (table: string, expression: string) => string;
  /** Several values in the place of one. */
  readonly anyOf: (parameter: string) => string;
  /**
   * Whether comparing a column of the first family with a literal of the second converts the column, so that no index on it
   * is used; says why.
   */
  converts(column: TypeFamily, literal: LiteralKind): string | undefined;
}

export type TypeFamily = 'whole' | 'exact' | 'inexact' | 'text' | 'national' | 'time' | 'other';
export type LiteralKind = 'whole' | 'fraction' | 'text' | 'national';

const like = (index: string) => (table: string, expression: string) => index.replace('%t', table).replace('%e', expression);
const NO_CONVERSION = () => undefined;

function interval(day: string): string {
  return `${day} + INTERVAL '1' DAY`;
}

const SUMMARY = (name: string, sql: string) => [
  `CREATE TABLE ${name} AS ${sql};`,
  `-- and from then on, as often as the figures have to be new: empty ${name} and fill it again in one transaction`,
];

const MYSQL: Rewriting = {
  rowComparison: true,
  positional: true,
  conditionsAreValues: true,
  parameter: () => '?',
  nextDay: interval,
  day: (text) => `DATE '${text}'`,
  infix: (table, column) => `ALTER TABLE ${table} ADD FULLTEXT INDEX (${column}) WITH PARSER ngram;`,
  keptResult: SUMMARY,
  expressionIndex: like('CREATE INDEX ON %t ((%e))'),
  anyOf: (parameter) => `IN (${parameter}, ${parameter}, …)`,
  converts: (column, literal) =>
    column === 'text' && (literal === 'whole' || literal === 'fraction')
      ? 'A text that is compared with a number is read as a number, row by row: ‘7’, ‘07’ and ‘7x’ all equal 7, which no index on the text finds.'
      : undefined,
};

const MARIADB: Rewriting = {
  ...MYSQL,
  infix: (table, column) => `ALTER TABLE ${table} ADD FULLTEXT INDEX (${column});`,
  expressionIndex: (table, expression) => `ALTER TABLE ${table} ADD COLUMN … AS (${expression}) VIRTUAL, ADD INDEX (…)`,
};

/** How each dialect says what a rewritten query needs. */
export const REWRITING: Readonly<Record<Dialect, Rewriting>> = {
  postgresql: {
    rowComparison: true,
    checksImmutable: true,
    conditionsAreValues: true,
    parameter: (_name, taken) => {
      let number = 1;
      while (taken.has(`$${number}`)) number++;
      return `$${number}`;
    },
    nextDay: interval,
    day: (text) => `DATE '${text}'`,
    exactLike: true,
    prefixOperatorClass: 'text_pattern_ops',
    infix: (table, column) =>
      `CREATE EXTENSION IF NOT EXISTS pg_trgm; CREATE INDEX ON ${table} USING gin (${column} gin_trgm_ops);`,
    keptResult: (name, sql) => [
      `CREATE MATERIALIZED VIEW ${name} AS ${sql};`,
      `REFRESH MATERIALIZED VIEW ${name}; -- CONCURRENTLY once it has a unique index`,
    ],
    expressionIndex: like('CREATE INDEX ON %t ((%e))'),
    anyOf: (parameter) => `= ANY(${parameter})`,
    converts: (column, literal) =>
      column === 'whole' && literal === 'fraction'
        ? 'A whole number that is compared with a number with a fraction becomes numeric, row by row; the index holds whole numbers.'
        : undefined,
  },
  mysql: MYSQL,
  mariadb: MARIADB,
  sqlite: {
    rowComparison: true,
    conditionsAreValues: true,
    parameter: (name) => `:${name}`,
    infix: (table, column) => `CREATE VIRTUAL TABLE … USING fts5(${column}, content='${table}', tokenize='trigram');`,
    keptResult: SUMMARY,
    expressionIndex: like('CREATE INDEX … ON %t (%e)'),
    anyOf: (parameter) => `IN (SELECT value FROM json_each(${parameter}))`,
    converts: NO_CONVERSION,
  },
  mssql: {
    fetchNeedsOffset: true,
    parameter: (name) => `@${name}`,
    nextDay: (day) => `DATEADD(day, 1, ${day})`,
    day: (text) => `CAST('${text}' AS date)`,
    infix: (table, column) => `CREATE FULLTEXT INDEX ON ${table} (${column}) KEY INDEX …;`,
    keptResult: (name, sql) => [
      `CREATE VIEW ${name} WITH SCHEMABINDING AS ${sql};`,
      `CREATE UNIQUE CLUSTERED INDEX … ON ${name} (…); -- kept new by every write; it needs COUNT_BIG(*) and names with schema`,
    ],
    expressionIndex: (table, expression) => `ALTER TABLE ${table} ADD … AS (${expression}); CREATE INDEX … ON ${table} (…)`,
    anyOf: (parameter) => `IN (SELECT value FROM OPENJSON(${parameter}))`,
    converts: (column, literal) => {
      if (column === 'text' && literal === 'national')
        return 'nvarchar is the stronger type, so the varchar column is converted row by row (under SQL collations without any seek).';
      return column === 'text' && (literal === 'whole' || literal === 'fraction')
        ? 'A number is the stronger type, so the text of every row is converted, and one that is no number is an error.'
        : undefined;
    },
  },
  oracle: {
    parameter: (name) => `:${name}`,
    nextDay: interval,
    day: (text) => `DATE '${text}'`,
    exactLike: true,
    infix: (table, column) => `CREATE INDEX … ON ${table} (${column}) INDEXTYPE IS CTXSYS.CONTEXT;`,
    keptResult: (name, sql) => [
      `CREATE MATERIALIZED VIEW ${name} REFRESH ON DEMAND AS ${sql};`,
      `BEGIN DBMS_MVIEW.REFRESH('${name}'); END;`,
    ],
    expressionIndex: like('CREATE INDEX … ON %t (%e)'),
    anyOf: (parameter) => `IN (SELECT column_value FROM TABLE(${parameter}))`,
    converts: (column, literal) =>
      column === 'text' && (literal === 'whole' || literal === 'fraction')
        ? 'Oracle puts TO_NUMBER around the column, row by row; an index on the text is not used, and a text that is no number is an error.'
        : undefined,
  },
};
