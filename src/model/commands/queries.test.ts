import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { runs } from '#test/runs.ts';
import { emptyDocument } from '../create.ts';
import { nextQueryOrder, queriesInOrder } from '../derive/queries.ts';
import { applyDiff, reverseDiff } from '../diff.ts';
import type { Document } from '../types.ts';
import { runCommands } from './run.ts';

function withQueries(ids: readonly string[]): Document {
  return { ...emptyDocument(), queries: Object.fromEntries(ids.map((id) => [id, { id, name: id, sql: 'SELECT 1' }])) };
}

const listed = (document: Document) => queriesInOrder(document).map((one) => one.id);

describe('the order of queries', () => {
  it('is the one that was asked for, whatever it was before; undo gives the old one back', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1 });
    const asked = ids.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all), fc.shuffledSubarray(all)));
    fc.assert(
      fc.property(asked, ([all, first, second]) => {
        let document = withQueries(all);
        for (const wanted of [first, second]) {
          const before = listed(document);
          const ran = runCommands(document, [{ name: 'orderQueries', args: { ids: wanted } }], derivedIds());
          if (!ran.ok) throw new Error(ran.problem.message);
          expect(listed(ran.value.document)).toEqual([...wanted, ...before.filter((id) => !wanted.some((one) => one === id))]);
          expect(listed(applyDiff(ran.value.document, reverseDiff(ran.value.diff)))).toEqual(before);
          document = ran.value.document;
        }
        const order = nextQueryOrder(document);
        const added = { ...document, queries: { '0': { id: '0', name: 'new', sql: '', order }, ...document.queries } };
        expect(listed(added).at(-1)).toBe('0');
      }),
      runs(11, 100),
    );
  });

  it('is refused of a query that is gone', () => {
    const ran = runCommands(withQueries(['a']), [{ name: 'orderQueries', args: { ids: ['a', '__proto__'] } }], derivedIds());
    expect(ran.ok ? undefined : ran.problem.message).toContain('__proto__');
  });

  it('changes nothing but what moves', () => {
    const document = withQueries(['a', 'b', 'c']);
    const ran = runCommands(document, [{ name: 'orderQueries', args: { ids: ['a', 'c', 'b'] } }], derivedIds());
    if (!ran.ok) throw new Error(ran.problem.message);
    const again = runCommands(ran.value.document, [{ name: 'orderQueries', args: { ids: ['a', 'b', 'c'] } }], derivedIds());
    expect(again.ok && again.value.diff.map((one) => one.id)).toEqual(['b', 'c']);
  });
});
