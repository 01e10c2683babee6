import { expect, test } from 'vitest';
import { UNLIMITED } from '../budget.ts';
import { readHeading } from './normalize-input.ts';
import { normalizeReport } from './report.ts';

function report(input: unknown) {
  const heading = readHeading(input);
  if (!heading.ok) throw new Error(heading.problem.message);
  return normalizeReport(heading.value, UNLIMITED);
}

test('reports keys, forms with their proof, cover and decompositions by name', () => {
  const said = report({
    attributes: ['id', 'zip', 'city', 'state'],
    dependencies: [
      [['id'], ['zip']],
      [['zip'], ['city', 'state']],
    ],
  });
  expect(said).toMatchObject({
    keys: [['id']],
    keyCount: '1',
    prime: ['id'],
    highest: '2NF',
    forms: { '2NF': true, '3NF': false, EKNF: false, BCNF: false },
    cover: [
      [['id'], ['zip']],
      [['zip'], ['city', 'state']],
    ],
    proofs: [
      {
        form: '3NF',
        left: ['zip'],
        right: ['city', 'state'],
        closure: ['zip', 'city', 'state'],
        missing: ['id'],
        derivation: [[['zip'], ['city', 'state']]],
      },
    ],
    decompositions: { '3NF': { lossless: true, preserving: true, complete: true } },
    complete: true,
  });
  expect(said.decompositions.BCNF.parts.map((part) => part.attributes)).toEqual([
    ['id', 'zip'],
    ['zip', 'city', 'state'],
  ]);
});

test('a dependency that BCNF loses is named', () => {
  const said = report({
    attributes: ['city', 'street', 'zip'],
    dependencies: [
      [['city', 'street'], ['zip']],
      [['zip'], ['city']],
    ],
  });
  expect(said.decompositions.BCNF).toMatchObject({ lossless: true, preserving: false, lost: [[['city', 'street'], ['zip']]] });
  expect(said.decompositions['3NF']).toMatchObject({ preserving: true });
});

test('left sides that determine each other can stay apart', () => {
  const said = report({
    attributes: ['a', 'b', 'c', 'd'],
    dependencies: [
      [['a'], ['b']],
      [['b'], ['a']],
      [['a'], ['c']],
      [['b'], ['d']],
    ],
  });
  expect(said.decompositions['3NF'].parts).toHaveLength(1);
  expect(said.decompositions['3NFUnmerged']?.parts).toHaveLength(2);
});

test('multivalued dependencies decide 4NF', () => {
  const said = report({ attributes: ['person', 'hobby', 'college'], dependencies: [], multivalued: [[['person'], ['hobby']]] });
  expect(said.forms).toMatchObject({ BCNF: true, '4NF': false });
  expect(said.decompositions['4NF'].parts.map((part) => part.attributes)).toEqual([
    ['person', 'hobby'],
    ['person', 'college'],
  ]);
  expect(said.decompositions['4NF']).toMatchObject({ lossless: true, complete: true });
});

test('the same input gives the same bytes, whatever the names are', () => {
  const input = {
    attributes: ['__proto__', 'a', 'constructor'],
    dependencies: [
      [['__proto__'], ['a']],
      [['a'], ['constructor']],
    ],
  };
  expect(JSON.stringify(report(input))).toBe(JSON.stringify(report(structuredClone(input))));
  expect(report(input).keys).toEqual([['__proto__']]);
});

test.each([
  [null, 'no object'],
  [[], 'no object'],
  [{ attributes: 'A' }, '"attributes"'],
  [{ attributes: ['A'], dependencies: [['A']] }, '"dependencies"'],
  [{ attributes: ['A'], dependencies: [], multivalued: [[['A'], 'B']] }, '"multivalued"'],
  [{ attributes: ['A', 'A'], dependencies: [] }, 'twice'],
  [{ attributes: ['A'], dependencies: [[['A'], ['B']]] }, '"B"'],
])('refuses %j, saying what is wrong', (input, words) => {
  const heading = readHeading(input);
  expect(heading.ok ? '' : heading.problem.message).toContain(words);
});

test('an empty heading is its own answer', () => {
  expect(report({ attributes: [], dependencies: [] })).toMatchObject({ keys: [[]], highest: 'BCNF' });
});
