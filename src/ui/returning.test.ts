import { expect, test } from 'vitest';
import { afterDialogs, holdFocus } from './returning.ts';

const settled = () => Promise.resolve();

test('without a dialog it is done at once', () => {
  const done: string[] = [];
  afterDialogs(() => done.push('now'));
  expect(done).toEqual(['now']);
});

test('a dialog that has not given the focus back is waited for, and what is asked for twice is done once', async () => {
  const done: string[] = [];
  const what = () => done.push('then');
  const released = holdFocus();
  afterDialogs(what);
  afterDialogs(what);
  await settled();
  expect(done).toEqual([]);
  released();
  expect(done, 'the dialog ends first what it is doing').toEqual([]);
  await settled();
  expect(done).toEqual(['then']);
  released();
  await settled();
  expect(done).toEqual(['then']);
});

test('of two dialogs the last one counts', async () => {
  const done: string[] = [];
  const [first, second] = [holdFocus(), holdFocus()];
  afterDialogs(() => done.push('then'));
  second();
  await settled();
  expect(done).toEqual([]);
  first();
  await settled();
  expect(done).toEqual(['then']);
});
