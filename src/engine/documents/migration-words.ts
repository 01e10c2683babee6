import type { MovePlan } from '#engine/move/plan-types.ts';
import type { Dialect } from '#model/types.ts';

/** What happens to text, by the source: how it compares, and what empty means. */
const CASE_RULES: Readonly<Record<Dialect, string>> = {
  postgresql:
    'PostgreSQL compares text with regard to case and accents, by the collation of the database; names without quotes are in lower case.',
  mysql:
    "MySQL compares text by the collation of the column, by default without regard to case (and accents): `'a' = 'A'`. Names of columns ignore case; names of tables follow the file system.",
  mariadb:
    "MariaDB compares text by the collation of the column, by default without regard to case: `'a' = 'A'`. Names of columns ignore case; names of tables follow the file system.",
  sqlite: 'SQLite compares text byte by byte, but LIKE ignores the case of ASCII letters; names ignore case.',
  mssql:
    'SQL Server compares text by the collation of the database, by default without regard to case, and ignores trailing blanks; names follow the same collation.',
  oracle: 'Oracle compares text byte by byte unless NLS_COMP says otherwise; names without quotes are in capitals.',
};

const CASELESS = new Set<Dialect>(['mysql', 'mariadb', 'mssql']);
const isMysql = (dialect: Dialect) => dialect === 'mysql' || dialect === 'mariadb';

function caseAdvice(from: Dialect, to: Dialect): string {
  if (CASELESS.has(from) === CASELESS.has(to))
    return 'Check what sorts and compares all the same: no two products have the same collations.';
  if (CASELESS.has(from))
    return to === 'postgresql'
      ? "What was found whatever its case no longer is. Make a case-insensitive ICU collation (`CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)`) for the columns that need it, or compare `lower(...)` with an index on it. A unique key now takes `A` beside `a`."
      : 'What was found whatever its case no longer is: compare LOWER(...), or give those columns a collation without case. A unique key now takes `A` beside `a`.';
  return 'What differed by case is the same now: a unique key may refuse rows that were loaded before. Look for them first, or take a collation with case.';
}

interface Rule {
  readonly title: string;
  readonly text: string;
}

/** What the values themselves may run into on the way, each with what to do. */
export function valueRules({ from, to }: MovePlan): readonly Rule[] {
  const rules: Rule[] = [{ title: 'Case and collation', text: `${CASE_RULES[from]} ${CASE_RULES[to]} ${caseAdvice(from, to)}` }];
  if (isMysql(from) && !isMysql(to))
    rules.push({
      title: 'Numbers given by the engine',
      text: 'An INSERT that says NULL or 0 for an AUTO_INCREMENT column gets a number in MySQL; there it is refused or kept: leave the column out, or say DEFAULT. `LAST_INSERT_ID()` becomes `RETURNING` or its like.',
    });
  if (from === 'oracle')
    rules.push({
      title: 'Empty text',
      text: 'Oracle keeps an empty text as NULL, so none comes over. Code that tested `IS NULL` for "nothing entered" must now look for `\'\'` too, or a check must keep empty texts out; `||` with NULL gives NULL now.',
    });
  if (to === 'oracle')
    rules.push({
      title: 'Empty text',
      text: 'Oracle keeps an empty text as NULL: a NOT NULL column refuses it. Count the empty texts of such columns first, and allow NULL or put a mark in their place.',
    });
  rules.push({ title: 'Boolean', text: booleans(from, to) });
  rules.push({ title: 'Sizes', text: sizes(from, to) });
  rules.push({ title: 'Date and time', text: moments(from, to) });
  return rules;
}

function booleans(from: Dialect, to: Dialect): string {
  const bits = isMysql(from)
    ? '`tinyint(1)` holds 0 and 1 by convention only: look for other numbers before the load (`WHERE flag NOT IN (0, 1)`).'
    : from === 'oracle'
      ? 'Flags are often NUMBER(1) or CHAR(1) with `Y` and `N`: choose in the mapping which of them are booleans.'
      : from === 'mssql'
        ? '`bit` holds 0 and 1.'
        : from === 'sqlite'
          ? 'Booleans are the numbers 0 and 1.'
          : '`boolean` is a type of its own.';
  const there =
    to === 'postgresql'
      ? 'In PostgreSQL `boolean` is no number: `WHERE flag = 1` becomes `WHERE flag`, and sums need `count(*) FILTER (WHERE flag)`.'
      : to === 'mssql'
        ? 'In SQL Server `bit` is a number: `WHERE flag` becomes `WHERE flag = 1`.'
        : to === 'oracle'
          ? 'Oracle has `BOOLEAN` since 23; before, 0 and 1 with a check.'
          : 'There they are the numbers 0 and 1.';
  return `${bits} ${there}`;
}

function sizes(from: Dialect, to: Dialect): string {
  const lengths: Record<Dialect, string> = {
    postgresql: 'Lengths count characters; a value has at most 1 GB, a name 63 bytes, an index entry about 2700 bytes.',
    mysql:
      'Lengths count characters; a row has 65,535 bytes beside its long texts, a key 3072 bytes (768 characters of utf8mb4), a name 64 characters.',
    mariadb:
      'Lengths count characters; a row has 65,535 bytes beside its long texts, a key 3072 bytes (768 characters of utf8mb4), a name 64 characters.',
    sqlite: 'Declared lengths are not enforced; a value has at most 1 GB by default.',
    mssql: '`varchar` counts bytes, `nvarchar` pairs of bytes; a key has 900 bytes (an index 1700), a name 128 characters.',
    oracle:
      '`VARCHAR2(n)` counts bytes unless it says CHAR: a text of n characters may not fit after a change to UTF-8. At most 4000 bytes, a name 128 bytes.',
  };
  const counted =
    from === 'oracle' || from === 'mssql' ? ' Lengths in bytes were taken for as many characters: nothing is cut.' : '';
  return `${lengths[to]}${counted}`;
}

function moments(from: Dialect, to: Dialect): string {
  const there: Record<Dialect, string> = {
    postgresql:
      "`timestamp` is a clock reading, `timestamptz` a moment: set the session's TimeZone to that of the old server for the load.",
    mysql: '`datetime` is a clock reading: agree on UTC. `timestamp` ends in January 2038.',
    mariadb: '`datetime` is a clock reading: agree on UTC. `timestamp` ends in January 2038 before version 11.5.',
    sqlite: 'Texts in ISO 8601 sort as time does only when all have one form: use UTC and the same number of digits.',
    mssql: '`datetime2` is a clock reading, `datetimeoffset` a moment with its offset.',
    oracle: "`DATE` holds seconds too; `TIMESTAMP WITH LOCAL TIME ZONE` shows a moment in the session's zone.",
  };
  const digits =
    from === 'mssql' && to !== 'oracle'
      ? ' Seven digits of a second become six.'
      : from === 'oracle'
        ? ' DATE columns have a time of day: days only may become `date`, by choice.'
        : '';
  return `${there[to]}${digits}`;
}

interface Tool {
  readonly name: string;
  readonly why: string;
}

function intoPostgres(from: Dialect): Tool[] {
  if (from === 'oracle')
    return [
      {
        name: 'ora2pg',
        why: 'reads Oracle directly and writes COPY, in parallel; make the schema from this model first and let it bring the rows (`TYPE COPY`, `TRUNCATE_TABLE 1`).',
      },
      {
        name: 'oracle_fdw',
        why: 'a foreign table for each table, and `INSERT ... SELECT`: good for few tables, and for comparing both sides later.',
      },
    ];
  const loader = {
    name: 'pgloader',
    why: 'reads the old database directly, streams into COPY and sets rows that do not fit aside; run it with `data only`, as the schema is here already.',
  };
  if (from === 'sqlite')
    return [
      loader,
      { name: 'sqlite3 .mode csv, then \\copy', why: 'no further program; NULL and empty text must be told apart (`.nullvalue`).' },
    ];
  if (from === 'mssql')
    return [
      loader,
      { name: 'bcp out, then \\copy', why: 'files that can be kept and loaded again; mind the code page (`-C 65001`).' },
    ];
  return [
    loader,
    { name: 'mysqldump --tab, then \\copy', why: 'files that can be kept and loaded again; `\\N` is NULL for both.' },
  ];
}

/** Programs that bring the rows, the best one first. */
export function tools({ from, to }: MovePlan): readonly Tool[] {
  if (isMysql(from) && isMysql(to))
    return [
      {
        name: `${from === 'mysql' ? 'mysqldump' : 'mariadb-dump'} --no-create-info --single-transaction`,
        why: 'both speak the same INSERT statements; one consistent reading without stopping the old server.',
      },
    ];
  if (to === 'postgresql') return intoPostgres(from);
  if (to === 'mssql') {
    const csv = {
      name: 'bcp in (or BULK INSERT)',
      why: 'the fastest way in; `-E` keeps the numbers of IDENTITY columns, `-h TABLOCK` logs little.',
    };
    return from === 'oracle' || isMysql(from)
      ? [{ name: 'SSMA', why: "Microsoft's own assistant reads this source directly; let it bring the rows only." }, csv]
      : [csv];
  }
  if (to === 'oracle')
    return [
      { name: 'SQL*Loader (direct path)', why: 'loads CSV in parallel; empty fields are NULL, as they are in Oracle anyway.' },
      { name: 'SQL Developer Migration Workbench', why: 'reads MySQL and SQL Server directly.' },
    ];
  if (to === 'sqlite')
    return [
      {
        name: from === 'postgresql' ? '\\copy to CSV, then sqlite3 .import' : 'CSV, then sqlite3 .import',
        why: 'no further program; wrap it in one transaction, and mark NULL (`.nullvalue`), as CSV has none.',
      },
    ];
  const out: Record<Dialect, string> = {
    postgresql: '\\copy to CSV',
    sqlite: 'sqlite3 .mode csv',
    mssql: 'bcp out',
    oracle: 'SQLcl `set sqlformat csv`',
    mysql: '',
    mariadb: '',
  };
  return [
    {
      name: `${out[from]}, then LOAD DATA INFILE`,
      why: 'the fastest way in; `\\N` stands for NULL, and `SET` clauses convert booleans and dates on the way.',
    },
  ];
}

/** How the target's constraints are put aside while rows come, and how they come back. */
export const PUT_ASIDE: Readonly<Record<Dialect, { readonly off: string; readonly on: string; readonly note: string }>> = {
  postgresql: {
    off: 'SET session_replication_role = replica;',
    on: 'SET session_replication_role = DEFAULT;',
    note: 'Triggers and foreign keys rest for this session (it needs the right to set it). Nothing is looked at afterwards: prefer to make the foreign keys after the load, which checks every row.',
  },
  mysql: {
    off: 'SET foreign_key_checks = 0, unique_checks = 0;',
    on: 'SET foreign_key_checks = 1, unique_checks = 1;',
    note: 'Rows that came meanwhile are never checked: compare with the queries below.',
  },
  mariadb: {
    off: 'SET foreign_key_checks = 0, unique_checks = 0;',
    on: 'SET foreign_key_checks = 1, unique_checks = 1;',
    note: 'Rows that came meanwhile are never checked: compare with the queries below.',
  },
  sqlite: {
    off: 'PRAGMA foreign_keys = OFF;',
    on: 'PRAGMA foreign_keys = ON;\nPRAGMA foreign_key_check;',
    note: 'The last statement lists every row that refers to nothing.',
  },
  mssql: {
    off: "EXEC sp_MSforeachtable 'ALTER TABLE ? NOCHECK CONSTRAINT ALL';",
    on: "EXEC sp_MSforeachtable 'ALTER TABLE ? WITH CHECK CHECK CONSTRAINT ALL';",
    note: 'WITH CHECK looks at every row, so that the optimizer trusts the constraints again.',
  },
  oracle: {
    off: "BEGIN FOR c IN (SELECT table_name, constraint_name FROM user_constraints WHERE constraint_type = 'R') LOOP\n  EXECUTE IMMEDIATE 'ALTER TABLE \"' || c.table_name || '\" DISABLE CONSTRAINT \"' || c.constraint_name || '\"'; END LOOP; END;\n/",
    on: "BEGIN FOR c IN (SELECT table_name, constraint_name FROM user_constraints WHERE constraint_type = 'R') LOOP\n  EXECUTE IMMEDIATE 'ALTER TABLE \"' || c.table_name || '\" ENABLE VALIDATE CONSTRAINT \"' || c.constraint_name || '\"'; END LOOP; END;\n/",
    note: 'ENABLE VALIDATE looks at every row.',
  },
};
