import { expect, test } from 'vitest';
import { joinsOf } from './joins.ts';

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
    byKey: true,
    gives: [],
  });
});
