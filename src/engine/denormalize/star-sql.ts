import type { Sql } from '#model/types.ts';
import type { Naming } from './shapes.ts';

/** A column and what it is filled with. */
interface Filled {
  readonly name: Sql;
  readonly sql: Sql;
}

export interface DimensionSql {
  readonly table: Sql;
  /** The source's key in the dimension, and in the source. */
  readonly business: Sql;
  readonly key: Sql;
  readonly from: Sql;
  readonly to: Sql;
  readonly attributes: readonly Filled[];
  /** FROM of the source, which is `s`. */
  readonly rest: Sql;
}

/** A star in SQL names. The fact's source is `s`, its headers `h1`, `h2` ... */
export interface StarSql {
  readonly naming: Naming;
  readonly now: Sql;
  readonly source: Sql;
  readonly moment: Sql;
  /** Key, date, year, quarter, month, day and weekday. */
  readonly date: { readonly table: Sql; readonly columns: readonly Sql[] };
  readonly dimensions: readonly DimensionSql[];
  readonly fact: {
    readonly table: Sql;
    /** The fact's key first, then what is taken as it is. */
    readonly plain: readonly Filled[];
    /** How many of `plain` are the key. */
    readonly keys: number;
    readonly references: readonly (Filled & { readonly dimension: number; readonly surrogate: Sql })[];
    readonly date: Sql;
  };
}

/** Adds the days between the first and the last fact that are not there yet. */
export function loadDates({ naming, source, moment, date }: StarSql): Sql[] {
  const { dates } = naming.words;
  const bound = (of: 'min' | 'max') => `(SELECT ${of}(${dates.day(moment)}) FROM ${source.replaceAll('\n', ' ')})`;
  const day = 'days.d';
  const values = [
    dates.key(day),
    day,
    ...(['year', 'quarter', 'month', 'day', 'weekday'] as const).map((part) => dates.part(day, part)),
  ];
  return [
    `INSERT INTO ${date.table} (${date.columns.join(', ')})\nSELECT ${values.join(', ')}\nFROM (${dates.series(bound('min'), bound('max'))}) days\nWHERE NOT EXISTS (SELECT 1 FROM ${date.table} x WHERE x.${date.columns[0]} = ${dates.key(day)});`,
  ];
}

/**
 * Type 2 of Kimball's slowly changing dimensions: a row that is no longer right is closed, and a new one begins. A source row
 * that is gone closes its row.
 */
export function loadDimension({ naming, now }: StarSql, one: DimensionSql): Sql[] {
  const bare = one.table.slice(one.table.lastIndexOf('.') + 1);
  const same = [
    `${one.key} = ${bare}.${one.business}`,
    ...one.attributes.map(({ name, sql }) => `NOT (${naming.words.differs(`${bare}.${name}`, sql)})`),
  ].join('\n      AND ');
  const names = [one.business, ...one.attributes.map(({ name }) => name), one.from].join(', ');
  const values = [one.key, ...one.attributes.map(({ sql }) => sql), now].join(', ');
  return [
    `UPDATE ${one.table} SET ${one.to} = ${now}\nWHERE ${one.to} IS NULL AND NOT EXISTS (\n    SELECT 1 ${one.rest}\n    WHERE ${same});`,
    `INSERT INTO ${one.table} (${names})\nSELECT ${values}\n${one.rest}\nWHERE NOT EXISTS (SELECT 1 FROM ${one.table} d WHERE d.${one.business} = ${one.key} AND d.${one.to} IS NULL);`,
  ];
}

/** The rows that the fact should have but for what their dimensions were then: key, plain values and date. */
function factRows({ naming, fact, source, moment }: StarSql): Sql {
  const { dates } = naming.words;
  const columns = [...fact.plain.map(({ name, sql }) => `${sql} AS ${name}`), `${dates.key(moment)} AS ${fact.date}`];
  return `SELECT ${columns.join(', ')}\nFROM ${source}`;
}

function unequal({ naming, fact }: StarSql, left: string, right: string): Sql {
  const names = [...fact.plain.slice(fact.keys).map(({ name }) => name), fact.date];
  return names.map((name) => naming.words.differs(`${left}.${name}`, `${right}.${name}`)).join(' OR ');
}

function sameKey({ fact }: StarSql, left: string, right: string): Sql {
  return fact.plain
    .slice(0, fact.keys)
    .map(({ name }) => `${left}.${name} = ${right}.${name}`)
    .join(' AND ');
}

/** Takes facts away that are no longer so, and adds those that are missing, each with the dimensions' rows of now. */
export function loadFact(star: StarSql): Sql[] {
  const { naming, fact, source, moment, dimensions } = star;
  const bare = fact.table.slice(fact.table.lastIndexOf('.') + 1);
  const names = [...fact.plain.map(({ name }) => name), ...fact.references.map(({ name }) => name), fact.date].join(', ');
  const values = [
    ...fact.plain.map(({ sql }) => sql),
    ...fact.references.map(({ surrogate }, at) => `d${at + 1}.${surrogate}`),
    naming.words.dates.key(moment),
  ].join(', ');
  const joins = fact.references
    .map(({ sql, dimension }, at) => {
      const one = dimensions[dimension];
      return `LEFT JOIN ${one?.table} d${at + 1} ON d${at + 1}.${one?.business} = ${sql} AND d${at + 1}.${one?.to} IS NULL`;
    })
    .join('\n');
  const own = fact.plain
    .slice(0, fact.keys)
    .map(({ name, sql }) => `x.${name} = ${sql}`)
    .join(' AND ');
  return [
    `DELETE FROM ${fact.table}\nWHERE NOT EXISTS (\n    SELECT 1 FROM (${factRows(star)}) q\n    WHERE ${sameKey(star, 'q', bare)} AND NOT (${unequal(star, 'q', bare)}));`,
    `INSERT INTO ${fact.table} (${names})\nSELECT ${values}\nFROM ${source}\n${joins}\nWHERE NOT EXISTS (SELECT 1 FROM ${fact.table} x WHERE ${own});`,
  ];
}

/** Facts that are missing, other than their source, or without one. */
export function starReconcile(star: StarSql): Sql {
  const { fact } = star;
  const keys = fact.plain.slice(0, fact.keys).map(({ name }) => name);
  const list = (alias: string) => keys.map((name) => `${alias}.${name}`).join(', ');
  const query = factRows(star);
  return `SELECT ${list('q')}\nFROM (${query}) q\nLEFT JOIN ${fact.table} f ON ${sameKey(star, 'f', 'q')}\nWHERE ${keys.map((name) => `f.${name} IS NULL`).join(' OR ')} OR ${unequal(star, 'f', 'q')}\nUNION ALL\nSELECT ${list('f')}\nFROM ${fact.table} f\nWHERE NOT EXISTS (SELECT 1 FROM (${query}) q WHERE ${sameKey(star, 'f', 'q')});`;
}
