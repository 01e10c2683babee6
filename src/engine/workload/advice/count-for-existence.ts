import type { Expr } from '../tree.ts';
import { visit } from '../walk.ts';
import type { Advice } from './advice.ts';
import type { Block } from './blocks.ts';
import type { QueryRead } from './read.ts';

type Asked = 'some' | 'none';

/** What comparing a count with a number asks: whether there is a row at all. */
function asks(op: string, number: string): Asked | undefined {
  if (number === '0') return op === '>' || op === '<>' || op === '!=' ? 'some' : op === '=' || op === '<=' ? 'none' : undefined;
  if (number !== '1') return undefined;
  return op === '>=' ? 'some' : op === '<' ? 'none' : undefined;
}

const FLIPPED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** Expressions of a block where a condition may stand in any dialect. */
function conditionsOf(block: Block): readonly Expr[] {
  const { core } = block;
  return [block.where, core?.having, ...block.on].filter((one) => one !== undefined);
}

/** Counting all rows to know whether there is one. */
export function countForExistence(q: QueryRead): readonly Advice[] {
  return q.blocks.flatMap((block) => {
    const found: Advice[] = [];
    const look = (expr: Expr, isCondition: boolean) =>
      visit(expr, (one) => {
        if (one.is === 'case') {
          for (const { when } of one.whens) if (one.subject === undefined) look(when, true);
          return false;
        }
        const advice = one.is === 'binary' ? existence(q, one, isCondition || q.words.conditionsAreValues === true) : undefined;
        if (advice !== undefined) found.push(advice);
        return true;
      });
    for (const one of conditionsOf(block)) look(one, true);
    for (const item of block.core?.items ?? []) if (item.of !== undefined) look(item.of, false);
    return found;
  });
}

function existence(q: QueryRead, one: Extract<Expr, { is: 'binary' }>, canSay: boolean): Advice | undefined {
  const flipped = one.right.is === 'query';
  const [held, number] = flipped ? [one.right, one.left] : [one.left, one.right];
  if (held.is !== 'query' || number.is !== 'literal' || number.type !== 'number') return undefined;
  const asked = asks(flipped ? (FLIPPED[one.op] ?? one.op) : one.op, number.text);
  const { body } = held.query;
  if (asked === undefined || body.is !== 'core' || held.query.limit !== undefined || held.query.offset !== undefined)
    return undefined;
  const [item, ...others] = body.items;
  const call = item?.of;
  if (
    call?.is !== 'call' ||
    others.length > 0 ||
    call.path.at(-1) !== 'count' ||
    call.over !== undefined ||
    call.filter !== undefined
  )
    return undefined;
  if (body.group.length > 0 || body.having !== undefined || body.distinct !== undefined || body.from.length === 0) return undefined;
  const argument = call.args[0];
  const inner = q.blocks.find((block) => block.holder === held);
  const all =
    call.star === true ||
    argument === undefined ||
    argument.is === 'word' ||
    (argument.is === 'literal' && argument.type === 'number');
  const column = argument === undefined || inner === undefined ? undefined : q.own(inner, argument);
  // count(x) counts what is not NULL only; count(DISTINCT x) of a NOT NULL column is 0 where count(*) is.
  if (!all && (column === undefined || !q.notNull(column))) return undefined;
  const spot = q.tokens.balanced(one.at);
  const open = held.at.start;
  const itemAt = q.tokens.balanced(item?.at ?? call.at);
  const close = q.tokens.balanced(held.at).end;
  return {
    at: spot,
    what: `${q.query.name} counts rows to know whether there is ${asked === 'some' ? 'one' : 'none'}.`,
    ...(canSay
      ? {
          rewrite: {
            edits: [
              { start: spot.start, end: open, text: `${asked === 'none' ? 'NOT ' : ''}EXISTS ` },
              { ...itemAt, text: '1' },
              { start: close, end: spot.end, text: '' },
            ],
            equal: true,
            conditions: [],
          },
        }
      : {}),
  };
}
