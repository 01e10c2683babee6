import { beforeEach, expect, test } from 'vitest';
import { checkDocument } from '#engine/rules/check.ts';
import { documentStore, load, undo } from '#state/document.ts';
import { resultsStore } from '#state/results.ts';
import { select, viewStore } from '#state/view.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { applyFix, fixable, openFindings, quickFix, stepProblem, unwaive, waive } from './go.ts';
import { problemsStore } from './problems-store.ts';

const DDL = `CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);
CREATE TABLE log (message text);`;

async function look() {
  const parser = await parserForTests();
  const findings = checkDocument(documentStore.getState().document, { parser });
  resultsStore.setState({ findings });
  return findings;
}

beforeEach(async () => {
  load(readDdl(await parserForTests(), DDL));
  problemsStore.setState({ current: undefined, preview: undefined, filter: '', groupBy: 'severity', waived: false });
  select([]);
  await look();
});

const rules = () => openFindings(resultsStore.getState().findings).map((one) => one.rule);

test('a waiver takes the problem out of the count, with reason and date, and can be taken back', async () => {
  const finding = resultsStore.getState().findings.find((one) => one.rule === 'pk-missing');
  if (finding === undefined) throw new Error('no finding');
  expect(waive(finding, 'only written', '2026-01-31')).toBe(true);
  expect(Object.values(documentStore.getState().document.waivers)).toMatchObject([
    { rule: 'pk-missing', reason: 'only written', date: '2026-01-31' },
  ]);
  const waived = (await look()).find((one) => one.waivedBy !== undefined);
  expect(rules()).toEqual(['fk-index-missing']);
  if (waived === undefined) throw new Error('not waived');
  expect(unwaive(waived)).toBe(true);
  await look();
  expect(rules()).toEqual(['pk-missing', 'fk-index-missing']);
});

test('a fix is one undo step', async () => {
  const before = documentStore.getState().document;
  const fix = resultsStore.getState().findings.find((one) => one.rule === 'pk-missing')?.fixes[0];
  if (fix === undefined) throw new Error('no fix');
  expect(applyFix(fix)).toBe(true);
  await look();
  expect(rules()).toEqual(['fk-index-missing']);
  undo();
  expect(documentStore.getState().document).toEqual(before);
});

test('next and previous go through the list in its order and begin again at its end', () => {
  const seen: string[] = [];
  for (let i = 0; i < 3; i++) {
    stepProblem(1);
    seen.push((problemsStore.getState().current ?? '').split('\n')[0] as string);
  }
  expect(seen).toEqual(['pk-missing', 'fk-index-missing', 'pk-missing']);
  stepProblem(-1);
  expect(problemsStore.getState().current).toContain('fk-index-missing');
  expect(viewStore.getState().reveal).toMatchObject({ from: 'problems' });
  expect(viewStore.getState().dockTab).toBe('problems');
});

test('the quick fix is that of the selection', () => {
  expect(fixable()).toBeUndefined();
  const log = Object.values(documentStore.getState().document.tables).find((table) => table.name === 'log');
  select([{ record: log?.id ?? '' }]);
  expect(fixable()?.rule).toBe('pk-missing');
  quickFix();
  expect(problemsStore.getState().preview?.finding.rule).toBe('pk-missing');
  select([{ record: 'tbl_nothing' }]);
  problemsStore.setState({ current: undefined });
  expect(fixable()).toBeUndefined();
});
