import { addBit, allBits, type Bits, bitItems, hasBit, intersection, isEmpty, isSubset, minus, noBits } from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import { closer, unionOf } from './closure.ts';
import { minimalCover } from './cover.ts';
import type { Fd, FdSet } from './dependencies.ts';

/** Attributes among which a key chooses, whatever it chooses elsewhere. */
export interface Factor {
  readonly attributes: Bits;
  /** The dependencies that decide the choice: both sides are inside. */
  readonly fds: readonly Fd[];
}

export interface Factored {
  /** Attributes of every key. */
  readonly core: Bits;
  readonly factors: readonly Factor[];
}

/**
 * Splits the question for all keys into independent ones. Attributes that determine each other in a circle form a strongly
 * connected component of the graph from left sides to right sides. Nothing outside a component without incoming edges
 * helps to determine it, so a key holds a key of that component, any one, and everything the component determines is out.
 * What is left is split again. A component of one attribute is in every key: the reduction of Saiedian and Spencer (The
 * Computer Journal 39(2), 1996) is this step with single attributes only.
 * @param cover a minimal cover: what is redundant would join components that have nothing to do with each other.
 */
export function factorKeys(cover: FdSet, budget: Budget): Factored {
  const { size } = cover;
  const core = noBits(size);
  const factors: Factor[] = [];
  let { fds } = cover;
  let rest = minus(allBits(size), closer({ size, fds }).close(noBits(size)));
  while (!isEmpty(rest)) {
    const sources = sourceComponents(size, rest, fds);
    for (const attributes of sources) {
      const items = bitItems(attributes);
      if (items.length === 1) addBit(core, items[0] as number);
      else factors.push({ attributes, fds: fds.filter((fd) => isSubset(fd.right, attributes)) });
    }
    const determined = closer({ size, fds }).close(unionOf(noBits(size), sources));
    rest = minus(rest, determined);
    const kept = fds.flatMap((fd) => {
      const right = intersection(fd.right, rest);
      return isEmpty(right) ? [] : [{ left: minus(fd.left, determined), right }];
    });
    fds = kept.length === 0 ? kept : minimalCover({ size, fds: kept }, budget).fds;
  }
  return { core, factors };
}

/** Strongly connected components without an edge from outside: Tarjan (SIAM J. Computing 1(2), 1972), without recursion. */
function sourceComponents(size: number, rest: Bits, fds: readonly Fd[]): Bits[] {
  const next = edges(size, rest, fds);
  const component = componentsOf(size, rest, next);
  const fed = new Set<number>();
  next.forEach((heads, tail) => {
    for (const head of heads) if (component[head] !== component[tail]) fed.add(component[head] as number);
  });
  const byComponent = new Map<number, Bits>();
  for (const item of bitItems(rest)) {
    const id = component[item] as number;
    if (fed.has(id)) continue;
    const bits = byComponent.get(id) ?? noBits(size);
    addBit(bits, item);
    byComponent.set(id, bits);
  }
  return [...byComponent.values()];
}

function edges(size: number, rest: Bits, fds: readonly Fd[]): number[][] {
  const next: number[][] = Array.from({ length: size }, () => []);
  for (const fd of fds) {
    const heads = bitItems(fd.right).filter((item) => hasBit(rest, item));
    for (const tail of bitItems(fd.left)) next[tail]?.push(...heads);
  }
  return next;
}

function componentsOf(size: number, rest: Bits, next: readonly number[][]): Int32Array {
  const order = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const component = new Int32Array(size).fill(-1);
  const stack: number[] = [];
  let clock = 0;
  let found = 0;
  for (const root of bitItems(rest)) {
    if (order[root] !== -1) continue;
    const path: { node: number; at: number }[] = [];
    const enter = (node: number) => {
      order[node] = clock;
      low[node] = clock++;
      stack.push(node);
      path.push({ node, at: 0 });
    };
    enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node } = top;
      const head = (next[node] as number[])[top.at++];
      if (head === undefined) {
        path.pop();
        const above = path.at(-1);
        if (above !== undefined) low[above.node] = Math.min(low[above.node] as number, low[node] as number);
        if (low[node] !== order[node]) continue;
        for (let last = stack.pop(); last !== undefined; last = last === node ? undefined : stack.pop()) component[last] = found;
        found++;
      } else if (order[head] === -1) enter(head);
      else if (component[head] === -1) low[node] = Math.min(low[node] as number, order[head] as number);
    }
  }
  return component;
}
