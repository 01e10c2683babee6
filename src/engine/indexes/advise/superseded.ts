import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id } from '#model/types.ts';
import { type Access, accessOfIndex, accessOfKey } from '../../rules/index-facts.ts';
import { isMeantBeside, surroundingsOf } from '../../rules/indexes/redundant.ts';
import { type IndexSurroundings, redundancy } from '../redundancy/redundancy.ts';
import type { PreparedAdvice } from './prepare.ts';

interface Named {
  readonly id: string;
  readonly access: Access;
  /** It exists and may go whatever costs say. */
  readonly mayGo: boolean;
}

function accessesOn(
  document: Document,
  table: Id,
  { present, candidates }: Pick<PreparedAdvice, 'present' | 'candidates'>,
): Named[] {
  const record = document.tables[table];
  const there = present.flatMap(({ id, table: of, index, part, rule, stays }): Named[] => {
    if (of !== table) return [];
    const key = record?.keys.find((one) => one.id === part);
    if (index !== undefined) {
      // What somebody wants beside a longer one is for costs to judge.
      const mayGo = !rule && !stays && !isMeantBeside(document, table, index.id);
      return [{ id, access: accessOfIndex(index), mayGo }];
    }
    return key === undefined ? [] : [{ id, access: accessOfKey(key), mayGo: false }];
  });
  const could = candidates.flatMap(({ id, table: of, candidate }): Named[] =>
    of.id === table ? [{ id, access: accessOfIndex({ id, ...candidate.index }), mayGo: false }] : [],
  );
  return [...there, ...could];
}

function needless(access: Access, by: Access, later: boolean, surroundings: IndexSurroundings): boolean {
  const found = redundancy(access, by, later, surroundings);
  return found !== undefined && found.rows === 'same' && found.kind !== 'enforces-nothing';
}

/**
 * By the id of an index, of the document or a candidate, those indexes of the document that are needless beside it whatever
 * costs say. Which of two candidates is better is for costs to decide, and so is whether one pays that is meant to be there.
 */
export function supersededBy(
  document: Document,
  prepared: Pick<PreparedAdvice, 'present' | 'candidates'>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const table of Object.values(document.tables)) {
    const all = accessesOn(document, table.id, prepared);
    if (!all.some(({ mayGo }) => mayGo)) continue;
    const surroundings = surroundingsOf({ document, table, columns: columnsOf(document, table) });
    all.forEach((one, at) => {
      if (!one.mayGo) return;
      all.forEach((other, place) => {
        if (place !== at && needless(one.access, other.access, at > place, surroundings))
          found.set(other.id, [...(found.get(other.id) ?? []), one.id]);
      });
    });
  }
  return found;
}
