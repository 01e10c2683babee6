import { readJsonText } from '#lib/json-text.ts';
import { err, ok, type Result } from '#lib/result.ts';

/** Nesting that no document has, and that would exhaust the stack of whoever walks it. */
const MAX_DEPTH = 64;

/**
 * Parses JSON from an untrusted file. A syntax error comes with its line and column; nesting deeper than any document's
 * and keys that reach for prototypes are refused.
 */
export function parseJson(text: string): Result<unknown> {
  const read = readJsonText(text);
  if (!read.ok) {
    const { line, column } = read;
    return err('json-syntax', `The file is not valid JSON: line ${line}, column ${column}. It may be cut off or edited by hand.`);
  }
  return hostility(read.value) ?? ok(read.value);
}

function hostility(value: unknown): Result<never> | undefined {
  let level: object[] = typeof value === 'object' && value !== null ? [value] : [];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return err('too-deep', `The file nests deeper than ${MAX_DEPTH} levels: it is no Crowfoot file.`);
    const next: object[] = [];
    for (const one of level) {
      if (Object.hasOwn(one, '__proto__')) return err('hostile-key', 'The file has a key __proto__, which no Crowfoot file has.');
      for (const held of Object.values(one)) if (typeof held === 'object' && held !== null) next.push(held);
    }
    level = next;
  }
  return undefined;
}
