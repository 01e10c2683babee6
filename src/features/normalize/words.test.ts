import { describe, expect, it } from 'vitest';
import type { BreachFact, JoinFact } from '#engine/decompose/comparison-types.ts';
import { breachTitle, breachWords, factText, homeWords, listed, scriptText, setText, symbolText, tableauAt } from './words.ts';

const nameOf = (id: string) => id;
const anomaly = { update: '', insert: '', delete: '' };
const BREACH: BreachFact = {
  form: '3NF',
  determinant: ['zip'],
  dependent: ['city', 'state'],
  closure: ['zip', 'city', 'state'],
  missing: ['id', 'street'],
  derivation: [],
  nonPrime: ['city', 'state'],
  keys: [['id'], ['street', 'zip']],
  anomaly,
};

describe('words of a breach', () => {
  it('say what the closure misses and why the attributes are not prime', () => {
    expect(breachTitle(BREACH)).toBe('Why not third normal form');
    expect(breachWords(BREACH, nameOf)).toEqual([
      'It misses id and street, so zip is no key.',
      'city and state are in no candidate key ({id} or {street, zip}): they are not prime.',
    ]);
  });

  it('say of which key the left side is a part, and of one attribute that it is not prime', () => {
    const second: BreachFact = { ...BREACH, form: '2NF', dependent: ['city'], nonPrime: ['city'], inside: ['street', 'zip'] };
    expect(breachWords(second, nameOf).slice(1)).toEqual([
      'zip is part of the candidate key {street, zip}.',
      'city is in no candidate key ({id} or {street, zip}): it is not prime.',
    ]);
  });

  it('say of prime attributes that only BCNF is broken', () => {
    const bcnf: BreachFact = {
      ...BREACH,
      form: 'BCNF',
      determinant: ['a', 'b'],
      dependent: ['city'],
      nonPrime: [],
      keys: [['id']],
    };
    expect(breachWords(bcnf, nameOf)).toEqual([
      'It misses id and street, so a and b together are no key.',
      'city is prime, which third normal form allows; but every left side should be a key ({id}).',
    ]);
  });

  it('name the blocks that combine freely', () => {
    const fourth: BreachFact = {
      ...BREACH,
      form: '4NF',
      determinant: ['course'],
      dependent: ['book'],
      blocks: [['book'], ['teacher']],
    };
    expect(breachWords(fourth, nameOf)[1]).toBe(
      'For one course, book combines freely with the rest: the blocks are {book}, {teacher}.',
    );
  });
});

it('lists, sets, facts and symbols read as in textbooks', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
  expect(setText(['a', 'b'], nameOf)).toBe('{a, b}');
  expect(factText({ determinant: [], dependent: ['a'] }, nameOf)).toBe('∅ → a');
  expect([symbolText(0), symbolText(2)]).toEqual(['a', 'b2']);
});

it('a tableau is replayed step by step, and never changes the start', () => {
  const fact = { determinant: ['b'], dependent: ['c'] };
  const join: JoinFact = {
    start: [
      [0, 0, 1],
      [2, 0, 0],
    ],
    steps: [{ ...fact, row: 0, from: 1, column: 2 }],
    whole: 0,
    merges: [],
  };
  expect(tableauAt(join, 0)).toEqual(join.start);
  expect(tableauAt(join, 1)).toEqual([
    [0, 0, 0],
    [2, 0, 0],
  ]);
  expect(join.start[0]).toEqual([0, 0, 1]);
});

it('a home says which tables check a dependency, and by which steps', () => {
  const fact = { determinant: ['a'], dependent: ['c'] };
  const names = ['orders', 'customers'];
  expect(homeWords({ ...fact, kind: 'inside', tables: [1], steps: [] }, names, nameOf)).toBe('in customers');
  const steps = [
    { determinant: ['a'], dependent: ['b'] },
    { determinant: ['b'], dependent: ['c'] },
  ];
  expect(homeWords({ ...fact, kind: 'joint', tables: [0, 1], steps }, names, nameOf)).toBe(
    'in orders and customers together: a → b in orders; b → c in customers',
  );
  expect(homeWords({ ...fact, kind: 'lost', tables: [], steps: [], join: [0, 1] }, names, nameOf)).toBe(
    'lost: only the join of orders and customers shows it',
  );
  expect(homeWords({ ...fact, kind: 'lost', tables: [], steps: [], join: [] }, names, nameOf)).toBe(
    'lost: no join of the tables shows it',
  );
});

it('a script names each phase once and puts every line of a note into a comment', () => {
  const text = scriptText(
    [
      { phase: 'guard', note: 'One\nDROP TABLE a;', sql: 'SELECT 1;\n' },
      { phase: 'guard', note: 'Two', sql: 'SELECT 2;' },
      { phase: 'fill', note: 'Three', sql: 'SELECT 3;' },
    ],
    'postgresql',
  );
  expect(text.match(/^-- guard:/gm)).toHaveLength(1);
  expect(text).toContain('-- One\n-- DROP TABLE a;\nSELECT 1;\n\n-- Two\nSELECT 2;');
  expect(text).toContain('-- fill: Copy the rows.\n-- Three\nSELECT 3;\n');
});
