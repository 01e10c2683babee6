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

test('what a decomposition keeps has a home, what it loses a join and triggers; the join is proved', () => {
  const said = report({
    attributes: ['city', 'street', 'zip'],
    dependencies: [
      [['city', 'street'], ['zip']],
      [['zip'], ['city']],
    ],
  });
  expect(said).toMatchObject({ preservingBCNF: 'proved-none', highest: '3NF', forms: { '3NF': true, BCNF: false, '4NF': false } });
  expect(said.decompositions.recommended.parts).toMatchObject([{ name: 'r1', form: '3NF', is4NF: false }]);
  const { parts, proof } = said.decompositions.BCNF;
  const at = parts.findIndex((part) => part.attributes.includes('city'));
  expect(proof.tableau).toEqual(parts.map((_, row) => (row === at ? `a b${row + 1} a` : `b${row + 1} a a`)));
  expect(proof.chase).toEqual([{ dependency: [['zip'], ['city']], row: 2 - at, from: at + 1, attribute: 'city' }]);
  expect(proof.row).toBe(2 - at);
  expect(proof.homes).toEqual([
    { dependency: [['city', 'street'], ['zip']], kind: 'lost', parts: [], steps: [] },
    { dependency: [['zip'], ['city']], kind: 'inside', parts: [`r${at + 1}`], steps: [[['zip'], ['city']]] },
  ]);
  const [loss] = proof.losses;
  expect(loss?.join.toSorted()).toEqual(['r1', 'r2']);
  expect(loss?.assertion).toContain('CREATE ASSERTION city_street_determines_zip');
  expect(loss?.triggers).toHaveLength(4);
});

test('names that PostgreSQL would cut are numbered instead', () => {
  const [city, street, zip] = ['city', 'street', 'zip'].map((name) => `${name}_${'x'.repeat(20)}`) as [string, string, string];
  const said = report({
    attributes: [city, street, zip],
    dependencies: [
      [[city, street], [zip]],
      [[zip], [city]],
    ],
  });
  expect(said.decompositions.BCNF.proof.losses[0]?.assertion).toContain('CREATE ASSERTION keep_dependency_1 ');
});

test('sample rows show the anomaly of each breach', () => {
  const said = report({
    attributes: ['id', 'zip', 'city'],
    dependencies: [
      [['id'], ['zip']],
      [['zip'], ['city']],
    ],
    rows: [
      [1, '8001', 'Zürich'],
      [2, '8001', 'Zürich'],
      [3, '3011', 'Bern'],
    ],
  });
  expect(said.proofs[0]).toMatchObject({
    notPrime: ['city'],
    anomaly: { delete: 'Deleting the last row with some zip loses its city.' },
    rows: { repeated: [{ left: ['8001'], right: ['Zürich'], rows: [0, 1] }], redundant: 1, lonely: [2], conflicts: [] },
  });
});

test('a partial dependency names the key that holds its left side', () => {
  const said = report({
    attributes: ['order', 'product', 'quantity', 'price'],
    dependencies: [
      [['order', 'product'], ['quantity']],
      [['product'], ['price']],
    ],
  });
  expect(said.proofs).toMatchObject([{ form: '2NF', left: ['product'], partOfKey: ['order', 'product'], notPrime: ['price'] }]);
});

test('covers: the fewest dependencies, and whether another minimal cover exists', () => {
  const circle = report({
    attributes: ['a', 'b', 'c'],
    dependencies: [
      [['a'], ['b', 'c']],
      [['b'], ['a', 'c']],
      [['c'], ['a', 'b']],
    ],
  });
  expect(circle.otherCovers).toBe(true);
  expect(report({ attributes: ['a', 'b'], dependencies: [[['a'], ['b']]] }).otherCovers).toBe(false);
  expect(circle.minimumCover.length).toBe(3);
});

test('4NF and 5NF come with the reason, and a multivalued dependency with its basis', () => {
  const simple = report({ attributes: ['id', 'name'], dependencies: [[['id'], ['name']]] });
  expect(simple).toMatchObject({
    forms: { '4NF': true, '5NF': true },
    because: { '5NF': expect.stringContaining('every key is one attribute') },
  });
  const said = report({ attributes: ['course', 'teacher', 'book'], dependencies: [], multivalued: [[['course'], ['teacher']]] });
  expect(said).toMatchObject({ highest: 'BCNF', forms: { '4NF': false, '5NF': false } });
  expect(said.proofs).toMatchObject([
    {
      form: '4NF',
      left: ['course'],
      right: ['teacher'],
      missing: ['teacher', 'book'],
      basis: [['teacher'], ['book']],
      derivation: [[['course'], ['teacher']]],
      anomaly: { insert: expect.stringContaining('every book') },
    },
  ]);
  expect(said.decompositions['4NF'].proof.splits).toEqual([
    { of: ['course', 'teacher', 'book'], left: ['course'], right: ['teacher'] },
  ]);
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
  [{ attributes: ['A'], dependencies: [], rows: [['1', '2']] }, '"rows"'],
  [{ attributes: ['A'], dependencies: [], rows: [[{}]] }, '"rows"'],
])('refuses %j, saying what is wrong', (input, words) => {
  const heading = readHeading(input);
  expect(heading.ok ? '' : heading.problem.message).toContain(words);
});

test('an empty heading is its own answer', () => {
  expect(report({ attributes: [], dependencies: [] })).toMatchObject({ keys: [[]], highest: 'BCNF' });
});
