import type { AnyRecord } from '#model/types.ts';
import { sameData } from './plan-import.ts';

type Fields = Readonly<Record<string, unknown>>;

interface WithId {
  readonly id: string;
}

function isParts(value: unknown): value is readonly (WithId & Fields)[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && 'id' in one);
}

/** Parts in the order of the edited text; those the text never showed come last. */
function mergeParts(now: unknown, before: unknown, after: readonly (WithId & Fields)[]): unknown {
  const old = isParts(before) ? before : [];
  const held = isParts(now) ? now : [];
  const merged = after.map((part): WithId & Fields => {
    const mine = held.find((one) => one.id === part.id);
    const was = old.find((one) => one.id === part.id);
    return mine === undefined || was === undefined ? part : (mergeFields(mine, was, part) as WithId & Fields);
  });
  const unseen = held.filter((one) => !old.some((other) => other.id === one.id) && !after.some((other) => other.id === one.id));
  if (!sameOrder(old, after, held)) return [...merged, ...unseen];
  return held.flatMap((part) => merged.find((one) => one.id === part.id) ?? (unseen.includes(part) ? part : []));
}

/** The edit neither moved nor added a part: the document's own order stays. */
function sameOrder(before: readonly WithId[], after: readonly WithId[], held: readonly WithId[]): boolean {
  const ids = new Set(held.map((one) => one.id));
  const kept = before.filter((one) => after.some((other) => other.id === one.id));
  return after.every((part, i) => kept[i]?.id === part.id && ids.has(part.id));
}

function mergeFields(now: Fields, before: Fields, after: Fields): Fields {
  const merged: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(now), ...Object.keys(after)])) {
    const value = sameData(before[key], after[key])
      ? now[key]
      : isParts(after[key])
        ? mergeParts(now[key], before[key], after[key])
        : after[key];
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}

/**
 * A record after an edit of its text: what the edit changed is as the edited text says, and everything else is as the
 * document has it, whether the text shows it or not.
 * @param now the document's record. @param before what the text before the edit says. @param after what the edited text says.
 */
export function mergeEdit(now: AnyRecord, before: AnyRecord, after: AnyRecord): AnyRecord {
  return mergeFields(now as unknown as Fields, before as unknown as Fields, after as unknown as Fields) as unknown as AnyRecord;
}
