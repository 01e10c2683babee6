import { isAggregated } from '../terms.ts';
import type { Expr } from '../tree.ts';
import type { Advice, Rewrite } from './advice.ts';
import type { Block, Seen } from './blocks.ts';
import { alsoWhere } from './clauses.ts';
import { parts, type QueryRead } from './read.ts';

type InQuery = Extract<Expr, { is: 'in query' }>;

/** The one column that the inner query gives, where it is certain which. */
function output(q: QueryRead, held: InQuery, inner: Block): Seen | undefined {
  const [item, ...others] = inner.core?.items ?? [];
  if (item?.of === undefined || others.length > 0 || held.of.is === 'row') return undefined;
  return q.own(inner, item.of);
}

/** Whether the inner query leaves out NULLs of the column by a condition of its own. */
function leavesOutNull(q: QueryRead, inner: Block, column: Seen): boolean {
  return q.conditions(inner).some((one) => {
    const same = (expr: Expr) => {
      const found = q.own(inner, expr);
      return found?.source === column.source && found.column.id === column.column.id;
    };
    if (one.is === 'null') return one.not && same(one.of);
    if (one.is === 'binary') return /^(?:=|<>|<|<=|>|>=)$/.test(one.op) && (same(one.left) || same(one.right));
    return (one.is === 'in' || one.is === 'between' || one.is === 'like') && same(one.of);
  });
}

function rewritten(q: QueryRead, block: Block, held: InQuery, inner: Block, column: Seen): Rewrite | undefined {
  const { core, query } = inner;
  if (
    core === undefined ||
    query === undefined ||
    !q.sound ||
    query.limit !== undefined ||
    query.offset !== undefined ||
    query.with !== undefined
  )
    return undefined;
  if (
    core.group.length > 0 ||
    core.having !== undefined ||
    core.distinct !== undefined ||
    (core.items[0]?.of !== undefined && isAggregated(core.items[0].of))
  )
    return undefined;
  const outer = q.own(block, held.of);
  const item = core.items[0]?.of;
  if (item === undefined || held.of.is !== 'column') return undefined;
  // Without a qualifier the name could mean a column of the inner query.
  const seen = q.seen(block, held.of);
  if (
    seen === undefined ||
    seen.source.name === '' ||
    inner.sources.some((one) => q.names.key(one.name) === q.names.key(seen.source.name))
  )
    return undefined;
  const left = held.of.path.length > 1 ? q.said(held.of) : `${q.quoted(seen.source.name)}.${q.said(held.of)}`;
  const right = item.is === 'column' && item.path.length > 1 ? q.said(item) : `${q.quoted(column.source.name)}.${q.said(item)}`;
  const also = alsoWhere(q, core, `${right} = ${left}`);
  const spot = q.tokens.balanced(held.at);
  const open = held.query.at.start;
  if (also === undefined) return undefined;
  const mayBeNull = outer === undefined || !q.notNull(outer);
  return {
    edits: [
      { start: spot.start, end: open, text: `${mayBeNull ? `${left} IS NOT NULL AND ` : ''}NOT EXISTS (` },
      { ...q.tokens.balanced(item.at), text: '1' },
      ...also,
    ],
    equal: false,
    conditions: [
      `Equal as long as no ${column.column.name} of ${column.table.name} that the subquery finds is NULL; with one NULL the original gives no row at all, this one what was meant.`,
      ...(mayBeNull ? [`Where the subquery finds nothing, the original also gives rows whose ${q.said(held.of)} is NULL.`] : []),
    ],
  };
}

function subquery(q: QueryRead, block: Block, held: InQuery): Advice[] {
  const inner = q.blocks.find((one) => one.holder === held);
  if (inner?.place !== 'in' || held.op !== '=') return [];
  const column = output(q, held, inner);
  if (column === undefined || q.notNull(column) || leavesOutNull(q, inner, column)) return [];
  const rewrite = rewritten(q, block, held, inner, column);
  return [
    {
      at: q.tokens.balanced(held.at),
      what: `${q.query.name} asks NOT IN of ${column.table.name}.${column.column.name}, which may be NULL.`,
      evidence: [`${column.table.name}.${column.column.name} is nullable${column.source.outer ? ' behind an outer join' : ''}.`],
      about: [{ record: column.table.id, part: column.column.id }],
      ...(rewrite === undefined ? {} : { rewrite }),
    },
  ];
}

function isNull(expr: Expr): boolean {
  return expr.is === 'literal' && expr.type === 'null';
}

function list(q: QueryRead, held: Extract<Expr, { is: 'in' }>): Advice[] {
  if (!held.list.some(isNull)) return [];
  const rest = held.list.filter((one) => !isNull(one));
  const [first, last] = [held.list[0], held.list.at(-1)];
  const spot = first === undefined || last === undefined ? held.at : { start: first.at.start, end: last.at.end };
  return [
    {
      at: q.tokens.balanced(held.at),
      what: `${q.query.name} has NULL in a list of ${held.not ? 'NOT IN' : 'IN'}.`,
      why: held.not
        ? 'Nothing is known to differ from NULL, so the condition is never true and no row is found.'
        : 'Nothing equals NULL: it finds no row that the rest of the list does not.',
      ...(rest.length === 0
        ? {}
        : {
            rewrite: {
              edits: [{ ...q.tokens.balanced(spot), text: rest.map((one) => q.said(one)).join(', ') }],
              equal: !held.not,
              conditions: held.not ? ['The original gives no row at all; this one those whose value is not in the list.'] : [],
            },
          }),
    },
  ];
}

/** NOT IN over something that may be NULL: one NULL and nothing is found. */
export function notInNull(q: QueryRead): readonly Advice[] {
  return q.blocks.flatMap((block) =>
    [...parts(block.where), ...block.on.flatMap(parts)].flatMap((one) => {
      if (one.is === 'in') return list(q, one);
      return one.is === 'in query' && one.not ? subquery(q, block, one) : [];
    }),
  );
}
