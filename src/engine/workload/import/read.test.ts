import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import type { Dialect } from '#model/types.ts';
import { parserForTests } from '#test/read-ddl.ts';
import { runs } from '#test/runs.ts';
import { readWorkload, type WorkloadImport, type WorkloadOptions } from './read.ts';

let parser: PgParser;

beforeAll(async () => {
  parser = await parserForTests();
});

function read(text: string, dialect: Dialect = 'postgresql', more: Partial<WorkloadOptions> = {}): WorkloadImport {
  const made = readWorkload(text, { dialect, parser, date: '2026-01-31T00:00:00Z', ...more });
  if (!made.ok) throw new Error(made.problem.message);
  return made.value;
}

const brief = ({ queries }: WorkloadImport) =>
  queries.map(({ name, sql, callsPerHour, origin }) => [name, sql, callsPerHour, origin.calls, origin.meanMs]);

describe('statements pasted or in a file', () => {
  it('take REFRESH of a materialized view, which runs a query, and no other statement that reads nothing', () => {
    const made = read('REFRESH MATERIALIZED VIEW CONCURRENTLY sales.daily;\nSET work_mem = 4;\nSELECT 1 FROM daily');
    expect(made.queries.map(({ name }) => name)).toEqual(['refresh daily', 'select daily']);
    expect(made.refused.map(({ line }) => line)).toEqual([2]);
  });

  it('are one query each, named by a comment or by what they do', () => {
    const made = read(`-- name: OpenOrders :many
SELECT * FROM orders WHERE status = 'open';

/* the newest */ SELECT id FROM orders
ORDER BY created_at DESC LIMIT 10;
UPDATE sales.orders SET total = 1 WHERE id = $1;
WITH recent AS (SELECT 1 FROM customers) SELECT * FROM recent, products`);
    expect(made.kind).toBe('typed');
    expect(made.queries.map(({ name, line, column }) => [name, line, column])).toEqual([
      ['OpenOrders', 2, 1],
      ['the newest', 4, 18],
      ['update orders', 6, 1],
      ['select recent', 7, 1],
    ]);
    expect(made.queries[1]?.sql).toBe('SELECT id FROM orders\nORDER BY created_at DESC LIMIT 10');
    expect(made.queries[0]?.origin).toEqual({ kind: 'typed', date: '2026-01-31T00:00:00Z' });
    expect(made.refused).toEqual([]);
  });

  it('that cannot be read are told at line and column, and the rest is taken', () => {
    const made = read(
      'SELECT 1 FROM a;\n\nSELECT *\n  FORM b;\nSET x = 1;\nCREATE TABLE t (a int);\nSELECT 2 FROM c;',
      'postgresql',
      { name: 'queries.sql' },
    );
    expect(made.queries.map(({ name, origin }) => [name, origin.kind, origin.name])).toEqual([
      ['select a', 'file', 'queries.sql'],
      ['select c', 'file', 'queries.sql'],
    ]);
    expect(made.refused.map(({ line, column, reason }) => [line, column, reason])).toEqual([
      [4, 3, 'syntax error at or near "FORM"'],
      [5, 1, 'This statement reads and writes no rows that an index could find.'],
      [6, 1, 'This statement reads and writes no rows that an index could find.'],
    ]);
  });

  it('that cannot be read are kept apart as queries to be mended, the same ones once', () => {
    const made = read('SELECT 1 FROM a;\n-- Broken\nSELECT * FORM b WHERE x = 1;\nSELECT * FORM b WHERE x = 2;\nSELECT FROM WHERE');
    expect(made.queries.map(({ name }) => name)).toEqual(['select a']);
    expect(made.refused.map(({ line }) => line)).toEqual([3, 4, 5]);
    expect(made.broken.map(({ name, sql, line, callsPerHour }) => [name, sql, line, callsPerHour])).toEqual([
      ['Broken', 'SELECT * FORM b WHERE x = $1', 3, undefined],
      ['line 5', 'SELECT FROM WHERE', 5, undefined],
    ]);
    expect(made.merged).toBe(0);
  });

  it('of statistics that cannot be read keep their counts, unless a later row has a text that can', () => {
    const rows = (texts: readonly string[]) => `query,calls,query_sample_text\n${texts.join('\n')}\n`;
    const broken = read(rows(['SELECT * FORM a,20,']), 'postgresql', { hours: 2 });
    expect(broken.broken.map(({ callsPerHour, origin }) => [callsPerHour, origin.calls])).toEqual([[10, 20]]);
    const mended = read(rows(['SELECT * FORM a,20,', 'SELECT * FORM a,30,SELECT 1 FROM a']));
    expect(mended.broken).toEqual([]);
    expect(mended.queries.map(({ sql, origin }) => [sql, origin.calls])).toEqual([['SELECT 1 FROM a', 30]]);
  });

  it('that differ in literals, space, case of words and comments are one, with the values that were seen', () => {
    const made = read(
      "SELECT id FROM orders WHERE status = 'open' AND total > 5;\nselect id from orders where status='paid' and total > 5; -- again\nSELECT id FROM orders WHERE status = 'open' AND total > 5;\nSELECT id FROM orders WHERE status = 'open'",
    );
    expect(made.merged).toBe(2);
    expect(made.queries.map(({ sql, parameters }) => [sql, parameters])).toEqual([
      [
        'SELECT id FROM orders WHERE status = $1 AND total > 5',
        [
          {
            name: '$1',
            values: [
              { sql: "'open'", share: 2 / 3 },
              { sql: "'paid'", share: 1 / 3 },
            ],
          },
        ],
      ],
      ["SELECT id FROM orders WHERE status = 'open'", undefined],
    ]);
  });

  it('keep a list of values as it is when only its length differs', () => {
    const made = read('SELECT id FROM a WHERE id IN (1, 2);\nSELECT id FROM a WHERE id IN (1, 2, 3);');
    expect(made.queries.map(({ sql }) => sql)).toEqual(['SELECT id FROM a WHERE id IN (1, 2)']);
    expect(made.merged).toBe(1);
  });

  it('of SQL Server are split at GO, of MySQL at its delimiter', () => {
    expect(read('SELECT TOP 5 id FROM a\nGO\nSELECT id FROM b', 'mssql').queries.map(({ name }) => name)).toEqual([
      'select a',
      'select b',
    ]);
    expect(read('SELECT id FROM a; # one\nSELECT id FROM b WHERE x = ?;', 'mysql').queries.map(({ name }) => name)).toEqual([
      'select a',
      'select b',
    ]);
  });
});

describe('pg_stat_statements', () => {
  const CSV = `userid,queryid,query,calls,total_exec_time,mean_exec_time,rows
10,111,"SELECT * FROM orders WHERE id = $1",3600,1800.5,0.5,3600
10,112,"SELECT ""a"", b
FROM t WHERE x = $1",24,48,2,0
10,113,<insufficient privilege>,5,1,1,1
10,114,SELECT 1 FROM c,many,1,1,1
10,115,SELECT a FROM WHERE,1,1,1,1
10,116,too,few
11,111,"SELECT * FROM orders WHERE id = $1",400,200,0.5,400
10,117,BEGIN,9,1,1,0
`;

  it('as CSV: calls, times, rows and identifiers; bad rows are told', () => {
    const made = read(CSV, 'postgresql', { hours: 10 });
    expect(made.kind).toBe('pg_stat_statements');
    expect(brief(made)).toEqual([
      ['select orders', 'SELECT * FROM orders WHERE id = $1', 400, 4000, 2000.5 / 4000],
      ['select t', 'SELECT "a", b\nFROM t WHERE x = $1', 2.4, 24, 2],
    ]);
    expect(made.queries[0]?.origin).toMatchObject({ server: '111', rows: 4000, totalMs: 2000.5, hours: 10 });
    expect(made.merged).toBe(1);
    expect(made.refused.map(({ line, reason }) => [line, reason])).toEqual([
      [5, 'The server showed no text: ask it as a role that may see all (pg_read_all_stats).'],
      [6, 'How often it was called is no number.'],
      [7, 'syntax error at or near "WHERE"'],
      [8, 'The row has 4 fields, the first line has 7.'],
      [10, 'This statement reads and writes no rows that an index could find.'],
    ]);
  });

  it('as JSON, of PostgreSQL 12 too, with the time since when it tells', () => {
    const made = read(
      JSON.stringify(
        [
          {
            query: 'SELECT a FROM b WHERE c = $1',
            calls: 744,
            total_time: 744,
            mean_time: 1,
            rows: 2,
            queryid: -5,
            stats_since: '2025-12-31T00:00:00Z',
          },
          { query: 'SELECT', calls: 1 },
          { calls: 1 },
        ],
        null,
        1,
      ),
    );
    expect(made.hours).toBe(744);
    expect(brief(made)).toEqual([['select b', 'SELECT a FROM b WHERE c = $1', 1, 744, 1]]);
    expect(made.refused.map(({ line, reason }) => [line, reason])).toEqual([
      [11, 'This statement reads and writes no rows that an index could find.'],
      [15, 'The row has no text of a query.'],
    ]);
  });

  it('as one JSON object a line, of which one is broken', () => {
    const made = read('{"query": "SELECT 1 FROM a", "calls": 2}\n{"query": "SELECT\n{"query": "SELECT 1 FROM b", "calls": 3}\n');
    expect(made.queries.map(({ name, callsPerHour, origin }) => [name, callsPerHour, origin.calls])).toEqual([
      ['select a', undefined, 2],
      ['select b', undefined, 3],
    ]);
    expect(made.refused).toEqual([{ line: 2, column: 1, reason: 'This line is not valid JSON.' }]);
  });

  it('that is not what it seems is refused with a reason', () => {
    const bad = readWorkload('[{"name": "x", "count": 3}]', { dialect: 'postgresql', parser, date: '2026-01-01' });
    expect(!bad.ok && bad.problem.code).toBe('no-queries');
    const broken = readWorkload('[{"query": "SELECT 1",]', { dialect: 'postgresql', parser, date: '2026-01-01' });
    expect(!broken.ok && broken.problem.code).toBe('json-syntax');
  });
});

describe('MySQL', () => {
  it('performance_schema: digests, picoseconds, the time between first and last', () => {
    const made = read(
      `SCHEMA_NAME,DIGEST,DIGEST_TEXT,COUNT_STAR,SUM_TIMER_WAIT,SUM_ROWS_SENT,FIRST_SEEN,LAST_SEEN,QUERY_SAMPLE_TEXT
shop,abc,SELECT \`id\` FROM \`orders\` WHERE \`status\` = ? AND \`id\` IN (...),200,4000000000000,50,2026-01-01 00:00:00,2026-01-01 10:00:00,NULL
shop,def,"SELECT * FROM \`items\` WHERE ...",10,1000000000,1,2026-01-01 00:00:00,2026-01-01 02:00:00,"SELECT * FROM items WHERE order_id = 5"
`,
      'mysql',
    );
    expect(made.kind).toBe('performance_schema');
    expect(made.hours).toBe(10);
    expect(brief(made)).toEqual([
      ['select orders', 'SELECT `id` FROM `orders` WHERE `status` = ? AND `id` IN (...)', 20, 200, 20],
      ['select items', 'SELECT * FROM items WHERE order_id = 5', 1, 10, 0.1],
    ]);
    expect(made.queries[0]?.origin.server).toBe('abc');
  });

  it('slow log: counted, with what is between the statements left out', () => {
    const made = read(
      `/usr/sbin/mysqld, Version: 8.0.36 (MySQL Community Server - GPL). started with:
Tcp port: 3306  Unix socket: /var/run/mysqld/mysqld.sock
Time                 Id Command    Argument
# Time: 2026-01-01T10:00:00.000000Z
# User@Host: app[app] @ localhost []  Id:     5
# Query_time: 1.500000  Lock_time: 0.000100 Rows_sent: 1  Rows_examined: 100000
use shop;
SET timestamp=1767261600;
SELECT * FROM orders
WHERE note = 'a; b' AND customer_id = 7;
# Time: 2026-01-01T11:00:00.000000Z
# User@Host: app[app] @ localhost []  Id:     5
# Query_time: 0.500000  Lock_time: 0.000100 Rows_sent: 3  Rows_examined: 100000
SET timestamp=1767265200;
SELECT * FROM orders
WHERE note = 'c' AND customer_id = 7;
# Time: nonsense
# Query_time: 0.1  Lock_time: 0 Rows_sent: 0  Rows_examined: 0
SELECT * FROM WHERE;
# Time: 260101 12:00:00
# Query_time: 2  Lock_time: 0 Rows_sent: 0  Rows_examined: 0
# administrator command: Quit;
`,
      'mysql',
    );
    expect(made.kind).toBe('slow log');
    expect(made.hours).toBe(2);
    expect(brief(made)).toEqual([['select orders', 'SELECT * FROM orders\nWHERE note = ? AND customer_id = 7', 1, 2, 1000]]);
    expect(made.queries[0]?.parameters).toEqual([
      {
        name: '?1',
        values: [
          { sql: "'a; b'", share: 0.5 },
          { sql: "'c'", share: 0.5 },
        ],
      },
    ]);
    expect(made.refused.map(({ line, column, reason }) => [line, column, reason])).toEqual(
      [
        [17, 1, 'This is no moment in time.'],
        [19, 15, 'an expression is expected here, at ;'],
      ].map(([line, column]) => [line, column, expect.any(String)]),
    );
  });
});

describe('any text', () => {
  it('is read without an exception, and what comes out can be read', () => {
    const pieces = fc.constantFrom(
      'SELECT ',
      'a',
      ' FROM ',
      't',
      ' WHERE ',
      ';',
      '\n',
      "'",
      '"',
      '# Time: x\n',
      '# Query_time: 1\n',
      'query,calls\n',
      '[{"query":"SELECT 1 FROM a","calls":1}]',
      '{',
      '}',
      ',',
      '--',
      '/*',
      '$1',
      '?',
      '(',
      ')',
      '\u0000',
      'é',
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 40 }),
        fc.constantFrom<Dialect>('postgresql', 'mysql', 'sqlite', 'mssql', 'oracle'),
        (parts, dialect) => {
          const text = parts.join('');
          const made = readWorkload(text, { dialect, parser, date: '2026-01-01' });
          if (!made.ok) return;
          for (const { sql, name, line } of made.value.queries) {
            expect(sql).not.toBe('');
            expect(name).not.toBe('');
            expect(line).toBeLessThanOrEqual(text.split('\n').length);
          }
        },
      ),
      runs(71, 300),
    );
  });
});
