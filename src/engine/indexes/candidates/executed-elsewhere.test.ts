import { beforeAll, describe, expect, it } from 'vitest';
import { readSql } from '#engine/sql/read.ts';
import { analyseQuery } from '#engine/workload/analyse.ts';
import type { Dialect, Document } from '#model/types.ts';
import { candidateStatements, writtenWith } from '#test/candidate-ddl.ts';
import { ENGINES } from '#test/engines/engines.ts';
import { openMariadb } from '#test/engines/mariadb.ts';
import { candidateText } from '#test/workload.ts';
import { PLAIN_QUERIES, PLAIN_SHOP } from '#test/workload-plain.ts';
import { loadSqlite } from '../../../cli/sqlite.ts';
import type { SqliteEngine } from '../../sql/parser-port.ts';
import { candidatesFor } from './candidates.ts';

/** SQLite and MariaDB take every candidate made for them, and SQLite's planner uses them. */

const KEYS_AT_ONCE = 60;

function shop(dialect: Dialect): Document {
  const read = readSql([{ name: 'shop.sql', text: PLAIN_SHOP }], { dialect }, {});
  if (!read.ok) throw new Error(read.problem.message);
  return read.value.document;
}

function made(dialect: Dialect) {
  const document = shop(dialect);
  const asked = PLAIN_QUERIES.map((sql) => ({ id: sql, facts: analyseQuery(document, { sql }, undefined) }));
  expect(asked.flatMap(({ facts }) => facts.findings)).toEqual([]);
  const candidates = candidatesFor(document, asked).value;
  return { document, candidates };
}

describe('SQLite', () => {
  let engine: SqliteEngine;

  beforeAll(async () => {
    engine = await loadSqlite();
  });

  it('takes every candidate, and uses it for one of the queries it was made for', () => {
    const { document, candidates } = made('sqlite');
    const statements = candidateStatements(document, candidates);
    const unused: string[] = [];
    candidates.forEach((candidate, i) => {
      const database = engine.open();
      for (const ddl of PLAIN_SHOP.split(';')) if (ddl.trim() !== '') expect(database.run(ddl)).toBeUndefined();
      expect(database.run(statements[i] as string)).toBeUndefined();
      // A table of many rows, of which an index finds few.
      const table = document.tables[candidate.table]?.name ?? '';
      database.run('ANALYZE');
      database.run(
        `INSERT INTO sqlite_stat1 VALUES ('${table}', 'candidate_${i}', '1000000 20${' 10'.repeat(Math.max(0, candidate.index.elements.length - 1))}')`,
      );
      database.run('ANALYZE sqlite_schema');
      const used = candidate.reasons.some(({ query }) =>
        database.rows(`EXPLAIN QUERY PLAN ${query}`).some((row) => String(row.at(-1)).includes(`candidate_${i}`)),
      );
      if (!used) unused.push(candidateText(document, candidate));
      database.close();
    });
    process.stdout.write(
      `candidates that SQLite can use: ${candidates.length - unused.length} of ${candidates.length}\n${unused.map((one) => `  not: ${one}\n`).join('')}`,
    );
    expect(candidates.length).toBeGreaterThan(60);
    expect(unused.length / candidates.length).toBeLessThan(0.15);
  });
});

describe('MariaDB', () => {
  it.skipIf(!ENGINES.MariaDB.find().ok)(
    'takes every candidate',
    async () => {
      const { document, candidates } = made('mariadb');
      const engine = await openMariadb();
      try {
        // It allows 64 keys a table.
        for (let from = 0; from < candidates.length; from += KEYS_AT_ONCE) {
          await engine.reset();
          const errors = await engine.run(writtenWith(document, candidates.slice(from, from + KEYS_AT_ONCE)));
          expect(errors.map(({ message, statement }) => `${message}: ${statement}`)).toEqual([]);
          const keys = await engine.query<{ Key_name: string }>('SHOW KEYS FROM orders');
          expect(keys.length).toBeGreaterThan(0);
        }
      } finally {
        await engine.close();
      }
      expect(candidates.length).toBeGreaterThan(40);
    },
    120_000,
  );
});
