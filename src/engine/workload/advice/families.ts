import type { ColumnType } from '#model/column-types.ts';
import type { Document } from '#model/types.ts';
import type { LiteralKind, TypeFamily } from '../../dialects/base/queries/rewriting.ts';
import { typeFacts } from '../../rules/type-facts.ts';
import type { Expr } from '../tree.ts';

const FAMILIES: readonly (readonly [RegExp, TypeFamily])[] = [
  [/^(?:tiny|small|medium|big)?int(?:eger)?\b|^(?:small|big)?serial$/, 'whole'],
  [/^(?:numeric|decimal|number|money)\b/, 'exact'],
  [/^(?:real|double|float)/, 'inexact'],
  [/^(?:nvarchar|nchar|ntext|nvarchar2)\b/, 'national'],
  [/^(?:var)?char|^(?:tiny|medium|long)?text$|^varchar2\b|^clob\b/, 'text'],
  [/^(?:date|timestamp|timestamptz|datetime|datetime2|smalldatetime|datetimeoffset)\b/, 'time'],
];

/** What a column's values are, whatever the dialect calls the type. */
export function familyOf(document: Document, type: ColumnType): TypeFamily {
  const facts = typeFacts(document, type);
  const { name } = facts;
  if (facts.isArray) return 'other';
  return FAMILIES.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
}

/** What a literal is; @param said as it is written. */
export function literalKind(expr: Expr, said: string): LiteralKind | undefined {
  if (expr.is !== 'literal') return undefined;
  if (expr.type === 'number') return /^-?\d+$/.test(expr.text) ? 'whole' : 'fraction';
  if (expr.type !== 'string') return undefined;
  return /^n'/i.test(said) ? 'national' : 'text';
}
