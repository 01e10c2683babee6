/** A record under construction: the model's type without `readonly`, all the way down. */
export type Writable<T> = T extends string | number | boolean | undefined
  ? T
  : T extends readonly (infer U)[]
    ? Writable<U>[]
    : { -readonly [K in keyof T]: Writable<T[K]> };

/** A deep copy of plain JSON data. */
export function copyOf<T>(value: T): Writable<T> {
  if (Array.isArray(value)) return value.map((item) => copyOf(item)) as Writable<T>;
  if (typeof value !== 'object' || value === null) return value as Writable<T>;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)])) as Writable<T>;
}
