import { expect, it } from 'vitest';
import { moved } from './grid-moves.ts';

const size = { rows: 10, columns: 4, page: 3 };
const at = { row: 5, column: 1 };

it('keys lead from cell to cell and stay inside', () => {
  const places = (keys: readonly string[], whole = false) =>
    keys.map((key) => moved(at, key, whole, size)).map((place) => `${place?.row},${place?.column}`);
  const keys = ['ArrowDown', 'ArrowUp', 'ArrowRight', 'ArrowLeft', 'PageDown', 'PageUp', 'Home', 'End'];
  expect(places(keys)).toEqual(['6,1', '4,1', '5,2', '5,0', '8,1', '2,1', '5,0', '5,3']);
  expect(places(keys, true)).toEqual(['9,1', '0,1', '5,3', '5,0', '8,1', '2,1', '0,0', '9,3']);
  expect(moved({ row: 9, column: 3 }, 'ArrowDown', false, size)).toEqual({ row: 9, column: 3 });
  expect(moved({ row: 9, column: 3 }, 'ArrowRight', false, size)).toEqual({ row: 9, column: 3 });
  expect(moved({ row: 0, column: 0 }, 'PageUp', false, size)).toEqual({ row: 0, column: 0 });
  expect(moved(at, 'a', false, size)).toBeUndefined();
});
