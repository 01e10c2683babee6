/** Discovery by trying everything: slow, short and independent of the engine, to judge it by. */

export type Cell = string | undefined;
export type Rows = readonly (readonly Cell[])[];
export type Nulls = 'equal' | 'distinct';

/** Dependencies `a,b>c` and keys `a,b` of column numbers, sorted. */
export interface Listed {
  readonly fds: readonly string[];
  readonly keys: readonly string[];
}

const members = (mask: number) => Array.from({ length: 31 }, (_, i) => i).filter((i) => (mask >> i) & 1);

function equal(a: Cell, b: Cell, nulls: Nulls): boolean {
  if (a === undefined || b === undefined) return nulls === 'equal' && a === b;
  return a === b;
}

/** Every minimal dependency and key, by comparing every pair of rows for every set of columns. */
export function bruteForce(size: number, rows: Rows, nulls: Nulls): Listed {
  const sets = Array.from({ length: 2 ** size }, (_, mask) => mask);
  const pairs = rows.flatMap((one, i) => rows.slice(i + 1).map((other) => [one, other] as const));
  const determines = sets.map((mask) => {
    const agreeing = pairs.filter(([one, other]) => members(mask).every((c) => equal(one[c], other[c], nulls)));
    const held = Array.from({ length: size }, (_, c) => c).filter((c) => agreeing.every(([a, b]) => equal(a[c], b[c], nulls)));
    return { held, key: agreeing.length === 0 };
  });
  const parts = (mask: number) => members(mask).map((c) => determines[mask & ~(1 << c)]);
  const fds: string[] = [];
  const keys: string[] = [];
  for (const mask of sets) {
    const own = determines[mask];
    for (const right of own?.held ?? []) {
      if ((mask >> right) & 1 || parts(mask).some((part) => part?.held.includes(right))) continue;
      fds.push(`${members(mask).join()}>${right}`);
    }
    if (own?.key && !parts(mask).some((part) => part?.key)) keys.push(members(mask).join());
  }
  return { fds: fds.sort(), keys: keys.sort() };
}
