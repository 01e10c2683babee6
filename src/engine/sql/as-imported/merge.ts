import { sameValue } from '#lib/same.ts';

interface Part {
  readonly id: string;
}

function isParts(value: unknown): value is readonly Part[] {
  return (
    Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && typeof (one as Part).id === 'string')
  );
}

function mergeParts(first: readonly Part[], imported: readonly Part[], now: readonly Part[]): readonly Part[] {
  const at = (list: readonly Part[], id: string) => list.find((one) => one.id === id);
  return now.flatMap((part) => {
    const was = at(imported, part.id);
    const began = at(first, part.id);
    if (was === undefined) return [part];
    if (began !== undefined) return [mergeEdits(began, was, part)];
    // It came with a statement of its own, which still says it.
    return sameValue(was, part) ? [] : [part];
  });
}

/**
 * A record as its first statement should say it: as that statement made it, with what has changed since the import. What
 * later statements of the text said, and nobody changed, stays theirs.
 * @param first right after its first statement. @param imported when the whole text was read. @param now as it is.
 */
export function mergeEdits<T extends object>(first: T, imported: T, now: T): T {
  const out: Record<string, unknown> = {};
  const of = (value: T, key: string): unknown => (Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined);
  for (const key of new Set([...Object.keys(now), ...Object.keys(first)])) {
    const [began, was, is] = [of(first, key), of(imported, key), of(now, key)];
    const parts = isParts(is ?? []) && isParts(was ?? []) && isParts(began ?? []) && [is, was, began].some(Array.isArray);
    const value = parts
      ? mergeParts((began ?? []) as readonly Part[], (was ?? []) as readonly Part[], (is ?? []) as readonly Part[])
      : sameValue(was, is)
        ? began
        : is;
    if (value !== undefined) out[key] = value;
  }
  return out as T;
}
