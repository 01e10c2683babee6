import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Index } from '#model/table-parts.ts';
import { runs } from '#test/runs.ts';
import { accessOfIndex } from '../../rules/index-facts.ts';
import { type IndexSurroundings, redundancy } from './redundancy.ts';

const NUMBERS: IndexSurroundings = { kindOf: () => 'number', tail: [] };
const WITH_KEY: IndexSurroundings = { kindOf: () => undefined, tail: [{ column: 'id' }] };

/** `U a b- (c) WHERE x`: unique, elements (`-` descending, `a:5` leading characters), included columns, predicate. */
function index(text: string, extra: Partial<Index> = {}): Index {
  const [head = '', where] = text.split(' WHERE ');
  const unique = head.startsWith('U ');
  const [elements = '', included] = head.replace(/^U /, '').split(' (');
  return {
    id: 'i',
    ...(unique ? { unique: true } : {}),
    elements: elements.split(' ').map((one) => {
      const [name = '', length] = one.replace('-', '').split(':');
      return {
        column: name,
        ...(one.endsWith('-') ? { order: 'desc' as const } : {}),
        ...(length === undefined ? {} : { length: Number(length) }),
      };
    }),
    ...(included === undefined ? {} : { include: included.replace(')', '').split(' ') }),
    ...(where === undefined ? {} : { where }),
    ...extra,
  };
}

function judge(
  a: string,
  b: string,
  later = true,
  around = NUMBERS,
  extra: Partial<Index> = {},
  other: Partial<Index> = {},
): string {
  const found = redundancy(accessOfIndex(index(a, extra)), accessOfIndex(index(b, other)), later, around);
  if (found === undefined) return 'needed';
  return [
    found.kind,
    ...(found.rows === 'fewer' ? ['fewer rows'] : []),
    ...(found.looksUpMore === true ? ['looks up more'] : []),
  ].join(', ');
}

describe('an index beside another', () => {
  it.each([
    // Both plain.
    ['a', 'a', 'duplicate'],
    ['a', 'a-', 'duplicate'],
    ['a b-', 'a- b', 'duplicate'],
    ['a b-', 'a b', 'needed'],
    ['a', 'a b', 'prefix'],
    ['a-', 'a b', 'prefix'],
    ['a b', 'a', 'needed'],
    ['b', 'a b', 'needed'],
    ['a b', 'b a', 'needed'],
    ['a (c)', 'a b', 'needed'],
    ['a (b)', 'a b', 'prefix'],
    ['a (c)', 'a b (c)', 'prefix'],
    ['a (c)', 'a (c d)', 'duplicate'],
    ['a (c d)', 'a (c)', 'needed'],
    // Plain beside unique.
    ['a', 'U a', 'of-unique'],
    ['a', 'U a b', 'prefix'],
    ['a b', 'U a', 'needed'],
    ['a (c)', 'U a', 'needed'],
    // Unique beside plain: never.
    ['U a', 'a', 'needed'],
    ['U a', 'a b', 'needed'],
    // Both unique: the other's columns among its own.
    ['U a', 'U a', 'duplicate'],
    ['U a b', 'U a', 'enforces-nothing'],
    ['U b a', 'U a', 'enforces-nothing, looks up more'],
    ['U b a', 'U a b', 'enforces-nothing'],
    ['U a b (c)', 'U a', 'enforces-nothing, looks up more'],
    ['U a b', 'U c', 'needed'],
    ['U a', 'U a b', 'needed'],
    // Predicates.
    ['a WHERE n = 1', 'a WHERE n = 1', 'duplicate'],
    ['a WHERE n = 1', 'a WHERE 1 = n', 'duplicate'],
    ['a WHERE n = 1', 'a WHERE n IN (1, 2)', 'duplicate, fewer rows'],
    ['a WHERE n = 1', 'a', 'duplicate, fewer rows'],
    ['a WHERE n = 1', 'a b WHERE n > 0', 'prefix, fewer rows'],
    ['a WHERE n > 0', 'a b WHERE n = 1', 'needed'],
    ['a', 'a WHERE n = 1', 'needed'],
    ['U a WHERE n = 1', 'U a WHERE n IS NOT NULL', 'enforces-nothing, fewer rows'],
    ['U a WHERE n = 1', 'U a WHERE n = 2', 'needed'],
    ['U a', 'U a WHERE n = 1', 'needed'],
    // Leading characters only.
    ['a:5', 'a:5', 'duplicate'],
    ['a:5', 'a', 'prefix'],
    ['a', 'a:5', 'needed'],
    ['a:5', 'a:3', 'needed'],
    ['a:3', 'U a:5', 'prefix'],
    ['a:3 b:9', 'a:5 b:9 c', 'prefix'],
    ['a:3 b:9', 'a:5 b:8', 'needed'],
    ['a:3 b', 'a b:8', 'needed'],
    ['U a:3', 'U a', 'needed'],
  ])('%s beside %s: %s', (a, b, expected) => {
    expect(judge(a, b)).toBe(expected);
  });

  it('keeps the earlier of two that are equal', () => {
    expect(judge('a', 'a', false)).toBe('needed');
    expect(judge('a', 'a b', false)).toBe('prefix');
  });

  it('is compared with those of its own method only, and by its first columns only where they are ordered', () => {
    expect(judge('a', 'a', true, NUMBERS, { method: 'hash' })).toBe('needed');
    expect(judge('a', 'a', true, NUMBERS, { method: 'hash' }, { method: 'hash' })).toBe('duplicate');
    for (const method of ['fulltext', 'gin', 'hash']) {
      expect(judge('a', 'a b', true, NUMBERS, { method }, { method })).toBe('needed');
      expect(judge('a', 'a-', true, NUMBERS, { method }, { method })).toBe('needed');
    }
  });

  it('is not replaced by one that the planner does not see', () => {
    expect(judge('a', 'a b', true, NUMBERS, {}, { invisible: true })).toBe('needed');
    expect(judge('a', 'a', true, NUMBERS, {}, { invisible: true })).toBe('needed');
    expect(judge('a', 'a', false, NUMBERS, { invisible: true })).toBe('duplicate');
  });

  it('that takes NULL for a value is not replaced by one that does not', () => {
    expect(judge('U a b', 'U a', true, NUMBERS, { nullsNotDistinct: true })).toBe('needed');
    expect(judge('U a b', 'U a', true, NUMBERS, {}, { nullsNotDistinct: true })).toBe('enforces-nothing');
  });

  it('holds the primary key at its end where all do', () => {
    expect(judge('a id', 'a', true, WITH_KEY)).toBe('prefix');
    expect(judge('a', 'a id', true, WITH_KEY)).toBe('needed');
    expect(judge('a', 'a id', true, NUMBERS)).toBe('prefix');
    expect(judge('a id', 'a', true, NUMBERS)).toBe('needed');
    expect(judge('a', 'U a id', true, WITH_KEY)).toBe('prefix');
    expect(judge('a', 'a id b', true, WITH_KEY)).toBe('prefix');
    expect(judge('a id', 'a b', true, WITH_KEY)).toBe('needed');
    expect(judge('id a', 'a', true, WITH_KEY)).toBe('needed');
    expect(judge('a:5', 'a id', true, WITH_KEY)).toBe('prefix');
    expect(judge('a id', 'a:5', true, WITH_KEY)).toBe('needed');
    // Of the key's column, characters alone: both orders and both ways round, one goes and the other stays.
    for (const later of [true, false]) {
      expect(judge('a', 'a id:3', later, WITH_KEY)).toBe('needed');
      expect(judge('a id:3', 'a', later, WITH_KEY)).toBe('prefix');
      expect(judge('a id:3', 'a id:5', later, WITH_KEY)).toBe('prefix');
      expect(judge('a id:5', 'a id:3', later, WITH_KEY)).toBe('needed');
    }
  });
});

describe('of random indexes', () => {
  const element = fc
    .tuple(fc.constantFrom('a', 'b', 'c', 'id'), fc.constantFrom('', '', '-'), fc.constantFrom('', '', '', ':3', ':5'))
    .map(([name, way, length]) => `${name}${way}${length}`);
  const made = fc
    .record({
      unique: fc.boolean(),
      elements: fc.uniqueArray(element, { minLength: 1, maxLength: 3, selector: (one) => one.replace(/[-:].*/, '') }),
      include: fc.constantFrom('', '', ' (d)'),
      where: fc.constantFrom('', '', ' WHERE n = 1', ' WHERE n > 0', ' WHERE n IN (1, 2)', ' WHERE n IS NOT NULL'),
    })
    .map(({ unique, elements, include, where }) => `${unique ? 'U ' : ''}${elements.join(' ')}${include}${where}`);

  it('no two replace each other, nor any in a ring', () => {
    fc.assert(
      fc.property(fc.array(made, { minLength: 2, maxLength: 5 }), fc.constantFrom(NUMBERS, WITH_KEY), (list, around) => {
        // Rows aside: dropping whatever is replaced leaves, for each, one that stays and replaces it.
        const replaced = list.map((one, at) =>
          list.flatMap((other, by) => (by !== at && judge(one, other, at > by, around) !== 'needed' ? [by] : [])),
        );
        const stays = (at: number, seen: readonly number[]): boolean =>
          replaced[at]?.length === 0 || (replaced[at] ?? []).some((by) => !seen.includes(by) && stays(by, [...seen, by]));
        for (const at of list.keys()) expect([list, at, stays(at, [at])]).toEqual([list, at, true]);
        for (const [at, by] of replaced.entries())
          for (const other of by) expect([list, replaced[other]?.includes(at)]).toEqual([list, false]);
      }),
      runs(641, 400),
    );
  });
});
