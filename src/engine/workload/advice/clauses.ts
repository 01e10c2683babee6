/** Where clauses of a SELECT begin and end, and edits of them. */
import type { Core, Expr, Query, Sort } from '../tree.ts';
import type { Block } from './blocks.ts';
import { parts, type QueryRead } from './read.ts';
import type { Edit } from './text.ts';

const AFTER_FROM = new Set(
  'WHERE GROUP HAVING WINDOW ORDER LIMIT OFFSET FETCH UNION INTERSECT EXCEPT MINUS FOR OPTION CONNECT START QUALIFY LOCK'.split(
    ' ',
  ),
);
const AFTER_WHERE = new Set([...AFTER_FROM].filter((word) => word !== 'WHERE'));
const AFTER_ORDER = new Set('LIMIT OFFSET FETCH FOR OPTION LOCK UNION'.split(' '));

/** Where FROM ends; undefined for a SELECT without one. */
export function fromEnd(q: QueryRead, core: Core): number | undefined {
  const [first] = core.from;
  return first === undefined ? undefined : q.tokens.until(first.at.start, AFTER_FROM);
}

/** The word WHERE and its condition. */
export function whereSpot(q: QueryRead, core: Core): { readonly start: number; readonly end: number } | undefined {
  const end = fromEnd(q, core);
  const word = end === undefined ? undefined : q.tokens.after(end);
  if (core.where === undefined || word?.word !== 'WHERE') return undefined;
  return { start: word.start, end: q.tokens.until(word.end, AFTER_WHERE) };
}

/** The condition of a WHERE as part of an AND, as it is written. */
export function whereText(q: QueryRead, core: Core): string | undefined {
  const spot = whereSpot(q, core);
  if (spot === undefined || core.where === undefined) return undefined;
  const text = q.sql.slice(spot.start, spot.end).replace(/^where\s*/i, '');
  // Brackets around the whole of it are of the text already.
  return core.where.is === 'or' && q.tokens.bracketed(core.where.at).end === core.where.at.end ? `(${text})` : text;
}

/** Adds a condition to a SELECT. */
export function alsoWhere(q: QueryRead, core: Core, condition: string): readonly Edit[] | undefined {
  const spot = whereSpot(q, core);
  if (spot !== undefined) {
    const text = whereText(q, core);
    return text === undefined ? undefined : [{ ...spot, text: `WHERE ${text} AND ${condition}` }];
  }
  const end = fromEnd(q, core);
  return end === undefined || core.where !== undefined ? undefined : [{ start: end, end, text: ` WHERE ${condition}` }];
}

/** Where ORDER BY ends. */
export function orderEnd(q: QueryRead, order: readonly Sort[]): number | undefined {
  const last = order.at(-1);
  return last === undefined ? undefined : q.tokens.until(q.tokens.balanced(last.of.at).end, AFTER_ORDER);
}

/** Takes OFFSET away, in whichever spelling. */
export function withoutOffset(q: QueryRead, offset: Expr): Edit | undefined {
  const spot = q.tokens.bracketed(offset.at);
  const before = q.tokens.before(spot.start);
  const after = q.tokens.after(spot.end);
  // LIMIT 20, 10
  if (before?.word === 'LIMIT' && after?.word === ',') {
    const next = q.tokens.after(after.end);
    return next === undefined ? undefined : { start: spot.start, end: next.start, text: '' };
  }
  if (before?.word !== 'OFFSET') return undefined;
  if (q.words.fetchNeedsOffset === true) return { ...spot, text: '0' };
  const end = after?.word === 'ROW' || after?.word === 'ROWS' ? after.end : spot.end;
  const previous = q.tokens.before(before.start);
  return { start: previous?.end ?? before.start, end, text: '' };
}

/** Conditions without some of them, joined as they are written. */
export function without(q: QueryRead, condition: Expr, gone: ReadonlySet<Expr>): string {
  return parts(condition)
    .filter((one) => !gone.has(one))
    .map((one) => q.part(one))
    .join(' AND ');
}

/** Whether a SELECT gives the rows of its FROM as they are: no groups, aggregates, DISTINCT or windows. */
export function isPlain(core: Core, aggregated: (expr: Expr) => boolean): boolean {
  return (
    core.distinct === undefined &&
    core.group.length === 0 &&
    core.having === undefined &&
    core.windows.length === 0 &&
    core.items.every((item) => item.of === undefined || !aggregated(item.of))
  );
}

/** Whether the LIMIT is said and small. */
export function smallLimit(query: Query | undefined, most: number): boolean {
  return query?.limit?.is === 'literal' && Number(query.limit.text) <= most;
}

/** Whether at most one row can come out: one row of each source. */
export function atMostOne(q: QueryRead, block: Block): boolean {
  return block.sources.length > 0 && block.sources.every((source) => q.single(block, source));
}
