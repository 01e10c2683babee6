import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import type { Id, Relationship } from '../types.ts';
import { neighbourhood, type Reach, shortestPaths } from './neighbourhood.ts';

type Edge = readonly [child: number, parent: number];

function linksFrom(edges: readonly Edge[]) {
  const byChild = new Map<Id, Relationship[]>();
  const byParent = new Map<Id, Relationship[]>();
  edges.forEach(([child, parent], at) => {
    const one: Relationship = { id: `r${at}`, child: `t${child}`, parent: `t${parent}`, childColumns: [], parentColumns: [] };
    byChild.set(one.child, [...(byChild.get(one.child) ?? []), one]);
    byParent.set(one.parent, [...(byParent.get(one.parent) ?? []), one]);
  });
  return { byChild, byParent };
}

const COUNT = 7;
const vertex = fc.integer({ min: 0, max: COUNT - 1 });
const edges = fc.array(fc.tuple(vertex, vertex), { maxLength: 12 });
const reaches = fc.constantFrom<Reach>('both', 'parents', 'children');

/** Whether one step of a walk may go there. */
const steps = (list: readonly Edge[], reach: Reach, a: number, b: number) =>
  a !== b &&
  list.some(
    ([child, parent]) =>
      (reach !== 'children' && child === a && parent === b) || (reach !== 'parents' && parent === a && child === b),
  );

/** Every way without repetition from one vertex to another, found by trying all. */
function allWays(list: readonly Edge[], reach: Reach, from: number, to: number, been: readonly number[] = []): number[][] {
  const way = [...been, from];
  if (from === to) return [way];
  return Array.from({ length: COUNT }, (_, at) => at).flatMap((at) =>
    !way.includes(at) && steps(list, reach, from, at) ? allWays(list, reach, at, to, way) : [],
  );
}

describe('neighbours', () => {
  it('are those that trying every way finds within the depth, at their least distance', () => {
    fc.assert(
      fc.property(edges, vertex, fc.integer({ min: 0, max: 4 }), reaches, (list, seed, depth, reach) => {
        const found = neighbourhood(linksFrom(list), [`t${seed}`], depth, reach);
        const wanted = Array.from({ length: COUNT }, (_, at) => at).flatMap((at) => {
          const lengths = allWays(list, reach, seed, at).map((way) => way.length - 1);
          const least = Math.min(...lengths);
          return least <= depth ? [[`t${at}`, least] as const] : [];
        });
        expect([...found].sort()).toEqual(wanted.sort());
      }),
      runs(21, 150),
    );
  });

  it('of several tables are those of each', () => {
    const links = linksFrom([
      [0, 1],
      [2, 3],
      [3, 4],
    ]);
    expect([...neighbourhood(links, ['t0', 't2'], 1, 'both').keys()].sort()).toEqual(['t0', 't1', 't2', 't3']);
    expect([...neighbourhood(links, ['t2'], 2, 'parents')]).toEqual([
      ['t2', 0],
      ['t3', 1],
      ['t4', 2],
    ]);
    expect([...neighbourhood(links, ['t4'], 9, 'parents').keys()]).toEqual(['t4']);
    expect([...neighbourhood(links, ['gone'], 3, 'both').keys()]).toEqual(['gone']);
  });
});

describe('paths', () => {
  it('are all the shortest ones that trying every way finds', () => {
    fc.assert(
      fc.property(edges, vertex, vertex, (list, from, to) => {
        const ways = allWays(list, 'both', from, to);
        const least = Math.min(...ways.map((way) => way.length));
        const wanted = ways.filter((way) => way.length === least).map((way) => way.map((at) => `t${at}`));
        expect([...shortestPaths(linksFrom(list), `t${from}`, `t${to}`, 1000)]).toEqual(wanted.sort());
      }),
      runs(22, 150),
    );
  });

  it('stop at the limit', () => {
    // A ladder of diamonds: 2 to the 20 shortest ways.
    const ladder = Array.from({ length: 20 }, (_, at): Edge[] => [
      [3 * at, 3 * at + 1],
      [3 * at, 3 * at + 2],
      [3 * at + 1, 3 * at + 3],
      [3 * at + 2, 3 * at + 3],
    ]).flat();
    const found = shortestPaths(linksFrom(ladder), 't0', 't60', 5);
    expect(found).toHaveLength(5);
    expect(new Set(found.map((path) => path.join())).size).toBe(5);
    expect(found.every((path) => path.length === 41)).toBe(true);
    expect(shortestPaths(linksFrom(ladder), 't0', 'elsewhere')).toEqual([]);
    expect(shortestPaths(linksFrom(ladder), 't0', 't0')).toEqual([['t0']]);
  });
});
