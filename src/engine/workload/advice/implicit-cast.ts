import type { Expr } from '../tree.ts';
import type { Advice, Rewrite } from './advice.ts';
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
        if (column === undefined || value.is !== 'literal') return [];
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
