import type { Dialect } from '#model/types.ts';
import { splitSql } from '../split.ts';

/** What stands in the place of one statement of a file from now on: nothing, or text. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Where a statement begins that is left out: with the comments that stand right above it, and its own line break. */
function leftOut(text: string, start: number, end: number): { readonly start: number; readonly end: number } {
  let from = start;
  for (;;) {
    const before = text.lastIndexOf('\n', from - 2);
    const line = text.slice(before + 1, Math.max(before + 1, from - 1));
    if (from === 0 || text[from - 1] !== '\n' || !/^[ \t]*--/.test(line)) break;
    from = before + 1;
  }
  const rest = /^[ \t]*(?:\r?\n){0,2}/.exec(text.slice(end, end + 200))?.[0].length ?? 0;
  const startsLine = from === 0 || text[from - 1] === '\n';
  return startsLine ? { start: from, end: end + rest } : { start, end };
}

/** A file with its statements replaced. Those replaced by nothing go with the comments right above them. */
export function replaced(text: string, replacements: readonly Replacement[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const one of replacements.toSorted((a, b) => a.start - b.start)) {
    const place = one.text === '' ? leftOut(text, one.start, one.end) : one;
    pieces.push(text.slice(at, Math.max(at, place.start)), one.text);
    at = Math.max(at, place.end);
  }
  return pieces.join('') + text.slice(at);
}

/** The end of a text with further statements, after what it has. */
export function appended(text: string, statements: readonly string[]): string {
  if (statements.length === 0) return text;
  const gap = text === '' || /\n\s*\n$/.test(text) ? '' : text.endsWith('\n') ? '\n' : '\n\n';
  return `${text}${gap}${statements.join('\n\n')}\n`;
}

/** The first words of a statement in capitals. */
export function wordsOf(sql: string, dialect: Dialect): readonly string[] {
  return splitSql(sql, dialect).find((span) => span.kind === 'statement')?.words ?? [];
}
