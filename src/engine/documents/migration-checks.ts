import { quotedName } from '#engine/dialects/base/quote.ts';
import type { MovePlan } from '#engine/move/plan-types.ts';
import { literalFor } from '#engine/move/sql/literals.ts';
import type { Column } from '#model/column-types.ts';
import type { Dialect, Table } from '#model/types.ts';
import { tableSql } from './migration-load.ts';

/** Something to look for in the old database before rows are brought, and the queries that find it. */
export interface SourceCheck {
  readonly title: string;
  /** What the figures mean, and what to do. */
  readonly text: string;
  readonly queries: readonly string[];
}

const isMysql = (dialect: Dialect) => dialect === 'mysql' || dialect === 'mariadb';

function typeName({ type }: Column): string {
  return type.kind === 'builtin' && (type.dims ?? 0) === 0 ? type.name.toLowerCase() : '';
}

interface Pair {
  readonly was: Column;
  readonly is: Column;
  /** Name of the source's column as SQL. */
  readonly name: string;
}

function pairs({ document, from }: MovePlan, old: Table): Pair[] {
  const moved = document.tables[old.id];
  return old.columns.flatMap((was) => {
    const is = moved?.columns.find(({ id }) => id === was.id);
    return is === undefined || was.generated !== undefined ? [] : [{ was, is, name: quotedName(was.name, from) }];
  });
}

/** For each table one query that counts rows, column by column; tables without such a column have none. */
function counting(plan: MovePlan, condition: (pair: Pair, table: Table) => string | undefined): string[] {
  const { source, from } = plan;
  return Object.values(source.tables)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((table) => {
      const counts = pairs(plan, table).flatMap((pair) => {
        const said = condition(pair, table);
        return said === undefined ? [] : [`count(CASE WHEN ${said} THEN 1 END) AS ${pair.name}`];
      });
      if (counts.length === 0) return [];
      return [`SELECT ${[literalFor(table.name, from), ...counts].join(', ')} FROM ${tableSql(source, table, from)};`];
    });
}

function zeroDates(plan: MovePlan): SourceCheck | undefined {
  if (!isMysql(plan.from)) return undefined;
  const queries = counting(plan, ({ was, name }) =>
    /^(?:date|datetime|timestamp)$/.test(typeName(was))
      ? typeName(was) === 'timestamp'
        ? `${name} = 0`
        : `${name} = 0 OR month(${name}) = 0 OR dayofmonth(${name}) = 0`
      : undefined,
  );
  return {
    title: 'Zero dates',
    text: 'Dates such as `0000-00-00` and `2020-00-15` exist in MySQL only. Where a count is not 0, decide for the column: NULL (a NOT NULL column must then allow it), or a date that means "unknown". pgloader makes NULL of them (`zero-dates-to-null`).',
    queries,
  };
}

function flags(plan: MovePlan): SourceCheck | undefined {
  const queries = counting(plan, ({ was, is, name }) =>
    /^bool(?:ean)?$/.test(typeName(is)) &&
    /^(?:tinyint|number|bit|integer|int)\b/.test(typeName(was)) &&
    plan.from !== 'mssql' &&
    typeName(was) !== 'bit'
      ? `${name} NOT IN (0, 1)`
      : undefined,
  );
  return {
    title: 'Flags',
    text: 'These columns become booleans: every count must be 0, or the column holds more than yes and no; choose a number for it in the mapping then.',
    queries,
  };
}

function noughts(plan: MovePlan): SourceCheck | undefined {
  const nought: Readonly<Partial<Record<Dialect, string>>> = {
    mysql: 'char(0)',
    mariadb: 'char(0)',
    oracle: 'chr(0)',
    sqlite: 'char(0)',
  };
  const found = nought[plan.from];
  if (plan.to !== 'postgresql' || found === undefined) return undefined;
  const queries = counting(plan, ({ was, name }) =>
    /^(?:n?varchar2?|n?char|(?:tiny|medium|long)?text|n?clob)$/.test(typeName(was)) ? `instr(${name}, ${found}) > 0` : undefined,
  );
  return {
    title: 'Characters with number 0',
    text: 'PostgreSQL refuses texts that hold the character 0. Where a count is not 0, remove it (`replace`) or move the column to `bytea`.',
    queries,
  };
}

function wideNumbers(plan: MovePlan): SourceCheck | undefined {
  if (plan.from !== 'oracle') return undefined;
  const queries = counting(plan, ({ was, is, name }) => {
    const whole = /^(?:small|big)?int(?:eger)?$/.test(typeName(is));
    const open =
      /^(?:number|integer|int|smallint|numeric|decimal)$/.test(typeName(was)) &&
      was.type.kind === 'builtin' &&
      (was.type.args ?? []).length === 0;
    return whole && open ? `${name} <> trunc(${name}) OR abs(${name}) > 9223372036854775807` : undefined;
  });
  return {
    title: 'Numbers without a size',
    text: 'These columns become 64-bit integers because they number rows or refer to such. Every count must be 0, or `numeric` must be chosen.',
    queries,
  };
}

function days(plan: MovePlan): SourceCheck | undefined {
  if (plan.from !== 'oracle') return undefined;
  const queries = counting(plan, ({ was, is, name }) =>
    typeName(was) === 'date' && typeName(is) !== '' ? `${name} <> trunc(${name})` : undefined,
  );
  return {
    title: 'Days with a time of day',
    text: 'A DATE of Oracle holds a time to the second, so it becomes a timestamp. Where a count is 0, no row has a time: `date` may be chosen in the mapping. Where `date` was chosen, every count must be 0, or times are cut off.',
    queries,
  };
}

const CASELESS = new Set<Dialect>(['mysql', 'mariadb', 'mssql']);

/** Unique keys that hold text, with their columns as SQL. */
function textKeys({ source, from }: MovePlan): { readonly table: Table; readonly columns: readonly Column[] }[] {
  const isText = (column: Column) =>
    /^(?:n?varchar2?|n?char|character varying|character|(?:tiny|medium|long)?text|citext)$/.test(typeName(column)) ||
    (from === 'sqlite' && /char|text|clob/.test(typeName(column)));
  return Object.values(source.tables)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((table) => {
      const lists = [
        ...table.keys.map(({ columns }) => columns),
        ...table.indexes
          .filter(({ unique, where }) => unique === true && where === undefined)
          .map(({ elements }) => elements.map(({ column }) => column)),
      ];
      return lists.flatMap((ids) => {
        const columns = ids.flatMap((id) => table.columns.find((column) => column.id === id) ?? []);
        return columns.length === ids.length && columns.some(isText) ? [{ table, columns }] : [];
      });
    });
}

function sameButCase(plan: MovePlan): SourceCheck | undefined {
  const { from, to, source } = plan;
  if (CASELESS.has(from) || !CASELESS.has(to)) return undefined;
  const queries = textKeys(plan).map(({ table, columns }) => {
    const lowered = columns
      .map((column) =>
        /char|text|clob/.test(typeName(column)) ? `lower(${quotedName(column.name, from)})` : quotedName(column.name, from),
      )
      .join(', ');
    return `SELECT ${lowered}, count(*) FROM ${tableSql(source, table, from)} GROUP BY ${lowered} HAVING count(*) > 1;`;
  });
  return {
    title: 'Keys that differ by case only',
    text: 'The target takes them for the same, by its default collation: every row found must be changed first, or the column needs a collation with case.',
    queries,
  };
}

function looserKeys(plan: MovePlan): SourceCheck | undefined {
  const { from, to } = plan;
  if (!CASELESS.has(from) || CASELESS.has(to)) return undefined;
  const keys = textKeys(plan).map(({ table, columns }) => `\`${table.name} (${columns.map(({ name }) => name).join(', ')})\``);
  return keys.length === 0
    ? undefined
    : {
        title: 'Keys that took no second spelling',
        text: `These keys compared without regard to case, and take \`A\` beside \`a\` now: ${keys.join(', ')}. Where that matters, add a unique index on \`lower(...)\`.`,
        queries: [],
      };
}

function emptyTexts(plan: MovePlan): SourceCheck | undefined {
  if (plan.to !== 'oracle') return undefined;
  const queries = counting(plan, ({ was, name }) =>
    !was.nullable && /char|text|clob/.test(typeName(was)) ? `${name} = ''` : undefined,
  );
  return {
    title: 'Empty texts that may not be NULL',
    text: 'Oracle keeps an empty text as NULL, which these columns refuse. Where a count is not 0, allow NULL or put a mark in their place.',
    queries,
  };
}

/** What to look for in the old database before the rows are brought, with the columns it may be in. */
export function sourceChecks(plan: MovePlan): readonly SourceCheck[] {
  const related = isMysql(plan.from) && isMysql(plan.to);
  if (related) return [];
  return [zeroDates, flags, noughts, wideNumbers, days, sameButCase, looserKeys, emptyTexts].flatMap((check) => {
    const found = check(plan);
    return found === undefined || (found.queries.length === 0 && check !== looserKeys) ? [] : [found];
  });
}

/**
 * A query of the old database that writes the statements which set each sequence of the target on; undefined: the plan has
 * none, or the source cannot tell.
 */
export function sequenceQuery({ source, document, from, to }: MovePlan): string | undefined {
  const sequences = Object.values(document.sequences).flatMap(({ id, name }) => {
    const was = source.sequences[id];
    return was === undefined ? [] : [{ was: literalFor(was.name, from), now: quotedName(name, to) }];
  });
  if (sequences.length === 0) return undefined;
  const verb = to === 'oracle' ? 'RESTART START WITH ' : 'RESTART WITH ';
  const names = sequences.map(({ was }) => was).join(', ');
  const cases = (column: string) =>
    `CASE ${column} ${sequences.map(({ was, now }) => `WHEN ${was} THEN ${literalFor(`ALTER SEQUENCE ${now} ${verb}`, from)}`).join(' ')} END`;
  switch (from) {
    case 'oracle':
      return `SELECT ${cases('sequence_name')} || last_number || ';' FROM user_sequences WHERE sequence_name IN (${names});`;
    case 'postgresql':
      return `SELECT ${cases('sequencename')} || coalesce(last_value + increment_by, start_value) || ';' FROM pg_sequences WHERE sequencename IN (${names});`;
    case 'mssql':
      return `SELECT ${cases('name')} + CONVERT(varchar(40), CONVERT(bigint, current_value) + CONVERT(bigint, increment)) + ';' FROM sys.sequences WHERE name IN (${names});`;
    default:
      return undefined;
  }
}
