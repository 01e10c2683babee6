import type { Rows } from './brute-force.ts';

/** Ordered choices of `arity` different numbers below `size`. */
function choices(size: number, arity: number): number[][] {
  if (arity === 0) return [[]];
  return choices(size, arity - 1).flatMap((some) =>
    Array.from({ length: size }, (_, item) => item)
      .filter((item) => !some.includes(item))
      .map((item) => [...some, item]),
  );
}

/** Every inclusion `child:a,b<parent:c,d` up to an arity, child columns ascending, by comparing every row with every row. */
export function bruteInclusions(tables: readonly { readonly size: number; readonly rows: Rows }[], maxArity: number): string[] {
  const found: string[] = [];
  tables.forEach((child, at) => {
    tables.forEach((parent, to) => {
      for (let arity = 1; arity <= maxArity; arity++) {
        for (const inner of choices(child.size, arity).filter((one) =>
          one.every((item, i) => i === 0 || item > (one[i - 1] as number)),
        )) {
          const rows = child.rows.filter((row) => inner.every((column) => row[column] !== undefined));
          // A part that is never filled says nothing.
          if (rows.length === 0) continue;
          for (const outer of choices(parent.size, arity)) {
            // A column in itself is no news, alone or beside others.
            if (at === to && inner.some((column, i) => column === outer[i])) continue;
            const holds = rows.every((row) =>
              parent.rows.some((other) => inner.every((column, i) => row[column] === other[outer[i] as number])),
            );
            // Where a part is NULL the whole says nothing of the rest: only what holds in all its parts is one.
            const parts = inner.map((_, drop) => [inner, outer].map((side) => side.filter((_column, i) => i !== drop).join()));
            const known = arity === 1 || parts.every(([from, into]) => found.includes(`${at}:${from}<${to}:${into}`));
            if (holds && known) found.push(`${at}:${inner.join()}<${to}:${outer.join()}`);
          }
        }
      }
    });
  });
  return found.sort();
}
