import { beforeEach, expect, test } from 'vitest';
import { documentStore, load, undo } from '#state/document.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { aboutOf, addDecision, inOrder, removeDecision, setDecision, subjects } from './decision-edits.ts';

const now = () => documentStore.getState().document;
const decisions = () => inOrder(now().decisions);

beforeEach(async () => {
  load(
    readDdl(
      await parserForTests(),
      'CREATE SCHEMA app; CREATE TABLE app.orders (id bigint PRIMARY KEY); CREATE TABLE orders (id bigint);',
    ),
  );
});

test('a decision is added with a date, changed and removed, each as one undo step', () => {
  const empty = now();
  const id = addDecision();
  expect(decisions()).toMatchObject([{ id, status: 'proposed', date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) }]);
  const [first] = decisions();
  if (first === undefined) throw new Error('nothing was added');
  setDecision(first, { status: 'accepted' });
  expect(decisions()[0]?.status).toBe('accepted');
  removeDecision(first);
  expect(decisions()).toEqual([]);
  undo();
  undo();
  undo();
  expect(now()).toEqual(empty);
});

test('subjects are named as people say them, and what is gone is not listed', () => {
  expect([...subjects(now()).keys()].sort()).toEqual(['app.orders', 'orders']);
  const about = ['app.orders', 'orders'].flatMap((title) => subjects(now()).get(title) ?? []);
  addDecision();
  const [first] = decisions();
  if (first === undefined) throw new Error('nothing was added');
  setDecision(first, { about });
  const shown = (ids: readonly string[]) => aboutOf(now(), { ...first, about: ids }).map((one) => one.title);
  expect(shown(about)).toEqual(['app.orders', 'orders']);
  expect(shown(['tbl_gone'])).toEqual([]);
});

test('decisions stand in the order of their dates', () => {
  addDecision();
  addDecision();
  const [first, second] = decisions();
  if (first === undefined || second === undefined) throw new Error('nothing was added');
  setDecision(second, { date: '2001-01-01' });
  expect(decisions().map((one) => one.id)).toEqual([second.id, first.id]);
});
