import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { fdSet } from '../normalize/dependencies.ts';
import { combineFreely, freeCombination } from './free.ts';
import { relationOf } from './relation.ts';

const names = ['a', 'b', 'c', 'd'];

describe('lists that stand side by side', () => {
  it('are those whose rows are there in every combination, as the definition of multivalued dependencies says', () => {
    const row = fc.tuple(fc.nat(1), fc.nat(2), fc.nat(2)).map((cells) => cells.map(String));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
        const there = new Set(rows.map((one) => one.join()));
        const free = rows.every((one) =>
          rows.every((other) => one[0] !== other[0] || there.has([one[0], one[1], other[2]].join())),
        );
        expect(combineFreely(relationOf(names.slice(0, 3), rows), [0], [1], [2])).toBe(free);
      }),
      runs(5142, 300),
    );
  });

  /** Lines of what was sold and the lists that the things are on. */
  const sold = (onLists: (thing: number) => number[]) => {
    const lines = [0, 1, 2, 0, 1, 2, 0].map((thing, line) => ({ line, thing }));
    return lines.flatMap(({ line, thing }) =>
      onLists(thing).map((list) => [String(line), String(thing), String(list), `L${list}`]),
    );
  };
  const { fds } = fdSet(4, [
    [[0], [1]],
    [[2], [3]],
  ]);

  it('are found in a key, with what they share', () => {
    const relation = relationOf(
      names,
      sold((thing) => [thing, thing + 1]),
    );
    expect(freeCombination(relation, [0, 2], [...fds, ...fdSet(4, [[[1], []]]).fds])).toEqual({
      left: [1],
      sides: [
        [0, 1],
        [1, 2, 3],
      ],
    });
  });

  it('are not where a combination is missing, where nothing shows it, and in a key of one column', () => {
    const shared = [...fds, ...fdSet(4, [[[1], []]]).fds];
    const rows = sold((thing) => [thing, thing + 1]).slice(1);
    expect(freeCombination(relationOf(names, rows), [0, 2], shared)).toBeUndefined();
    expect(
      freeCombination(
        relationOf(
          names,
          sold((thing) => [thing]),
        ),
        [0, 2],
        shared,
      ),
    ).toBeUndefined();
    expect(
      freeCombination(
        relationOf(
          names,
          sold((thing) => [thing]),
        ),
        [0],
        shared,
      ),
    ).toBeUndefined();
  });
});
