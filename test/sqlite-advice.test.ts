import initSqlJs from 'sql.js';
import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import { knownFacts } from '#engine/facts/facts.ts';
import { advise } from '#engine/indexes/advise/advise.ts';
import { prepareAdvice } from '#engine/indexes/advise/prepare.ts';
import { ENGINES } from '#engine/indexes/analytic/engines.ts';
import { analyticModel } from '#engine/indexes/analytic/model.ts';
import { KnownValues } from '#engine/indexes/analytic/table.ts';
import { writeDocument } from '#engine/sql/write.ts';
import type { Index } from '#model/table-parts.ts';
import type { Document, Table } from '#model/types.ts';
import { dialectDocument } from './analytic.ts';

const QUERIES = {
  equality: 'SELECT total FROM orders WHERE customer_id = 77',
  ordered: 'SELECT id, total FROM orders WHERE customer_id = 77 ORDER BY placed DESC',
  state: "SELECT id FROM orders WHERE status = 'open' AND placed > '2026-01-01'",
  join: "SELECT o.id, c.name FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.email = 'a@b.example'",
  either: "SELECT id FROM customers WHERE email = 'a@b.example' OR name = 'Somebody'",
  first: 'SELECT id FROM orders ORDER BY placed LIMIT 10',
};

/** `sqlite_stat1.stat`: rows of the table, then for each number of leading columns how many rows have the same values. */
function statOf(document: Document, table: Table, index: Omit<Index, 'id'>): string {
  const known = knownFacts(document).get(table.id);
  if (known === undefined) throw new Error('no facts');
  const values = new KnownValues(document, table, known, ENGINES.sqlite);
  let distinct = 1;
  const each = index.elements.map(({ column }) => {
    distinct = Math.min(known.rows, distinct * values.distinct({ column: column as string, columns: [column as string] }));
    return Math.max(1, Math.round(known.rows / distinct));
  });
  return [Math.round(known.rows), ...each].join(' ');
}

describe('advice for SQLite', () => {
  it('is what SQLite itself takes, told the same facts', async () => {
    const document = await dialectDocument('sqlite', QUERIES);
    const prepared = prepareAdvice(document, undefined, UNLIMITED);
    const advised = await advise(document, prepared, analyticModel(document, 'no planner'), UNLIMITED);
    if (!advised.ok) throw new Error(advised.problem.message);
    const { advice } = advised.value;
    const { Database } = await initSqlJs();
    const database = new Database();
    for (const { sql } of writeDocument(document, { version: 3 }).statements) database.run(sql);
    const made = advice.indexes.filter(({ verdict }) => verdict === 'make');
    expect(made.length).toBeGreaterThan(2);
    for (const { sql } of made) database.run(sql);
    database.run('ANALYZE');
    database.run('DELETE FROM sqlite_stat1');
    for (const { table, name, index } of made) {
      const record = document.tables[table] as Table;
      if (index === undefined) throw new Error(`${name} is of nothing`);
      database.run('INSERT INTO sqlite_stat1 VALUES (?, ?, ?)', [record.name, name, statOf(document, record, index)]);
    }
    database.run('ANALYZE sqlite_schema');
    const names = new Map(advice.indexes.map(({ id, name }) => [id, name]));
    const lines = advice.queries.map(({ query, uses }) => {
      const [result] = database.exec(`EXPLAIN QUERY PLAN ${document.queries[query]?.sql}`);
      const plan = (result?.values ?? []).map((row) => String(row[3])).join('; ');
      const ours = uses.map((id) => names.get(id) ?? id).filter((name) => made.some((one) => one.name === name));
      return { query, plan, ours, taken: ours.every((name) => plan.includes(name)) };
    });
    database.close();
    process.stdout.write(
      `${lines.map(({ query, plan, ours, taken }) => `${query}: ${taken ? 'as advised' : 'OTHERWISE'} (${ours.join(', ')}): ${plan}`).join('\n')}\n`,
    );
    expect(lines.filter(({ taken }) => !taken).map(({ query }) => query)).toEqual([]);
  });
});
