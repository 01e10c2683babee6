import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines, excerpt } from './line-diff.ts';

test('taking the gone lines gives the old text, the new lines the new one', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after);
      const side = (kind: 'gone' | 'new') => lines.filter((line) => line.kind !== kind).map((line) => line.text);
      expect(side('new').join('\n')).toBe(before);
      expect(side('gone').join('\n')).toBe(after);
    }),
    { seed: 3, numRuns: 300 },
  );
});

test('what both have stays', () => {
  expect(diffLines('a\nb\nc', 'a\nx\nc').map((line) => `${line.kind} ${line.text}`)).toEqual([
    'same a',
    'gone b',
    'new x',
    'same c',
  ]);
  expect(diffLines('', 'a')).toEqual([{ kind: 'new', text: 'a' }]);
});

test('an excerpt keeps the changes and what stands around them', () => {
  const lines = diffLines('1\n2\n3\n4\n5\n6\n7\n8', '1\n2\n3\nx\n5\n6\n7\n8');
  expect(excerpt(lines, 1).map((line) => line?.text ?? '…')).toEqual(['…', '3', '4', 'x', '5', '…']);
});
