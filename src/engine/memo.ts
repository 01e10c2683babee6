/**
 * Memory of pure functions by the identity of what they were given. Records are immutable, so the same object always has
 * the same answer, and a forgotten object takes its answer with it.
 */

/** Remembers one answer for each object. */
export function memoByIdentity<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const hit = known.get(key);
    if (hit !== undefined) return hit.value;
    const value = compute(key);
    known.set(key, { value });
    return value;
  };
}

/**
 * Remembers, for each object, the answer together with the other objects it was made of: an answer is reused while the
 * object and every one of those (`inputs`) are the same.
 */
export function memoWithInputs<K extends object, V>(): (key: K, inputs: readonly unknown[], compute: () => V) => V {
  const known = new WeakMap<K, { readonly inputs: readonly unknown[]; readonly value: V }>();
  return (key, inputs, compute) => {
    const hit = known.get(key);
    if (hit !== undefined && hit.inputs.length === inputs.length && hit.inputs.every((one, i) => one === inputs[i])) {
      return hit.value;
    }
    const value = compute();
    known.set(key, { inputs, value });
    return value;
  };
}
