import { holds } from '../walk.ts';
import type { Advice } from './advice.ts';
import type { QueryRead } from './read.ts';

const MOST = 100;

/** A list of very many values: every length is another statement, which is parsed and planned anew. */
export function longList(q: QueryRead): readonly Advice[] {
  const found: Advice[] = [];
  for (const block of q.blocks) {
    for (const condition of q.conditions(block))
      holds(condition, (one) => {
        if (one.is === 'in' && one.list.length > MOST)
          found.push({
            at: q.tokens.balanced(one.at),
            what: `${q.query.name} lists ${one.list.length} values.`,
            todo: `Give them as one value: ${q.said(one.of)} ${one.not ? 'NOT ' : ''}${q.words.anyOf(q.words.parameter('values', q.parameters))}, or put them into a temporary table and join that.`,
          });
        return false;
      });
  }
  return found;
}
