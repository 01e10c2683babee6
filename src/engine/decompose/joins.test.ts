import { expect, test } from 'vitest';
import { joinsOf, mayMissRows } from './joins.ts';

const table = (columns: string, key: string) => ({ columns: columns.split(''), key: key.split('') });

test('each table comes as soon as its key is known, and gives what is not there yet', () => {
  expect(joinsOf([table('ab', 'a'), table('cd', 'c'), table('bc', 'b')])).toEqual([
    { table: 2, on: ['b'], byKey: true, gives: ['c'] },
    { table: 1, on: ['c'], byKey: true, gives: ['d'] },
  ]);
});

test('a table whose key is never known is joined on what it shares', () => {
  expect(joinsOf([table('ab', 'ab'), table('ac', 'ac')])).toEqual([{ table: 1, on: ['a'], byKey: false, gives: ['c'] }]);
});

test('a table that holds only what is known filters', () => {
  expect(joinsOf([table('ab', 'ab'), table('bc', 'bc'), table('ac', 'ac')]).at(-1)).toEqual({
    table: 2,
    on: ['a', 'c'],
    byKey: false,
    gives: [],
  });
});

// The left side `ab` of `ab → c` stands in no part: `c → b` has torn it. Only `ac` and `cb` together say which c there is.
const TORN = [table('abd', 'abd'), table('d', 'd'), table('ac', 'ac'), table('cb', 'c')];

test('after a table that is joined on less than its key, all filter on all that they share', () => {
  expect(joinsOf(TORN)).toEqual([
    { table: 1, on: ['d'], byKey: true, gives: [] },
    { table: 2, on: ['a'], byKey: false, gives: ['c'] },
    { table: 3, on: ['c', 'b'], byKey: false, gives: [] },
  ]);
});

test('of those that filter the one comes first that shares most', () => {
  expect(joinsOf([table('abc', 'abc'), table('xy', 'xy'), table('ax', 'x'), table('bcy', 'y')]).map((one) => one.table)).toEqual([
    3, 1, 2,
  ]);
});

test('rows may be missing where a table is joined by its key, and determines what others filter by, or nothing filters', () => {
  const may = (tables: typeof TORN) => tables.map((_, at) => mayMissRows(tables, joinsOf(tables), at));
  expect(may([table('ab', 'a'), table('cd', 'c'), table('bc', 'b')])).toEqual([false, true, true]);
  expect(may(TORN)).toEqual([false, true, false, false]);
  // What `e` says of `a` is known from elsewhere, and may differ among rows without an e.
  expect(may([table('abde', 'abd'), table('ea', 'e'), table('ac', 'ac'), table('cb', 'c')])).toEqual([false, false, false, false]);
  expect(may([table('abde', 'abd'), table('ef', 'e'), table('ac', 'ac'), table('cb', 'c')])).toEqual([false, true, false, false]);
  expect(may([table('abde', 'abd'), table('ea', 'e')])).toEqual([false, true]);
});
