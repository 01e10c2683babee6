/** How a list of keyed things changed: what a worker sends instead of the whole list. */
export interface Delta<T> {
  /** New and changed things with their keys. */
  readonly changed: readonly (readonly [key: string, value: T])[];
  readonly removed: readonly string[];
  /** All keys in their new order; absent when the kept ones stand in the old order and none was added. */
  readonly order?: readonly string[];
}

/** An ordered list of things with unique keys. */
export type Keyed<T> = ReadonlyMap<string, T>;

function sameOrder<T>(before: Keyed<T>, after: Keyed<T>): boolean {
  const old = before.keys();
  for (const key of after.keys()) {
    let next = old.next();
    while (!next.done && !after.has(next.value)) next = old.next();
    if (next.done || next.value !== key) return false;
  }
  return true;
}

/** What leads from one list to the other, or undefined when they are the same. */
export function deltaOf<T>(before: Keyed<T>, after: Keyed<T>, same: (a: T, b: T) => boolean): Delta<T> | undefined {
  const changed: [string, T][] = [];
  for (const [key, value] of after) {
    const old = before.get(key);
    if (old === undefined || !(old === value || same(old, value))) changed.push([key, value]);
  }
  const removed: string[] = [];
  for (const key of before.keys()) if (!after.has(key)) removed.push(key);
  const kept = sameOrder(before, after);
  if (changed.length === 0 && removed.length === 0 && kept) return undefined;
  return kept ? { changed, removed } : { changed, removed, order: [...after.keys()] };
}

/** The list after a delta. What did not change keeps its identity. */
export function applyDelta<T>(before: Keyed<T>, delta: Delta<T>): Keyed<T> {
  const values = new Map(before);
  for (const key of delta.removed) values.delete(key);
  for (const [key, value] of delta.changed) values.set(key, value);
  if (delta.order === undefined) return values;
  const ordered = new Map<string, T>();
  for (const key of delta.order) {
    const value = values.get(key);
    if (value !== undefined) ordered.set(key, value);
  }
  return ordered;
}
