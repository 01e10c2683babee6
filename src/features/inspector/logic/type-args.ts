import { err, ok, type Result } from '#lib/result.ts';
import type { ColumnType } from '#model/column-types.ts';

/** A type read from text. `doubt` is set when nobody here knows the name: ask before taking it. */
export interface ReadType {
  readonly type: ColumnType;
  readonly doubt?: { readonly message: string; readonly suggestions: readonly string[] };
}

/** Reads `(a, b)`: arguments as written, split at commas outside quotes and inner parentheses. */
export function readArgs(text: string, from: number): Result<{ args: readonly string[]; end: number }> {
  const args: string[] = [];
  let depth = 0;
  let quote = '';
  let start = from + 1;
  for (let at = from; at < text.length; at++) {
    const char = text[at] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === "'" || char === '"') quote = char;
    else if (char === '(') depth++;
    else if (char === ',' && depth === 1) {
      args.push(text.slice(start, at).trim());
      start = at + 1;
    } else if (char === ')') {
      depth--;
      if (depth > 0) continue;
      args.push(text.slice(start, at).trim());
      if (args.some((arg) => arg === ''))
        return err('type-args', 'Between the parentheses of a type stands a value, such as varchar(255).');
      return ok({ args, end: at + 1 });
    }
  }
  return err('type-args', 'The parenthesis after the type is not closed: add ).');
}
