/** Answers by trying every subset: slow, short and independent of the engine, to judge it by. */

export type Pair = readonly [left: readonly number[], right: readonly number[]];

export interface Oracle {
  readonly keys: number[];
  readonly prime: number;
  readonly is: Record<'2NF' | '3NF' | 'EKNF' | 'BCNF', boolean>;
  close(mask: number): number;
}

export const maskOf = (items: Iterable<number>): number => [...items].reduce((mask, item) => mask | (1 << item), 0);
export const itemsOf = (mask: number): number[] => Array.from({ length: 31 }, (_, i) => i).filter((i) => (mask >> i) & 1);

export function oracle(size: number, pairs: readonly Pair[]): Oracle {
  const masks = pairs.map(([left, right]) => [maskOf(left), maskOf(right)] as const);
  const all = 2 ** size - 1;
  const close = (start: number) => {
    let mask = start;
    for (;;) {
      const before = mask;
      for (const [left, right] of masks) if ((left & ~mask) === 0) mask |= right;
      if (mask === before) return mask;
    }
  };
  const closures = Array.from({ length: all + 1 }, (_, mask) => close(mask));
  const proper = (mask: number) => itemsOf(mask).map((item) => mask & ~(1 << item));
  const superkeys = closures.flatMap((closure, mask) => (closure === all ? [mask] : []));
  const keys = superkeys.filter((mask) => proper(mask).every((smaller) => closures[smaller] !== all));
  const prime = keys.reduce((mask, key) => mask | key, 0);
  return { keys, prime, is: judge(closures, keys, prime, all), close };
}

function judge(closures: readonly number[], keys: readonly number[], prime: number, all: number): Oracle['is'] {
  const is = { '2NF': true, '3NF': true, EKNF: true, BCNF: true };
  const has = (mask: number, inner: number) => (inner & ~mask) === 0;
  const full = (left: number, item: number) =>
    itemsOf(left).every((drop) => (((closures[left & ~(1 << drop)] as number) >> item) & 1) === 0);
  const elementary = keys.filter((key) => itemsOf(all & ~key).some((item) => full(key, item))).reduce((mask, key) => mask | key, 0);
  for (let left = 0; left <= all; left++) {
    for (const item of itemsOf((closures[left] as number) & ~left)) {
      const bit = 1 << item;
      if (closures[left] !== all) {
        is.BCNF = false;
        if (!has(prime, bit)) is['3NF'] = false;
        if (full(left, item) && !has(elementary, bit)) is.EKNF = false;
      }
      if (!has(prime, bit) && keys.some((key) => key !== left && has(key, left))) is['2NF'] = false;
    }
  }
  return is;
}

/** Dependencies that hold on a part, all of them, by closing every subset: the oracle of projections. */
export function projectAll(size: number, pairs: readonly Pair[], part: number): Pair[] {
  const { close } = oracle(size, pairs);
  const inside: Pair[] = [];
  for (let left = part; ; left = (left - 1) & part) {
    inside.push([itemsOf(left), itemsOf(close(left) & part)]);
    if (left === 0) return inside;
  }
}

/** Renumbers dependencies inside a part from 0. */
export function narrowPairs(pairs: readonly Pair[], part: number): Pair[] {
  const items = itemsOf(part);
  const at = (list: readonly number[]) => list.map((item) => items.indexOf(item));
  return pairs.map(([left, right]) => [at(left), at(right)]);
}

/** A repeatable source of numbers in [0, 1). */
export function lcg(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A random schema of 1 to 7 attributes; some have equivalent attributes, empty left sides or repeated dependencies. */
export function randomSchema(random: () => number): { size: number; pairs: Pair[] } {
  const size = 1 + Math.floor(random() * 7);
  const pick = (chance: number) => Array.from({ length: size }, (_, i) => i).filter(() => random() < chance);
  const pairs = Array.from({ length: Math.floor(random() * 7) }, (): Pair => {
    const left = pick(0.3);
    return [left.length === 0 && random() < 0.8 ? [Math.floor(random() * size)] : left, pick(0.25)];
  });
  return { size, pairs };
}
