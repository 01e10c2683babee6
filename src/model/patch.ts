import type { Id } from './types.ts';

type OptionalKeys<T> = { [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? K : never }[keyof T];

/**
 * A change of some properties of a record or part, as plain JSON. `null` removes an optional property, so that an absent
 * fact stays an absent property; a property that is not named (or is `undefined`) stays as it is; the id never changes.
 */
export type Patch<T> = T extends unknown
  ? { readonly [K in Exclude<OptionalKeys<T>, 'id'>]?: T[K] | null | undefined } & {
      readonly [K in Exclude<keyof T, OptionalKeys<T> | 'id'>]?: T[K] | undefined;
    }
  : never;

/** A record or part to be added: without an id it gets one. */
export type New<T> = T extends unknown ? Omit<T, 'id'> & { readonly id?: Id } : never;

/** Whether two JSON values are equal, whatever the order of their keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, at) => sameJson(item, b[at]));
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}

/** Applies a patch to a draft. A property that already has the value keeps its identity, so that nothing counts as changed. */
export function applyPatch<T extends object>(target: T, patch: object): void {
  const to = target as Record<string, unknown>;
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined || key === 'id' || key === '__proto__') continue;
    if (value === null) {
      if (Object.hasOwn(to, key)) delete to[key];
    } else if (!Object.hasOwn(to, key) || !sameJson(to[key], value)) to[key] = value;
  }
}

/** The given record without its `undefined` properties: what a caller's optional arguments may leave behind. */
export function withoutUndefined<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
