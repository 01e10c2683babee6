import type { MoveLoss } from '#engine/move/plan-types.ts';
import { labelOf } from '#engine/rules/labels.ts';
import type { Unsupported } from '#engine/sql/written.ts';
import type { Document } from '#model/types.ts';

/** Losses of one kind for one reason, such as a collation of many columns. */
export interface LossGroup {
  readonly key: string;
  readonly feature: string;
  readonly reason: string;
  readonly losses: readonly MoveLoss[];
}

interface Told {
  readonly document: Document;
  readonly losses: readonly MoveLoss[];
  readonly unsupported: readonly Unsupported[];
}

/** What the plan says is lost, and what the writer of the target has no words for besides. */
export function allLosses({ document, losses, unsupported }: Told): readonly MoveLoss[] {
  if (unsupported.length === 0) return losses;
  const more = unsupported.map(({ record, part, feature, message }): MoveLoss => {
    const at = part === undefined ? { record } : { record, part };
    return { mapping: `writer:${feature}`, object: labelOf(document, at), feature, reason: message, at };
  });
  return [...losses, ...more];
}

/** Losses put together by what is lost and why, in the order in which each kind comes first. */
export function groupLosses(losses: readonly MoveLoss[]): readonly LossGroup[] {
  const found = new Map<string, MoveLoss[]>();
  for (const one of losses) {
    const key = JSON.stringify([one.feature, one.reason]);
    const group = found.get(key);
    if (group === undefined) found.set(key, [one]);
    else group.push(one);
  }
  return [...found].map(([key, group]) => {
    const [first] = group as [MoveLoss, ...MoveLoss[]];
    return { key, feature: first.feature, reason: first.reason, losses: group };
  });
}
