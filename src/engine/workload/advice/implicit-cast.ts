import { typeName } from '#model/derive/type-name.ts';
import type { LiteralKind, TypeFamily } from '../../dialects/base/queries/rewriting.ts';
import type { Expr } from '../tree.ts';
import type { Advice, Rewrite } from './advice.ts';
import type { Block, Seen } from './blocks.ts';
import { familyOf, literalKind } from './families.ts';
import { parts, type QueryRead } from './read.ts';

/** A literal of the column's own kind; undefined where it would be another value. */
function asColumn(q: QueryRead, literal: Extract<Expr, { is: 'literal' }>, kind: string, family: string): Rewrite | undefined {
  const at = q.tokens.balanced(literal.at);
  if (kind === 'fraction' && family === 'whole') {
    const whole = /^(-?\d+)\.0*$/.exec(literal.text)?.[1];
    return whole === undefined ? undefined : { edits: [{ ...at, text: whole }], equal: true, conditions: [] };
  }
  if (kind === 'national') {
    // What one byte holds in every code page is the same without the prefix.
    if (/[^ -~]/.test(literal.text)) return undefined;
    return { edits: [{ ...at, text: q.said(literal).replace(/^n/i, '') }], equal: true, conditions: [] };
  }
  return {
    edits: [{ ...at, text: `'${literal.text}'` }],
    equal: false,
    conditions: [
      `It finds ‘${literal.text}’ alone; the original also finds other texts that read as the number ${literal.text}, such as ‘0${literal.text}’.`,
    ],
  };
}

const LIKE_LITERALS: Readonly<Partial<Record<TypeFamily, LiteralKind>>> = {
  whole: 'whole',
  exact: 'fraction',
  inexact: 'fraction',
  national: 'national',
  text: 'text',
};

/** Columns of different types compared with each other: the index of the weaker one is not used. */
function joined(q: QueryRead, block: Block, expr: Expr, column: Seen, value: Expr): Advice[] {
  const other = q.seen(block, value);
  const kind = other === undefined ? undefined : LIKE_LITERALS[familyOf(q.document, other.column.type)];
  const reason = kind === undefined ? undefined : q.words.converts(familyOf(q.document, column.column.type), kind);
  if (other === undefined || reason === undefined || !q.leads(column.table, column.column.id)) return [];
  const [a, b] = [column, other].map(({ table, column: one }) => `${table.name}.${one.name}`);
  return [
    {
      at: q.tokens.balanced(expr.at),
      what: `${q.query.name} compares ${a} with ${b}, a column of another type.`,
      why: reason,
      todo: `Give both columns the same type; until then say the conversion of ${b} in the query.`,
      evidence: [`${a} is ${typeName(q.document, column.column.type)}, ${b} is ${typeName(q.document, other.column.type)}.`],
      about: [column, other].map(({ table, column: one }) => ({ record: table.id, part: one.id })),
    },
  ];
}

/** Values of another type than the column, where the engine converts the column. */
export function implicitCast(q: QueryRead): readonly Advice[] {
  if (!q.sound) return [];
  return q.blocks.flatMap((block) =>
    [...parts(block.where), ...block.on.flatMap(parts)].flatMap((one): Advice[] => {
      if (one.is !== 'binary' || !/^(?:=|<|<=|>|>=)$/.test(one.op)) return [];
      const sides = [
        [one.left, one.right],
        [one.right, one.left],
      ] as const;
      return sides.flatMap(([side, value]): Advice[] => {
        const column = q.own(block, side);
        if (column === undefined) return [];
        if (value.is === 'column') return joined(q, block, one, column, value);
        if (value.is !== 'literal') return [];
        const family = familyOf(q.document, column.column.type);
        const kind = literalKind(value, q.said(value));
        const reason = kind === undefined ? undefined : q.words.converts(family, kind);
        if (kind === undefined || reason === undefined) return [];
        const rewrite = asColumn(q, value, kind, family);
        return [
          {
            at: q.tokens.balanced(one.at),
            what: `${q.query.name} compares ${column.table.name}.${column.column.name} with ${q.said(value)}, a value of another type.`,
            why: reason,
            evidence: q.leads(column.table, column.column.id)
              ? [`The index that begins with ${column.column.name} is not used for it.`]
              : [],
            about: [{ record: column.table.id, part: column.column.id }],
            ...(rewrite === undefined ? {} : { rewrite }),
          },
        ];
      });
    }),
  );
}
