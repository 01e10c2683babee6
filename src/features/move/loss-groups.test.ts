import { describe, expect, it } from 'vitest';
import type { MoveLoss } from '#engine/move/plan-types.ts';
import { emptyDocument } from '#model/create.ts';
import { allLosses, groupLosses } from './loss-groups.ts';

const loss = (object: string, feature: string, reason = 'No.'): MoveLoss => ({
  mapping: `feature:${feature}`,
  object,
  feature,
  reason,
  at: { record: object },
});

describe('losses by kind', () => {
  it('come together where what and why are the same, and none is left out', () => {
    const given = [loss('a', 'collation'), loss('b', 'view'), loss('c', 'collation'), loss('d', 'collation', 'Else.')];
    const groups = groupLosses(given);
    expect(groups.map(({ feature, reason, losses }) => [feature, reason, losses.map((one) => one.object)])).toEqual([
      ['collation', 'No.', ['a', 'c']],
      ['view', 'No.', ['b']],
      ['collation', 'Else.', ['d']],
    ]);
    expect(new Set(groups.map((one) => one.key)).size).toBe(3);
    expect(groupLosses([])).toEqual([]);
  });

  it('tell what the writer of the target has no words for, by the name of the object', () => {
    const document = emptyDocument('x', 8, 'mysql');
    const losses = [loss('a', 'collation')];
    const [schema] = Object.values(document.schemas);
    expect(allLosses({ document, losses, unsupported: [] })).toBe(losses);
    const unsupported = [{ record: schema?.id ?? '', feature: 'owner', message: 'There is none.' }];
    expect(allLosses({ document, losses, unsupported })).toEqual([
      ...losses,
      { mapping: 'writer:owner', object: schema?.name, feature: 'owner', reason: 'There is none.', at: { record: schema?.id } },
    ]);
  });
});
