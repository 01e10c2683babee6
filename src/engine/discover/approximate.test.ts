import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { UNLIMITED } from '../budget.ts';
import { approximateFds } from './approximate.ts';
import { relationOf } from './relation.ts';

type Row = readonly string[];

/** Rows that must go so that the dependency holds, by trying for each group each value as the one that stays. */
function violating(rows: readonly Row[], left: readonly number[], right: number): number {
  const groups = new Map<string, string[]>();
  for (const row of rows) {
    const key = left.map((column) => row[column]).join('|');
    groups.set(key, [...(groups.get(key) ?? []), row[right] as string]);
  }
  return [...groups.values()].reduce((sum, values) => {
    return sum + Math.min(...values.map((stay) => values.filter((value) => value !== stay).length));
  }, 0);
}

describe('dependencies that nearly hold', () => {
  const rows = fc.array(fc.array(fc.constantFrom('0', '1', '2'), { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 25 });

  it('have the g3 that counting gives, none that holds is among them, and their examples show it', () => {
    fc.assert(
      fc.property(rows, (data) => {
        const found = approximateFds(relationOf(['a', 'b', 'c', 'd'], data), UNLIMITED, { maxError: 0.3 });
        expect(found.complete).toBe(true);
        for (const { left, right, violating: count, g3, examples } of found.value) {
          expect(count).toBe(violating(data, left, right));
          expect(count).toBeGreaterThan(0);
          expect(g3).toBeCloseTo(count / data.length, 12);
          expect(g3).toBeLessThanOrEqual(0.3);
          expect(examples.length).toBeGreaterThan(0);
          for (const { usual, odd } of examples) {
            for (const column of left) expect(data[usual]?.[column]).toBe(data[odd]?.[column]);
            expect(data[usual]?.[right]).not.toBe(data[odd]?.[right]);
          }
        }
      }),
      runs(5401, 200),
    );
  });

  it('of one column on the left are all found', () => {
    fc.assert(
      fc.property(rows, (data) => {
        const found = approximateFds(relationOf(['a', 'b', 'c', 'd'], data), UNLIMITED, { maxError: 0.2, maxLeft: 1 });
        for (let left = 0; left < 4; left++) {
          for (let right = 0; right < 4; right++) {
            const count = violating(data, [left], right);
            const groups = new Map<string, number>();
            for (const row of data) groups.set(row[left] as string, (groups.get(row[left] as string) ?? 0) + 1);
            const repeating = [...groups.values()].filter((size) => size > 1);
            const could = repeating.reduce((sum, size) => sum + size - 1, 0);
            const wanted =
              left !== right && groups.size > 1 && count > 0 && count <= Math.floor(data.length * 0.2) && count * 2 <= could;
            expect(found.value.some((one) => one.left[0] === left && one.right === right)).toBe(wanted);
          }
        }
      }),
      runs(5402, 200),
    );
  });

  it('name the rows that disagree', () => {
    const data = Array.from({ length: 100 }, (_, i) => [String(i), String(i % 10), i === 37 ? 'Basle' : `city ${i % 10}`]);
    const found = approximateFds(relationOf(['id', 'zip', 'city'], data), UNLIMITED);
    expect(found.value[0]).toMatchObject({
      left: [1],
      right: 2,
      violating: 1,
      g3: 0.01,
      support: 100,
      examples: [{ usual: 7, odd: 37 }],
    });
  });

  it('say when the search was stopped', () => {
    const relation = relationOf(
      ['a', 'b'],
      [
        ['1', '2'],
        ['1', '3'],
        ['2', '2'],
      ],
    );
    for (let looks = 0; looks < 3; looks++) {
      let rest = looks;
      expect(approximateFds(relation, { shouldStop: () => rest-- <= 0 }).complete).toBe(false);
    }
    expect(approximateFds(relation, UNLIMITED).complete).toBe(true);
  });
});
