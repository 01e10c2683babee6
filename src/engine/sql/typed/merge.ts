import { sameValue } from '#lib/same.ts';
import type { AnyRecord } from '#model/types.ts';

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How the things of a list are told apart: by id, or by name (storage parameters), or else by all they say. */
function keyOf(value: unknown): string | undefined {
  if (!isFields(value)) return undefined;
  if (typeof value['id'] === 'string') return value['id'];
  return typeof value['name'] === 'string' && 'value' in value ? value['name'] : undefined;
}

function isKeyed(list: unknown): list is readonly Fields[] {
  return Array.isArray(list) && list.every((one) => keyOf(one) !== undefined);
}

function sequence(keys: Iterable<string>, among: { has(key: string): boolean }): string {
  return [...keys].filter((key) => among.has(key)).join('\n');
}

/** New keys put before what follows them in `order`, or at the end. */
function insertNew(into: string[], extra: ReadonlySet<string>, order: readonly string[]): string[] {
  for (const [i, key] of [...order.entries()].reverse()) {
    if (!extra.has(key)) continue;
    const next = order.slice(i + 1).find((one) => into.includes(one));
    into.splice(next === undefined ? into.length : into.indexOf(next), 0, key);
  }
  return into;
}

/** Keys that the text does not show put after what stands before them in `order`, or at the start. */
function insertUnseen(into: string[], extra: ReadonlySet<string>, order: readonly string[]): string[] {
  for (const [i, key] of order.entries()) {
    if (!extra.has(key)) continue;
    const before = order.slice(0, i).findLast((one) => into.includes(one));
    into.splice(before === undefined ? 0 : into.indexOf(before) + 1, 0, key);
  }
  return into;
}

/**
 * Order of a list after an edit. While the edit moved nothing that was there before, the list's own order stays and new
 * things go where they were typed; otherwise the order is the edited one, and what the text does not show stays behind
 * what it stood behind.
 */
function orderOf(
  held: readonly string[],
  before: readonly string[],
  after: readonly string[],
  kept: ReadonlySet<string>,
): string[] {
  const [was, is, now] = [new Set(before), new Set(after), new Set(held)];
  if (sequence(before, is) === sequence(after, was)) {
    const stay = held.filter((key) => kept.has(key));
    return insertNew(stay, new Set(after.filter((key) => kept.has(key) && !now.has(key))), after);
  }
  const shown = after.filter((key) => kept.has(key));
  return insertUnseen(shown, new Set(held.filter((key) => kept.has(key) && !is.has(key))), held);
}

function mergeKeyed(now: readonly Fields[], before: readonly Fields[], after: readonly Fields[]): readonly Fields[] {
  const byKey = (list: readonly Fields[]) => new Map(list.map((one) => [keyOf(one) as string, one]));
  const [held, was, is] = [byKey(now), byKey(before), byKey(after)];
  const merged = new Map<string, Fields>();
  // What the text never showed stays; what it showed and shows no more is gone.
  for (const [key, mine] of held) if (is.has(key) || !was.has(key)) merged.set(key, mine);
  for (const [key, theirs] of is) {
    const [mine, old] = [held.get(key), was.get(key)];
    if (mine !== undefined) merged.set(key, mergeFields(mine, old ?? {}, theirs));
    else if (old === undefined || !sameValue(old, theirs)) merged.set(key, theirs);
  }
  const order = orderOf([...held.keys()], [...was.keys()], [...is.keys()], new Set(merged.keys()));
  return order.map((key) => merged.get(key) as Fields);
}

/** Comments: those of the edited text, and those at places that the text never showed. */
function mergeRemarks(now: readonly unknown[], before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  return [...after, ...now.filter((mine) => !before.some((one) => sameValue(one, mine)))];
}

function mergeValue(key: string, now: unknown, before: unknown, after: unknown): unknown {
  if (sameValue(before, after)) return now;
  const list = (value: unknown) => (Array.isArray(value) ? value : []);
  if (key === 'remarks') {
    const remarks = mergeRemarks(list(now), list(before), list(after));
    return remarks.length === 0 ? undefined : remarks;
  }
  if ([now, before, after].every((one) => one === undefined || isKeyed(one)) && isKeyed(now ?? after)) {
    const merged = mergeKeyed(list(now), list(before), list(after));
    // An absent list says the same as an empty one, and is how a record without any says it.
    return merged.length === 0 && after === undefined ? undefined : merged;
  }
  if (isFields(now) && isFields(before) && isFields(after)) return mergeFields(now, before, after);
  return after;
}

function mergeFields(now: Fields, before: Fields, after: Fields): Fields {
  const merged: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(now), ...Object.keys(after)])) {
    const value = mergeValue(key, now[key], before[key], after[key]);
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}

/**
 * A record after an edit of its text: what the edit changed is as the edited text says, and everything else is as the
 * record has it, whether the text shows it or not: what the target version cannot write, and what SQL does not say.
 * @param now the document's record. @param before what its text said. @param after what the edited text says; all three
 * with the same ids for the same things.
 */
export function mergeEdit(now: AnyRecord, before: AnyRecord, after: AnyRecord): AnyRecord {
  const merged = mergeFields(now as unknown as Fields, before as unknown as Fields, after as unknown as Fields);
  return sameValue(now, merged) ? now : (merged as unknown as AnyRecord);
}
