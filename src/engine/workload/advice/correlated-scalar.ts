import { isAggregated } from '../terms.ts';
import type { Expr } from '../tree.ts';
import { visit } from '../walk.ts';
import type { Advice, Rewrite } from './advice.ts';
import type { Block } from './blocks.ts';
import { atMostOne, fromEnd, smallLimit, whereSpot } from './clauses.ts';
import { parts, type QueryRead } from './read.ts';

interface Correlation {
  /** Columns of the inner table, with what of the outer row they are compared with. */
  readonly pairs: readonly { readonly inner: Expr; readonly outer: Expr }[];
  readonly rest: readonly Expr[];
}

function correlation(q: QueryRead, outer: Block, inner: Block): Correlation | undefined {
  const pairs: { inner: Expr; outer: Expr }[] = [];
  const rest: Expr[] = [];
  for (const one of parts(inner.where)) {
    if (one.is === 'binary' && one.op === '=') {
      const [left, right] = [q.seen(inner, one.left), q.seen(inner, one.right)];
      if (left?.block === inner && right?.block === outer) {
        pairs.push({ inner: one.left, outer: one.right });
        continue;
      }
      if (right?.block === inner && left?.block === outer) {
        pairs.push({ inner: one.right, outer: one.left });
        continue;
      }
    }
    if (!isWithin(q, inner, one)) return undefined;
    rest.push(one);
  }
  return pairs.length === 0 ? undefined : { pairs, rest };
}

/** Whether an expression looks at columns of the inner query alone. */
function isWithin(q: QueryRead, inner: Block, expr: Expr): boolean {
  let within = true;
  visit(expr, (one) => {
    if (one.is === 'query' || one.is === 'exists' || one.is === 'in query') within = false;
    if (one.is === 'column' && q.own(inner, one) === undefined) within = false;
    return true;
  });
  return within;
}

/** Names in the inner query, with the alias that a qualifier needs. */
function taken(q: QueryRead): ReadonlySet<string> {
  return new Set(q.blocks.flatMap((block) => block.sources.map((source) => q.names.key(source.name))));
}

function rewritten(q: QueryRead, outer: Block, inner: Block, holder: Expr, { pairs, rest }: Correlation): Rewrite | undefined {
  const { core } = outer;
  const item = inner.core?.items[0];
  const call = item?.of;
  const source = inner.sources[0];
  if (core === undefined || call?.is !== 'call' || source === undefined || inner.core === undefined) return undefined;
  if (core.group.length > 0 || core.distinct !== undefined || core.having !== undefined || outer.query === undefined)
    return undefined;
  if (core.items.some((one) => one.star !== undefined && one.star.length === 0)) return undefined;
  if (core.items.some((one) => one.of !== undefined && isAggregated(one.of))) return undefined;
  if (outer.sources.some((one) => one.table === undefined || one.outer) || core.from.length !== 1) return undefined;
  if (q.words.positional === true && q.facts.parameters.length > 0) return undefined;
  const name = ['per_row', 'per_row_2', 'per_row_3', 'per_row_4'].find((one) => !taken(q).has(q.names.key(one)));
  const end = fromEnd(q, core);
  if (name === undefined || end === undefined) return undefined;
  // A name without a qualifier would be looked for in the new table too.
  const bare = [...core.items.map((one) => one.of), core.where, ...outer.query.order.map(({ of }) => of)].some((expr) => {
    let found = false;
    if (expr !== undefined)
      visit(expr, (one) => {
        if (one.is === 'column' && one.path.length === 1 && /^(?:key_\d+|result)$/i.test(one.path[0]?.name ?? '')) found = true;
        return true;
      });
    return found;
  });
  if (bare || pairs.some((pair) => pair.outer.is === 'column' && pair.outer.path.length === 1 && pair.inner.is !== 'column'))
    return undefined;
  const qualified = pairs.map(({ outer: side }) => {
    const seen = q.seen(inner, side);
    return seen === undefined ? q.said(side) : `${q.quoted(seen.source.name)}.${q.quoted(seen.column.name)}`;
  });
  const innerFrom = q.sql.slice(inner.core.from[0]?.at.start ?? 0, fromEnd(q, inner.core) ?? 0);
  const keys = pairs.map((pair, i) => `${q.said(pair.inner)} AS key_${i + 1}`).join(', ');
  const where = rest.length === 0 ? '' : ` WHERE ${rest.map((one) => q.part(one)).join(' AND ')}`;
  const group = pairs.map((pair) => q.said(pair.inner)).join(', ');
  const on = qualified.map((text, i) => `${name}.key_${i + 1} = ${text}`).join(' AND ');
  const derived = `(SELECT ${keys}, ${q.said(call)} AS result FROM ${innerFrom}${where} GROUP BY ${group})`;
  const isCount = call.path.at(-1) === 'count';
  const spot = q.tokens.balanced(holder.at);
  const holderItem = core.items.find((one) => one.of === holder);
  const alias =
    holderItem !== undefined && holderItem.alias === undefined
      ? ` AS ${q.quoted(item?.alias?.name ?? call.path.at(-1) ?? 'result')}`
      : '';
  const at = whereSpot(q, core)?.start === undefined ? end : end;
  return {
    edits: [
      { ...spot, text: `${isCount ? `COALESCE(${name}.result, 0)` : `${name}.result`}${alias}` },
      { start: at, end: at, text: ` LEFT JOIN ${derived} ${name} ON ${on}` },
    ],
    equal: true,
    conditions: [
      'Quicker where most rows of the outer query are wanted. Where few are, keep the subquery and index what it is found by.',
    ],
  };
}

/** An aggregate that is computed anew for every row of the result. */
export function correlatedScalar(q: QueryRead): readonly Advice[] {
  if (!q.sound) return [];
  return q.blocks.flatMap((inner): Advice[] => {
    const { parent: outer, holder, core } = inner;
    if (inner.place !== 'scalar' || outer?.core === undefined || holder === undefined || core === undefined) return [];
    if (!outer.core.items.some((item) => item.of === holder)) return [];
    const [item, ...others] = core.items;
    if (item?.of?.is !== 'call' || others.length > 0 || !isAggregated(item.of) || item.of.over !== undefined) return [];
    if (core.group.length > 0 || core.having !== undefined || inner.query?.limit !== undefined || !isWithin(q, inner, item.of))
      return [];
    if (inner.sources.length !== 1 || inner.sources[0]?.table === undefined) return [];
    if (atMostOne(q, outer) || smallLimit(outer.query, 100) || outer.query?.limit?.is === 'parameter') return [];
    const how = correlation(q, outer, inner);
    if (how === undefined) return [];
    const rewrite = q.locks ? undefined : rewritten(q, outer, inner, holder, how);
    const table = inner.sources[0].table;
    return [
      {
        at: q.tokens.balanced(holder.at),
        what: `${q.query.name} computes ${q.said(item.of)} of ${table.name} anew for every row.`,
        about: [{ record: table.id }],
        evidence: [`The subquery depends on the outer row by ${how.pairs.map((pair) => q.said(pair.outer)).join(', ')}.`],
        ...(rewrite === undefined ? {} : { rewrite }),
      },
    ];
  });
}
