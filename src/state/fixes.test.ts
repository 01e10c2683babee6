import { expect, test } from 'vitest';
import { checkDocument } from '#engine/rules/check.ts';
import { renameCalls } from '#engine/sql/expressions.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { documentStore, load, undo } from './document.ts';
import { applyFix, callsOfFix } from './fixes.ts';
import { provideRenamer } from './rename.ts';

const DDL = `CREATE TABLE "OrderLines" (id bigint PRIMARY KEY, "unitPrice" numeric CHECK ("unitPrice" > 0));
CREATE VIEW dear AS SELECT id FROM "OrderLines" WHERE "unitPrice" > 100;`;

async function quoting() {
  const parser = await parserForTests();
  const { document } = documentStore.getState();
  return checkDocument(document, { parser }).find((one) => one.rule === 'name-needs-quoting');
}

test('a fix that renames takes the SQL with it, name by name, as one undo step', async () => {
  const parser = await parserForTests();
  provideRenamer((document, ref, name) => {
    const renaming = renameCalls(document, parser, ref, name);
    return renaming.ok ? { ok: true, value: renaming.value.calls } : renaming;
  });
  load(readDdl(parser, DDL));
  const before = documentStore.getState().document;
  const [fix] = (await quoting())?.fixes ?? [];
  if (fix === undefined) throw new Error('no fix');
  expect(applyFix(fix).ok).toBe(true);
  const { tables, views } = documentStore.getState().document;
  const [table] = Object.values(tables);
  expect(table?.name).toBe('order_lines');
  expect(table?.checks.map((check) => check.expression)).toEqual(['unit_price > 0']);
  expect(Object.values(views)[0]?.query).toBe('SELECT id FROM order_lines WHERE unit_price > 100');
  expect(await quoting()).toBeUndefined();
  undo();
  expect(documentStore.getState().document).toEqual(before);
});

test('a name that is taken by then is refused, and nothing changes', async () => {
  const parser = await parserForTests();
  load(readDdl(parser, `${DDL}\nCREATE TABLE order_lines (id bigint PRIMARY KEY);`));
  const before = documentStore.getState().document;
  const [fix] = (await quoting())?.fixes ?? [];
  if (fix === undefined) throw new Error('no fix');
  const calls = callsOfFix(before, fix);
  expect(calls.ok).toBe(false);
  if (!calls.ok) expect(calls.problem.message).toContain('order_lines');
  expect(applyFix(fix).ok).toBe(false);
  expect(documentStore.getState().document).toBe(before);
});
