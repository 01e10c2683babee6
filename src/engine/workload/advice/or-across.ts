import { hasWindow, isAggregated } from '../terms.ts';
import type { Core, Expr } from '../tree.ts';
import type { Advice, Rewrite } from './advice.ts';
import type { Block, Seen } from './blocks.ts';
import { isPlain, whereSpot } from './clauses.ts';
import { parts, type QueryRead } from './read.ts';

/** The column that an arm compares with constants, and that an index begins with. */
function found(q: QueryRead, block: Block, arm: Expr): Seen | undefined {
  for (const one of parts(arm)) {
    const sides =
      one.is === 'binary' && one.op === '='
        ? [[one.left, one.right] as const, [one.right, one.left] as const]
        : one.is === 'in' && !one.not
          ? [[one.of, ...one.list.slice(0, 1)] as const]
          : [];
    for (const [side, value] of sides) {
      const column = q.own(block, side);
      if (
        column !== undefined &&
        !column.source.outer &&
        value !== undefined &&
        q.constant(block, value) &&
        q.leads(column.table, column.column.id)
      )
        return column;
    }
  }
  return undefined;
}

/** Two SELECTs of which the second leaves out what the first has found. */
function asUnion(q: QueryRead, core: Core, or: Expr, items: readonly Expr[]): Rewrite | undefined {
  const where = whereSpot(q, core);
  const [first, second] = items;
  if (where === undefined || first === undefined || second === undefined || items.length !== 2) return undefined;
  // A mark for a value cannot stand twice.
  if (q.words.positional === true && q.facts.parameters.length > 0) return undefined;
  const rest = parts(core.where)
    .filter((one) => one !== or)
    .map((one) => q.part(one));
  const head = q.sql.slice(core.at.start, where.start);
  const [a, b] = [q.part(first), q.part(second)];
  const select = (...conditions: readonly string[]) => `${head}WHERE ${[...conditions, ...rest].join(' AND ')}`;
  return {
    edits: [
      {
        start: core.at.start,
        end: where.end,
        text: `${select(a)}\nUNION ALL\n${select(b, `CASE WHEN ${a} THEN 0 ELSE 1 END = 1`)}`,
      },
    ],
    equal: true,
    conditions: [
      'The second part leaves out what the first has found, NULLs regarded; the order of the rows was not said and may be another.',
    ],
  };
}

/** Alternatives on columns of two tables, each of which an index would find alone. */
export function orAcross(q: QueryRead): readonly Advice[] {
  if (!q.sound) return [];
  return q.blocks.flatMap((block): Advice[] => {
    const { core, query } = block;
    if (core === undefined || core.from.length === 0 || block.sources.length < 2) return [];
    return parts(block.where).flatMap((one): Advice[] => {
      if (one.is !== 'or' || one.items.length > 4) return [];
      const columns = one.items.map((arm) => found(q, block, arm));
      if (columns.some((each) => each === undefined)) return [];
      const seen = columns.filter((each) => each !== undefined);
      if (new Set(seen.map(({ source }) => source)).size < 2) return [];
      // Something else that finds few rows makes the alternatives a filter.
      if (block.sources.some((source) => q.single(block, source))) return [];
      const alone =
        block.place === 'top' &&
        query !== undefined &&
        query.order.length === 0 &&
        query.limit === undefined &&
        query.offset === undefined &&
        isPlain(core, (each) => isAggregated(each) || hasWindow(each));
      const rewrite = alone && !q.locks ? asUnion(q, core, one, one.items) : undefined;
      const names = seen.map(({ table, column }) => `${table.name}.${column.name}`);
      return [
        {
          at: q.tokens.balanced(one.at),
          what: `${q.query.name} asks for ${names.join(' or ')}: no one index finds both.`,
          evidence: names.map((name) => `An index begins with ${name}.`),
          about: seen.map(({ table, column }) => ({ record: table.id, part: column.id })),
          ...(rewrite === undefined ? {} : { rewrite }),
        },
      ];
    });
  });
}
