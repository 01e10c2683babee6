import { expect, it } from 'vitest';
import { readObjects, writeObjects } from './object-drag.ts';

it('what is dragged arrives as it left; anything else is nothing', () => {
  expect(readObjects(writeObjects(['a', 'b "c"']))).toEqual(['a', 'b "c"']);
  for (const text of [undefined, '', 'x', '{"a":1}', 'null']) expect(readObjects(text)).toEqual([]);
  expect(readObjects('["a", 1, null]')).toEqual(['a']);
});
