import type { Column } from '#model/column-types.ts';
import type { Document, Id } from '#model/types.ts';

/** What a dialect says its own way in the queries of a decomposition. */
export interface CarrierWords {
  ident(name: string): string;
  /** The SQL name of an object of this schema. */
  objectName(document: Document, schema: Id, name: string): string;
  /** What stands before the name that a table has in a query: Oracle takes no AS there. */
  readonly as: ' AS ' | ' ';
  /** Two values are equal, or both are NULL. */
  same(left: string, right: string): string;
  /** A row as one text, in which different rows differ and NULL is told from everything. @param before such as `r.` */
  rowText(columns: readonly Column[], before: string): string;
  /** A query without a row: left sides in several groups of right sides. */
  readonly queries: CarrierQueries;
  /** Ends the script with a message when a query finds a row. */
  refuseIf(query: string, message: string, hint: string): string;
  /** What a subquery selects where only its rows matter. */
  readonly anything: string;
}

/** Questions about rows whose answer has to be empty. */
export interface CarrierQueries {
  /** Keys that say two things. @param where a condition, or nothing. */
  contradictions(table: string, key: readonly Column[], rest: readonly Column[], where: string): string;
  /** Rows that two sources hold differently often. */
  bagsDiffer(columns: readonly Column[], table: string, query: string): string;
  /** Rows of a table that a query does not give. */
  homeless(columns: readonly Column[], table: string, query: string): string;
}

/** `a, b` */
export function listOf(words: Pick<CarrierWords, 'ident'>, columns: readonly Column[], before = ''): string {
  return columns.map(({ name }) => before + words.ident(name)).join(', ');
}

/**
 * Questions that every dialect can ask: rows are counted by groups, as grouping takes NULL for equal to NULL everywhere.
 * @param exact a value as something that differs whenever the value does, and that can be grouped: collations and types
 * without an order stand in the way of the value itself.
 */
export function countingQueries(
  words: Pick<CarrierWords, 'ident' | 'as'>,
  exact: (column: Column, sql: string) => string,
): CarrierQueries {
  const { ident, as } = words;
  const values = (columns: readonly Column[], before = '', stem = 'c') =>
    columns.map((column, at) => `${exact(column, before + ident(column.name))} AS ${stem}${at + 1}`).join(', ');
  const names = (columns: readonly Column[]) => columns.map((_, at) => `c${at + 1}`).join(', ');
  return {
    contradictions(table, key, rest, where) {
      const keys = listOf(words, key);
      let stem = 'c';
      while (key.some(({ name }) => name.toLowerCase().startsWith(stem))) stem += 'c';
      return `SELECT ${keys} FROM (SELECT DISTINCT ${keys}, ${values(rest, '', stem)} FROM ${table}${where === '' ? '' : ` WHERE ${where}`})${as}d\nGROUP BY ${keys} HAVING COUNT(*) > 1`;
    },
    bagsDiffer(columns, table, query) {
      const list = names(columns);
      return [
        `SELECT ${list} FROM (`,
        `  SELECT ${values(columns, 'o.')}, 1 AS n FROM ${table}${as}o`,
        `  UNION ALL SELECT ${values(columns, 'j.')}, -1 AS n FROM (${query})${as}j`,
        `)${as}d GROUP BY ${list} HAVING SUM(n) <> 0`,
      ].join('\n');
    },
    homeless(columns, table, query) {
      const list = names(columns);
      return [
        `SELECT ${list} FROM (`,
        `  SELECT ${values(columns, 'o.')}, 0 AS n FROM ${table}${as}o`,
        `  UNION ALL SELECT ${values(columns, 'j.')}, 1 AS n FROM (${query})${as}j`,
        `)${as}d GROUP BY ${list} HAVING SUM(n) = 0`,
      ].join('\n');
    },
  };
}
