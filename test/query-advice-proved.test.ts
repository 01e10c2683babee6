import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '#engine/finding.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { readSql } from '#engine/sql/read.ts';
import type { Document } from '#model/types.ts';
import { findMariadb, openMariadb } from './engines/mariadb.ts';
import { findSqlite, openSqlite } from './engines/sqlite.ts';
import { TestDatabase } from './pglite.ts';
import { adviceOn } from './query-advice.ts';
import { equalAsks, FIRST_VALUE, notIn, orders, type ProvedDialect, provedSchema, rows } from './query-advice-random.ts';
import { parserForTests } from './read-ddl.ts';
import { runs } from './runs.ts';

/** Original and rewritten queries run side by side on random rows: NULLs, doubles and empty tables among them. */

interface Asked {
  reset(): Promise<void>;
  run(statements: readonly string[]): Promise<readonly { message: string }[]>;
  query<T>(sql: string): Promise<T[]>;
  close(): Promise<void>;
}

interface Judge {
  readonly dialect: ProvedDialect;
  readonly found: { readonly ok: boolean; readonly reason?: string };
  readonly open: () => Promise<Asked>;
  /** Runs for one kind: processes are slower than calls. */
  readonly times: number;
}

const JUDGES: readonly Judge[] = [
  { dialect: 'postgresql', found: { ok: true }, open: () => TestDatabase.open(), times: 40 },
  { dialect: 'mariadb', found: findMariadb(), open: openMariadb, times: 25 },
  { dialect: 'sqlite', found: findSqlite(), open: openSqlite, times: 6 },
];

const said = (row: unknown) => JSON.stringify(Object.values(row as object).map((value) => (value === null ? null : String(value))));

describe.each(JUDGES)('in $dialect', ({ dialect, found, open, times }) => {
  const judged = found.ok ? it : it.skip;
  const counts = new Map<string, { rewritten: number; rows: number; differ: number }>();
  let parser: PgParser;
  let document: Document;
  let database: Asked;

  beforeAll(async () => {
    if (!found.ok) return;
    parser = await parserForTests();
    database = await open();
    await database.reset();
    expect(await database.run(provedSchema(dialect))).toEqual([]);
    const text = provedSchema(dialect).join(';\n');
    const read = readSql([{ name: 'schema.sql', text }], { dialect }, { parser });
    if (!read.ok) throw new Error(read.problem.message);
    document = read.value.document;
  });

  afterAll(async () => {
    if (!found.ok) {
      console.log(`rewritten queries in ${dialect}: not run, ${found.reason ?? ''}`);
      return;
    }
    await database.close();
    const lines = [...counts].map(
      ([rule, { rewritten, rows: all, differ }]) => `  ${rule}: ${rewritten} rewritten, ${all} rows compared, ${differ} differ`,
    );
    console.log(`rewritten queries in ${dialect}, run beside the originals:\n${lines.join('\n')}`);
  });

  const results = async (sql: string) => (await database.query(sql)).map(said).sort();

  function rewriteOf(sql: string, rule: string): NonNullable<Finding['rewrite']> {
    const findings = adviceOn(document, [{ sql }], parser).filter((one) => one.rule === rule);
    const rewrite = findings[0]?.rewrite;
    if (rewrite === undefined)
      throw new Error(`${rule} offers no other text for: ${sql} (${findings.map((one) => one.message.what).join(' ')})`);
    return rewrite;
  }

  function count(rule: string, rowCount: number, differ: boolean): void {
    const so = counts.get(rule) ?? { rewritten: 0, rows: 0, differ: 0 };
    counts.set(rule, { rewritten: so.rewritten + 1, rows: so.rows + rowCount, differ: so.differ + (differ ? 1 : 0) });
  }

  judged.each(Object.entries(equalAsks(dialect)))(
    '%s: the same rows',
    async (rule, arbitrary) => {
      await fc.assert(
        fc.asyncProperty(fc.array(arbitrary, { minLength: 2, maxLength: 4 }), rows, async (asks, filled) => {
          expect(await database.run(filled)).toEqual([]);
          for (const { sql } of asks) {
            const rewrite = rewriteOf(sql, rule);
            expect(rewrite.equal, sql).toBe(true);
            const before = await results(sql);
            const after = await results(rewrite.sql);
            count(rule, before.length, JSON.stringify(before) !== JSON.stringify(after));
            expect(after, `${sql}\n→ ${rewrite.sql}`).toEqual(before);
          }
        }),
        runs(1701, times, 4),
      );
    },
    180_000,
  );

  judged(
    'q-not-in-null: the same rows where nothing is NULL',
    async () => {
      await fc.assert(
        fc.asyncProperty(notIn, rows, async (sql, filled) => {
          await database.run([
            ...filled,
            'UPDATE customers SET manager_id = 9 WHERE manager_id IS NULL',
            // Where the subquery finds nothing a NULL on the left counts, as the conditions say.
            'UPDATE orders SET customer_id = 8 WHERE customer_id IS NULL',
            'UPDATE orders SET qty = 8 WHERE qty IS NULL',
          ]);
          const rewrite = rewriteOf(sql, 'q-not-in-null');
          expect(rewrite.equal).toBe(false);
          const before = await results(sql);
          count('q-not-in-null', before.length, false);
          expect(await results(rewrite.sql), rewrite.sql).toEqual(before);
          // One NULL, and the original finds nothing whatever is asked.
          await database.run(["INSERT INTO customers VALUES (100, 'x', 2, NULL, NULL)"]);
          expect(await results(sql)).toEqual([]);
        }),
        runs(1702, times * 2, 4),
      );
    },
    120_000,
  );

  judged(
    'q-offset-paging: pages after the last row are the pages of a total order',
    async () => {
      await fc.assert(
        fc.asyncProperty(orders, fc.integer({ min: 2, max: 4 }), rows, async (order, size, filled) => {
          await database.run(filled);
          const items = 'id, rank_no, status, made';
          const sql = `SELECT ${items} FROM orders WHERE rank_no < 5 ORDER BY ${order} LIMIT ${size} OFFSET 7`;
          const rewrite = rewriteOf(sql, 'q-offset-paging');
          const total = /\bid\b/.test(order) ? order : `${order}, id${/DESC$/.test(order) ? ' DESC' : ''}`;
          const all = await database.query<Record<string, unknown>>(
            `SELECT ${items} FROM orders WHERE rank_no < 5 ORDER BY ${total}`,
          );
          for (let at = size; at < all.length + size; at += size) {
            const last = all[Math.min(at, all.length) - 1];
            if (last === undefined) break;
            const page = await database.query(bound(dialect, rewrite.sql, total, last));
            expect(page.map(said), rewrite.sql).toEqual(all.slice(at, at + size).map(said));
            count('q-offset-paging', page.length, false);
          }
        }),
        runs(1703, times, 4),
      );
    },
    120_000,
  );

  judged(
    'q-keyset-incomplete: pages hold every row once',
    async () => {
      const size = 2;
      await fc.assert(
        fc.asyncProperty(rows, async (filled) => {
          await database.run(filled);
          const sql = `SELECT id, rank_no FROM orders WHERE rank_no > ${FIRST_VALUE[dialect]} ORDER BY rank_no, id LIMIT ${size}`;
          const rewrite = rewriteOf(sql, 'q-keyset-incomplete');
          const all = await database.query<Record<string, unknown>>('SELECT id, rank_no FROM orders ORDER BY rank_no, id');
          let last: Record<string, unknown> = { rank_no: -1, id: -1 };
          const paged: unknown[] = [];
          for (let at = 0; at <= all.length; at += size) {
            const page = await database.query<Record<string, unknown>>(bound(dialect, rewrite.sql, 'rank_no, id', last));
            paged.push(...page);
            last = page.at(-1) ?? last;
          }
          count('q-keyset-incomplete', paged.length, false);
          expect(paged.map(said), rewrite.sql).toEqual(all.map(said));
        }),
        runs(1704, times, 4),
      );
    },
    120_000,
  );
});

/** A rewritten page with the values of the last row in place of its parameters. */
function bound(dialect: ProvedDialect, sql: string, total: string, last: Record<string, unknown>): string {
  const columns = total.split(', ').map((one) => one.replace(' DESC', ''));
  const value = (name: string) => {
    const given = last[name];
    if (given instanceof Date) return `'${dialect === 'mariadb' ? local(given) : given.toISOString()}'`;
    return typeof given === 'string' && !/^\d+$/.test(given) ? `'${given}'` : String(given);
  };
  if (dialect === 'sqlite') return columns.reduce((text, name) => text.replaceAll(`:last_${name}`, value(name)), sql);
  if (dialect === 'postgresql') return columns.reduce((text, name, i) => text.replaceAll(`$${i + 1}`, value(name)), sql);
  const directions = new Set(total.split(', ').map((one) => one.endsWith(' DESC')));
  // Marks stand in the order of the text: of rows once each, of alternatives for each arm again.
  const order = directions.size === 1 ? columns : columns.flatMap((_, i) => columns.slice(0, i + 1));
  let at = 0;
  return sql.replaceAll('?', () => value(order[at++] ?? ''));
}

function local(time: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}
