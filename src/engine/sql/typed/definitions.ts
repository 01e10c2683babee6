import type { Definition, SqlLanguage } from '../language.ts';
import { type Span, splitSql } from '../split.ts';

/** One statement of a text. */
export interface TypedStatement {
  /** UTF-16 offsets of the code in the text. */
  readonly span: Span;
  readonly sql: string;
  readonly definition?: Definition;
  /** Why it cannot be parsed, and where in the text. */
  readonly problem?: { readonly message: string; readonly position: number };
}

function parseOne(sql: string, span: Span, language: SqlLanguage): TypedStatement {
  if (span.unterminated !== undefined) {
    const { what, at } = span.unterminated;
    return { span, sql, problem: { message: `The ${what} that begins here never ends.`, position: at } };
  }
  if (span.kind !== 'statement') return { span, sql };
  const { definition, problem } = language.define(sql);
  if (problem !== undefined) return { span, sql, problem: { ...problem, position: span.start + problem.position } };
  return { span, sql, ...(definition === undefined ? {} : { definition }) };
}

/** The statements of a text, each parsed by itself, with what they define. */
export function statementsOf(source: string, language: SqlLanguage): TypedStatement[] {
  return splitSql(source, language.dialect)
    .filter((span) => span.kind !== 'gap' || span.unterminated !== undefined)
    .map((span) => parseOne(source.slice(span.start, span.end), span, language));
}

export function sameDefinition(a: Definition, b: Definition): boolean {
  return a.collection === b.collection && a.schema === b.schema && a.name === b.name;
}
