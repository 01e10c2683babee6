import type { Expr } from '../tree.ts';
import { holds } from '../walk.ts';
import type { Advice } from './advice.ts';
import type { QueryRead } from './read.ts';

function isNull(expr: Expr): boolean {
  return expr.is === 'literal' && expr.type === 'null';
}

/** `= NULL`, which is never true. */
export function nullComparison(q: QueryRead): readonly Advice[] {
  const found: Advice[] = [];
  for (const block of q.blocks)
    for (const condition of q.conditions(block))
      holds(condition, (one) => {
        if (one.is !== 'binary' || !/^(?:=|<>|!=)$/.test(one.op) || isNull(one.left) === isNull(one.right)) return false;
        const side = isNull(one.right) ? one.left : one.right;
        const spot = q.tokens.balanced(one.at);
        found.push({
          at: spot,
          what: `${q.query.name} compares ${q.said(side)} with NULL by ${one.op}, which is never true.`,
          rewrite: {
            edits: [{ ...spot, text: `${q.said(side)} IS ${one.op === '=' ? '' : 'NOT '}NULL` }],
            equal: false,
            conditions: ['The original finds no row at all; this one what was meant.'],
          },
        });
        return false;
      });
  return found;
}
