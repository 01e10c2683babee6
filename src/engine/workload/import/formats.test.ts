import { beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import type { Dialect } from '#model/types.ts';
import { parserForTests } from '#test/read-ddl.ts';
import { readWorkload, type WorkloadImport } from './read.ts';

/** Texts as servers, clients and tools of these names write them, made up by hand. */

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

const DATE = '2026-01-31T00:00:00Z';

function read(text: string, dialect: Dialect = 'postgresql'): WorkloadImport {
  const made = readWorkload(text, { dialect, parser, date: DATE });
  if (!made.ok) throw new Error(made.problem.message);
  return made.value;
}

const brief = ({ queries }: WorkloadImport) =>
  queries.map(({ sql, line, origin }) => [line, sql.replaceAll(/\s+/g, ' '), origin.calls, origin.meanMs]);
const told = ({ refused }: WorkloadImport) => refused.map(({ line, column, reason }) => [line, column, reason]);

const A = 'SELECT a FROM t WHERE c = $1';

describe('pg_stat_statements', () => {
  const zeros = (count: number) => Array.from({ length: count }, () => '0').join(',');

  it.each([
    ['12', `10,5,-77,"${A}",100,250,0,0,2.5,0,7,${zeros(12)}`],
    ['13', `10,5,-77,"${A}",0,0,0,0,0,0,100,250,0,0,2.5,0,7,${zeros(15)}`],
    ['14', `10,5,t,-77,"${A}",0,0,0,0,0,0,100,250,0,0,2.5,0,7,${zeros(15)}`],
    ['15', `10,5,t,-77,"${A}",0,0,0,0,0,0,100,250,0,0,2.5,0,7,${zeros(25)}`],
    ['17', `10,5,t,-77,"${A}",0,0,0,0,0,0,100,250,0,0,2.5,0,7,${zeros(31)}`],
  ])('without names is known by its columns: PostgreSQL %s', (_, row) => {
    const made = read(`${row}\n${row.replace('c = $1', 'b = $1')}\n`);
    expect(made.kind).toBe('pg_stat_statements');
    expect(brief(made)).toEqual([
      [1, A, 100, 2.5],
      [2, 'SELECT a FROM t WHERE b = $1', 100, 2.5],
    ]);
    expect(made.queries[0]?.origin).toMatchObject({ server: '-77', rows: 7 });
  });

  it('without names and with other columns is refused with what to do', () => {
    for (const text of [`"${A}",100,2.5\n`, `7,"${A}",100\n`]) {
      const made = readWorkload(text, { dialect: 'postgresql', parser, date: DATE });
      expect(!made.ok && [made.problem.code, made.problem.message]).toEqual(['no-names', expect.stringContaining('HEADER')]);
    }
  });

  it('from a spreadsheet with decimal commas', () => {
    const made = read(`"query";"calls";"total_exec_time"\n"${A}";"1.234";"617,0"\n"SELECT b FROM t";2;1,5\n`);
    expect(brief(made)).toEqual([
      [2, A, 1234, 0.5],
      [3, 'SELECT b FROM t', 2, 0.75],
    ]);
  });

  it('as COPY writes it, with backslashes', () => {
    const made = read(`query\tcalls\ttotal_exec_time\nSELECT a\\n\\tFROM t WHERE c = $1\t100\t\\N\n`);
    expect(made.queries.map(({ sql }) => sql)).toEqual(['SELECT a\n\tFROM t WHERE c = $1']);
    expect(told(made)).toEqual([]);
  });

  it('as psql shows it: queries on several lines, and || in them', () => {
    const made = read(`  queryid |          query           | calls | total_exec_time
----------+--------------------------+-------+-----------------
       12 | SELECT a || b FROM t     |   100 |             250
      -13 | SELECT *                +|    20 |               3
          | FROM t                  +|       |
          | WHERE d = $1             |       |
(2 rows)
`);
    expect(brief(made)).toEqual([
      [3, 'SELECT a || b FROM t', 100, 2.5],
      [4, 'SELECT * FROM t WHERE d = $1', 20, 0.15],
    ]);
    expect(told(made)).toEqual([]);
  });

  it('as psql shows it with \\x', () => {
    const made = read(`-[ RECORD 1 ]---+-----------------
query           | SELECT *        +
                | FROM t
calls           | 100
total_exec_time | 250
-[ RECORD 2 ]---+-----------------
query           | SELECT b FROM t
calls           | 2
total_exec_time | 3
`);
    expect(brief(made)).toEqual([
      [1, 'SELECT * FROM t', 100, 2.5],
      [6, 'SELECT b FROM t', 2, 1.5],
    ]);
  });

  it('as JSON that psql shows in a table', () => {
    const rows = [`[{"query":"${A}","calls":100},`, ' {"query":"SELECT b FROM t","calls":2}]'];
    const width = Math.max(...rows.map(({ length }) => length));
    const made = read(` json_agg\n${'-'.repeat(width + 2)}\n ${rows[0]?.padEnd(width)}+\n ${rows[1]}\n(1 row)\n`);
    expect(brief(made).map(([line, sql, calls]) => [line, sql, calls])).toEqual([
      [3, A, 100],
      [4, 'SELECT b FROM t', 2],
    ]);
  });

  it('as JSON of drivers and of tools that write one value after the other', () => {
    const driver = read('{"command":"SELECT","fields":[{"name":"query"}],"rows":[{"query":"SELECT a FROM t","calls":3}]}');
    expect(brief(driver)).toEqual([[1, 'SELECT a FROM t', 3, undefined]]);
    const pretty = read(
      '{\n  "query": "SELECT a FROM t",\n  "calls": 3\n}\n{\n  "query": oops\n}\n{\n  "query": "SELECT b FROM t",\n  "calls": 4\n}\n',
    );
    expect(brief(pretty).map(([line, sql]) => [line, sql])).toEqual([
      [1, 'SELECT a FROM t'],
      [8, 'SELECT b FROM t'],
    ]);
    expect(told(pretty)).toEqual([[5, 1, 'This value is not valid JSON.']]);
  });

  it('tells elements that are no rows at their places', () => {
    const made = read('[5, {"query":"SELECT a FROM t","calls":3},\n "x"]');
    expect(brief(made).map(([line]) => line)).toEqual([1]);
    expect(told(made).map(([line, column]) => [line, column])).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  it('with minutes, as PgHero counts them', () => {
    expect(brief(read(`query,total_minutes,calls\n${A},2.5,10000\n`))).toEqual([[2, A, 10000, 15]]);
  });
});

describe('MySQL', () => {
  it('the program’s own tables, with a border and with \\G', () => {
    const made = read(
      `+------------------------------+------------+----------------+
| DIGEST_TEXT                  | COUNT_STAR | SUM_TIMER_WAIT |
+------------------------------+------------+----------------+
| SELECT \`a\` FROM \`t\`          |        100 |   250000000000 |
+------------------------------+------------+----------------+
1 row in set (0.01 sec)
`,
      'mysql',
    );
    expect(brief(made)).toEqual([[4, 'SELECT `a` FROM `t`', 100, 2.5]]);
    const vertical = read(
      `*************************** 1. row ***************************
      DIGEST_TEXT: SELECT \`a\` FROM \`t\`
       COUNT_STAR: 100
   SUM_TIMER_WAIT: 250000000000
QUERY_SAMPLE_TEXT: SELECT a
 FROM t
1 row in set (0.01 sec)
`,
      'mysql',
    );
    expect(brief(vertical)).toEqual([[1, 'SELECT `a` FROM `t`', 100, 2.5]]);
  });

  it('the views of sys, whose times have units', () => {
    const made = read(
      'query,db,exec_count,total_latency,rows_sent\nSELECT * FROM `t` WHERE `c` = ?,shop,300,1.50 min,5\nSELECT `a` FROM `t`,shop,300,750.00 us,5\n',
      'mysql',
    );
    expect(made.kind).toBe('performance_schema');
    expect(brief(made).map(([, , calls, mean]) => [calls, mean])).toEqual([
      [300, 300],
      [300, 0.0025],
    ]);
  });

  it('a slow log in which statements hold lines with #, and MariaDB tells the plan', () => {
    const made = read(
      `# Time: 260131 12:34:56
# User@Host: root[root] @ localhost []
# Thread_id: 8  Schema: shop  QC_hit: No
# Query_time: 0.25  Lock_time: 0.000159  Rows_sent: 1  Rows_examined: 1
#
# explain: id	select_type	table
# explain: 1	SIMPLE	t
#
use shop;
SET timestamp=1706700896;
select id, # the key
# nothing else
  name from t where note = 'a
# b';
# User@Host: root[root] @ localhost []
# Query_time: 0.5  Lock_time: 0.000159  Rows_sent: 1  Rows_examined: 1
SET timestamp=1706700897;
delete from t where id = 3;
`,
      'mariadb',
    );
    expect(brief(made)).toEqual([
      [11, "select id, # the key # nothing else name from t where note = 'a # b'", 1, 250],
      [18, 'delete from t where id = 3', 1, 500],
    ]);
    expect(told(made)).toEqual([]);
  });

  it('a report of pt-query-digest: how often and how long each class was seen', () => {
    const made = read(
      `
# Overall: 1.20k total, 2 unique, 0.33 QPS, 0.10x concurrency _____________
# Time range: 2026-01-31T10:00:00 to 2026-01-31T12:00:00
# Profile
# Rank Query ID                           Response time  Calls R/Call V/M
#    1 0x8F3A8E0C2F1B4D5E                 300.0000 83.3%  1000 0.3000  0.1 SELECT orders

# Query 1: 0.28 QPS, 0.08x concurrency, ID 0x8F3A8E0C2F1B4D5E at byte 1234
# Attribute    pct   total     min     max     avg     95%  stddev  median
# Count         83    1000
# Exec time     83    300s     1ms      5s   300ms      1s   100ms   200ms
# Rows sent     50  10.00k       1      10      10      10       0      10
# Tables
#    SHOW CREATE TABLE \`shop\`.\`orders\`\\G
# EXPLAIN /*!50100 PARTITIONS*/
SELECT id FROM orders
WHERE customer_id = 7\\G

# Query 2: 0.06 QPS, 0.02x concurrency, ID 0x1F3A8E0C2F1B4D5E at byte 99
# Count         17     200
# Exec time     17   100ms     1us      5s   300ms      1s   100ms   200ms
UPDATE orders SET status = 'paid' WHERE id = 12\\G
# Converted for EXPLAIN
# EXPLAIN /*!50100 PARTITIONS*/
select  status = 'paid' from orders where  id = 12\\G
`,
      'mysql',
    );
    expect(made.hours).toBe(2);
    expect(brief(made)).toEqual([
      [16, 'SELECT id FROM orders WHERE customer_id = 7', 1000, 300],
      [22, "UPDATE orders SET status = 'paid' WHERE id = 12", 200, 0.5],
    ]);
    expect(made.queries.map(({ name, origin }) => [name, origin.server, origin.rows])).toEqual([
      ['select orders', '0x8F3A8E0C2F1B4D5E', 10000],
      ['update orders', '0x1F3A8E0C2F1B4D5E', undefined],
    ]);
  });
});

describe('parameters as drivers and frameworks write them', () => {
  it.each([
    ['a = ? AND b IN (?, ?)', 'a = $1 AND b IN ($2, $3)'],
    ['a = :a AND b = :b_1 AND c = :a', 'a = $1 AND b = $2 AND c = $1'],
    ["a = :'a'", 'a = $1'],
    ['a = %s AND b LIKE %s', 'a = $1 AND b LIKE $2'],
    ['a = %(a)s AND b IN %(list)s', 'a = $1 AND b IN ($2)'],
    ['a %% 2 = %s', 'a % 2 = $1'],
    ['a IN :list', 'a IN ($1)'],
    ['a = #{a} AND b = #{item.b,jdbcType=BIGINT}', 'a = $1 AND b = $2'],
    ['a = $' + '{a}', 'a = $1'],
    ['a = ?1 AND b = ?2 AND c = ?1', 'a = $1 AND b = $2 AND c = $1'],
    ['a = @a AND b > @since', 'a = $1 AND b > $2'],
    ["a = sqlc.arg(a) AND b = sqlc.narg('b')", 'a = $1 AND b = $2'],
    ["data ? 'x' AND a = ?", "data ? 'x' AND a = $1"],
    ["data ?? 'x' AND a = ?", "data ? 'x' AND a = $1"],
    ["data ?| array['x'] AND a = ?", "data ?| array['x'] AND a = $1"],
    ['data @> :filter::jsonb', 'data @> $1::jsonb'],
    ['a = $1 AND b = ?', 'a = $1 AND b = $2'],
  ])('become PostgreSQL’s: %s', (given, wanted) => {
    const made = read(`SELECT id FROM t WHERE ${given} LIMIT 5`);
    expect(told(made)).toEqual([]);
    expect(made.queries.map(({ sql }) => sql.replaceAll(/ +/g, ' '))).toEqual([`SELECT id FROM t WHERE ${wanted} LIMIT 5`]);
  });

  it.each(["data ? 'x'", "data @> '{}'", "note = 'a ? b :c %s'", 'arr[1:2] = $1', 'a::text = $1', 'a % 2 = 1'])(
    'are none where PostgreSQL means something else: %s',
    (where) => {
      const sql = `SELECT id FROM t WHERE ${where}`;
      expect(read(sql).queries.map((one) => one.sql)).toEqual([sql]);
    },
  );

  it('do not hide where a statement is wrong', () => {
    const made = read('SELECT id FROM t\nWHERE a = :account AND b = ? ODER BY c');
    expect(told(made)).toEqual([[2, 30, 'syntax error at or near "ODER"']]);
    expect(made.broken.map(({ sql }) => sql)).toEqual(['SELECT id FROM t\nWHERE a = :account AND b = ? ODER BY c']);
  });

  it('are the same query as that which the server counts', () => {
    const [one] = read('SELECT id FROM t WHERE a = :a AND b = %(b)s').queries;
    expect(one?.fingerprint).toBe(read('SELECT id FROM t WHERE a = $1 AND b = $2').queries[0]?.fingerprint);
  });

  it.each<[Dialect, string, number]>([
    ['mysql', 'SELECT id FROM t WHERE a = #{a};\nSELECT id FROM t WHERE b = %s;\nSELECT id FROM t WHERE c = ?1', 3],
    ['sqlite', 'SELECT id FROM t WHERE a = ?1 AND b = $b;\nSELECT id FROM t WHERE b = %(b)s', 2],
    ['oracle', 'SELECT id FROM t WHERE a = :1;\nSELECT id FROM t WHERE b = ?', 2],
    ['mssql', 'SELECT id FROM t WHERE a = @p1;\nSELECT id FROM t WHERE b = %s', 2],
  ])('are read in %s', (dialect, text, count) => {
    const made = read(text, dialect);
    expect(told(made)).toEqual([]);
    expect(made.queries).toHaveLength(count);
  });
});

describe('files of statements', () => {
  it('what the drivers of SQL Server send, at its place', () => {
    const made = read(
      "SET NOCOUNT ON;\nexec sp_executesql N'SELECT [Id] FROM [Orders] WHERE [Note] = ''x'' AND [CustomerId] = @p0',N'@p0 int',@p0=5\nGO\n",
      'mssql',
    );
    expect(made.queries.map(({ sql, line, column }) => [sql, line, column])).toEqual([
      ["SELECT [Id] FROM [Orders] WHERE [Note] = 'x' AND [CustomerId] = @p0", 2, 22],
    ]);
  });

  it('say of blocks and routines that what they run is not looked at', () => {
    const made = read(
      'DO $$ BEGIN PERFORM 1 FROM t; END $$;\nBEGIN;\nCALL p(1);\nCOPY t (a) FROM stdin;\n1\n\\.\nSELECT a FROM t;',
    );
    expect(made.queries).toHaveLength(1);
    expect(made.broken).toEqual([]);
    expect(made.refused.map(({ line, reason }) => [line, reason.startsWith('The statements that this one runs')])).toEqual([
      [1, true],
      [2, false],
      [3, true],
      [4, false],
    ]);
    expect(read('DECLARE @a int = 5;\nSELECT id FROM t', 'mssql').refused[0]?.reason).toMatch(/^This statement reads/);
  });

  it.each<Dialect>(['mysql', 'sqlite', 'mssql', 'oracle'])(
    'keep a statement whose first word is misspelt, to be mended: %s',
    (dialect) => {
      const made = read('SELCT a FROM t WHERE b = 1;\nSELECT a FROM t', dialect);
      expect(made.broken.map(({ sql }) => sql.replace(/;$/, ''))).toEqual(['SELCT a FROM t WHERE b = 1']);
      expect(told(made)).toEqual([[1, 1, expect.stringContaining('a statement is expected here')]]);
    },
  );
});
