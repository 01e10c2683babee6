import { expect, test } from '@playwright/test';
import * as studio from '../e2e/studio.ts';

/** TPC-H at scale factor 10 in the built product: from the button to the advice, the planner's start included. */

interface Table {
  name: string;
  facts?: object;
  columns: { name: string; facts?: object }[];
}

interface Facts {
  readonly tables: Readonly<Record<string, { readonly rows: number; readonly columns: Readonly<Record<string, object>> }>>;
}

/** The published queries: the first of each pair in the file. */
function queriesIn(text: string): readonly object[] {
  const statements = text
    .split(';')
    .map((one) => one.replace(/^\s*--.*$/gm, '').trim())
    .filter((one) => one !== '');
  return statements.flatMap((sql, at) => {
    if (at % 2 === 1) return [];
    const id = `qry_${at / 2 + 1}`;
    return [{ id, name: `Q${at / 2 + 1}`, sql: sql.replace(/\bAS STRING\)/i, 'AS text)'), callsPerHour: 1 }];
  });
}

test('advice on TPC-H', async ({ page }) => {
  test.setTimeout(600_000);
  await studio.start(page);
  // As pg_dump begins: nothing else in it says which dialect it is.
  const ddl = `--\n-- PostgreSQL database dump\n--\n${await studio.repositoryFile('test/data/tpch/schema.sql')}`;
  await studio.importSql(page, { name: 'tpch.sql', content: ddl });
  const file = JSON.parse(await studio.crowfootFile(page)) as { tables: Record<string, Table>; queries: object };
  const facts = JSON.parse(await studio.repositoryFile('test/data/tpch/facts-sf10.json')) as Facts;
  for (const table of Object.values(file.tables)) {
    const own = facts.tables[table.name];
    if (own === undefined) continue;
    table.facts = { rows: own.rows };
    for (const column of table.columns) column.facts = own.columns[column.name] ?? {};
  }
  file.queries = queriesIn(await studio.repositoryFile('test/data/workload/tpch-queries.sql'));
  await studio.dropFiles(page, { name: 'tpch.crowfoot.json', content: JSON.stringify(file) });
  const dialog = await studio.openAdvice(page);
  await expect(dialog).toContainText('22 queries');
  const figures: string[] = [];
  for (const what of ['first', 'again']) {
    const start = Date.now();
    await studio.runAdvice(page, 280_000);
    // Of another dialect formulas would answer, and quicker than a planner.
    await expect(dialog).toContainText(/PostgreSQL 18\.\d+ planner at declared scale/);
    const made = await dialog.getByRole('region', { name: 'To make' }).getByRole('radio').count();
    figures.push(`${what} ${((Date.now() - start) / 1000).toFixed(1)} s, ${made} indexes`);
    expect(made).toBeGreaterThan(0);
  }
  console.log(`  advice on TPC-H SF10 in Chromium, from the button to the answer: ${figures.join('; ')}`);
});
