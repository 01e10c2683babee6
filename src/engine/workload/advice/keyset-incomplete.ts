import { hasWindow, isAggregated } from '../terms.ts';
import type { Expr } from '../tree.ts';
import type { Advice } from './advice.ts';
import { isPlain } from './clauses.ts';
import { after, lastValues, missingOfKey, sortColumns } from './offset-paging.ts';
import { parts, type QueryRead } from './read.ts';

/**
 * A page that begins after the last row's value of the first sort column alone: rows with that same value are left out when
 * the page ended among them.
 */
export function keysetIncomplete(q: QueryRead): readonly Advice[] {
  return q.blocks.flatMap((block): Advice[] => {
    const { core, query } = block;
    if (core === undefined || query?.limit === undefined || query.offset !== undefined || block.sources.length !== 1) return [];
    if (!isPlain(core, (one) => isAggregated(one) || hasWindow(one)) || !q.sound) return [];
    const columns = sortColumns(q, block, query.order);
    const [first, ...others] = columns ?? [];
    if (columns === undefined || first === undefined || others.length === 0) return [];
    // What the order goes on with must be what makes it total: whoever wrote that meant pages.
    if (missingOfKey(q, columns)?.length !== 0 || missingOfKey(q, [first])?.length === 0) return [];
    const wanted = first.desc ? '<' : '>';
    const found = parts(block.where).filter(
      (one): one is Expr & { is: 'binary' } =>
        one.is === 'binary' &&
        one.op === wanted &&
        one.right.is === 'parameter' &&
        q.own(block, one.left)?.column.id === first.seen.column.id,
    );
    const [condition, ...more] = found;
    if (condition === undefined || more.length > 0 || condition.right.is !== 'parameter') return [];
    const compared = parts(block.where).some(
      (one) => one !== condition && others.some(({ seen }) => JSON.stringify(one).includes(`"${seen.column.name}"`)),
    );
    if (compared || columns.some(({ seen }) => !q.notNull(seen))) return [];
    const names = others.map(({ seen }) => seen.column.name).join(', ');
    const values = [condition.right.name, ...lastValues(q, others)];
    if (q.words.positional === true) values.fill('?');
    return [
      {
        at: q.tokens.balanced(condition.at),
        what: `${q.query.name} begins a page after ${first.seen.column.name} alone, but is sorted by ${columns.map(({ seen }) => seen.column.name).join(', ')}.`,
        evidence: [`${first.seen.column.name} is not unique: rows that share its value with the last row shown are never shown.`],
        rewrite: {
          edits: [{ ...q.tokens.balanced(condition.at), text: after(columns, values, q.words.rowComparison === true) }],
          equal: false,
          conditions: [
            `It gives the rows with the same ${first.seen.column.name} that the original leaves out; the program gives ${names} of the last row too.`,
          ],
        },
      },
    ];
  });
}
