import { typeFacts } from '../../rules/type-facts.ts';
import { AGGREGATES } from '../terms.ts';
import type { Expr } from '../tree.ts';
import { holds, visit } from '../walk.ts';
import type { Advice, Rewrite } from './advice.ts';
import type { Block, Seen } from './blocks.ts';
import { rangeFor } from './column-ranges.ts';
import { parts, type QueryRead } from './read.ts';

const COMPARED = /^(?:=|<|<=|>|>=)$/;
const FLIPPED: Readonly<Record<string, string>> = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** A comparison with what is computed from a column on its left. */
export interface Comparison {
  readonly expr: Expr;
  readonly side: Expr;
  readonly op: string;
  readonly value: Expr;
}

function comparisonOf(q: QueryRead, block: Block, expr: Expr): Comparison | undefined {
  if (expr.is === 'in' && !expr.not && expr.list.every((one) => q.constant(block, one)))
    return { expr, side: expr.of, op: 'in', value: expr };
  if (expr.is === 'between' && !expr.not && q.constant(block, expr.low) && q.constant(block, expr.high))
    return { expr, side: expr.of, op: 'between', value: expr };
  if (expr.is !== 'binary' || !COMPARED.test(expr.op)) return undefined;
  if (q.constant(block, expr.right) && !q.constant(block, expr.left))
    return { expr, side: expr.left, op: expr.op, value: expr.right };
  if (q.constant(block, expr.left) && !q.constant(block, expr.right))
    return { expr, side: expr.right, op: FLIPPED[expr.op] ?? expr.op, value: expr.left };
  return undefined;
}

/** The only column that an expression is computed from. */
function columnIn(q: QueryRead, block: Block, expr: Expr): { readonly seen: Seen; readonly expr: Expr } | undefined {
  const found: { seen: Seen; expr: Expr }[] = [];
  let others = false;
  visit(expr, (one) => {
    if (one.is !== 'column') return true;
    const column = q.own(block, one);
    if (column === undefined) others = true;
    else found.push({ seen: column, expr: one });
    return true;
  });
  const [first] = found;
  return others || first === undefined || found.some(({ seen }) => seen.column !== first.seen.column) ? undefined : first;
}

/** Calls and arithmetic; a subscript, a JSON path or a row's part has indexes of other kinds. */
function isComputed(expr: Expr): boolean {
  if (expr.is === 'cast') return true;
  if (expr.is === 'binary') return /^[-+*/%]$/.test(expr.op) || expr.op === '||';
  return expr.is === 'call' && expr.over === undefined && !AGGREGATES.has(expr.path.at(-1) ?? '') && expr.path.at(-1) !== '(+)';
}

function squeezed(text: string): string {
  return text.toLowerCase().replaceAll(/[\s()"`[\]]|::\w+/g, '');
}

/** Whether an index of the table begins with this expression, or a generated column holds it. */
function indexed(q: QueryRead, { table, source }: Seen, text: string): boolean {
  const plain = squeezed(text.replaceAll(`${source.name}.`, ''));
  const same = (sql: string | undefined) => sql !== undefined && squeezed(sql) === plain;
  return (
    table.indexes.some((index) => index.elements.some((one) => same(one.expression))) ||
    source.columns.some((one) => same(one.generated?.expression) && q.leads(table, one.id))
  );
}

/** Whether a cast is one to text, or to the type that the column has. */
function changesNothing(q: QueryRead, seen: Seen, side: Expr): boolean {
  if (side.is !== 'cast') return false;
  if (/^(?:text|varchar|character varying|citext)\b/.test(side.type)) return true;
  const named = typeFacts(q.document, { kind: 'builtin', name: side.type.replace(/\(.*$/s, '').trim() });
  return typeFacts(q.document, seen.column.type).name === named.name;
}

function adviseComparison(q: QueryRead, block: Block, comparison: Comparison): readonly Advice[] {
  const { side, expr } = comparison;
  if (!isComputed(side)) return [];
  if (holds(side, (one) => one.is === 'query' || one.is === 'exists' || one.is === 'array')) return [];
  const found = columnIn(q, block, side);
  if (found === undefined) return [];
  const { seen } = found;
  const text = q.said(side);
  if (changesNothing(q, seen, side) || indexed(q, seen, text) || q.single(block, seen.source)) return [];
  // A row that an outer join makes up is in no index.
  if (seen.source.outer) return [];
  const range = q.sound ? rangeFor(q, seen, found.expr, comparison) : undefined;
  const rewrite: Rewrite | undefined =
    range === undefined
      ? undefined
      : {
          edits: [{ ...q.tokens.balanced(expr.at), text: range.text }],
          equal: true,
          conditions: range.conditions,
        };
  const bare = text.replaceAll(`${seen.source.name}.`, '');
  const { name } = seen.column;
  const todo =
    rewrite !== undefined
      ? `Compare ${name} itself, as the rewritten query does.`
      : q.immutable(seen.table, bare)
        ? `Index what is compared: ${q.words.expressionIndex(seen.table.name, bare)}. Where the same rows can be said as a range of ${name}, that needs no index of its own.`
        : `Say the same rows as a range of ${name}. No index can hold ${bare}, as its result depends on the session; a generated or filled column of its own can.`;
  return [
    {
      at: q.tokens.balanced(expr.at),
      what: `${q.query.name} compares ${text}, not ${seen.table.name}.${seen.column.name} itself.`,
      evidence: [
        q.leads(seen.table, seen.column.id)
          ? `An index begins with ${seen.column.name}; it cannot be used for ${text}.`
          : `No index holds ${text}.`,
      ],
      todo,
      about: [{ record: seen.table.id, part: seen.column.id }],
      ...(rewrite === undefined ? {} : { rewrite }),
    },
  ];
}

/** A condition on something computed from a column, which an index on the column cannot find. */
export function functionOnColumn(q: QueryRead): readonly Advice[] {
  return q.blocks.flatMap((block) =>
    [...parts(block.where), ...block.on.flatMap(parts)].flatMap((one) => {
      const comparison = comparisonOf(q, block, one);
      return comparison === undefined ? [] : adviseComparison(q, block, comparison);
    }),
  );
}
