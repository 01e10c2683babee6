/** Whether plain data nests deeper than so many levels. Does not recurse itself. */
export function nestsDeeper(value: unknown, levels: number): boolean {
  let row: object[] = typeof value === 'object' && value !== null ? [value] : [];
  for (let depth = 1; row.length > 0; depth++) {
    if (depth > levels) return true;
    const next: object[] = [];
    for (const one of row) for (const held of Object.values(one)) if (typeof held === 'object' && held !== null) next.push(held);
    row = next;
  }
  return false;
}
