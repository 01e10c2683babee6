import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitItems } from '#lib/bitset.ts';
import { runs } from '#test/runs.ts';
import { UNLIMITED } from '../../budget.ts';
import { type DependencySets, discoverDependencies, fdsOf, keysOf } from '../dependencies.ts';
import { relationOf } from '../relation.ts';
import { singleColumnDependencies } from './single.ts';

function told(sets: DependencySets) {
  return { fds: fdsOf(sets).map(({ left, right }) => [bitItems(left), bitItems(right)]), keys: keysOf(sets), count: sets.count };
}

describe('dependencies with one column on the left', () => {
  const cell = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined });
  const table = fc.integer({ min: 1, max: 40 }).chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { maxLength: 8 }),
      nulls: fc.constantFrom('equal' as const, 'distinct' as const),
    }),
  );

  it('are those that the whole search finds', () => {
    fc.assert(
      fc.property(table, ({ columns, rows, nulls }) => {
        const names = Array.from({ length: columns }, (_, at) => `c${at}`);
        const relation = relationOf(names, rows);
        const whole = discoverDependencies(relation, UNLIMITED, { nulls, maxLeft: 1 });
        expect(told(singleColumnDependencies(relation, nulls))).toEqual(told(whole.value));
      }),
      runs(31, 200),
    );
  });
});
