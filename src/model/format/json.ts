import { err, ok, type Result } from '#lib/result.ts';

/** Nesting that no document has, and that would exhaust the stack of whoever walks it. */
const MAX_DEPTH = 64;

/** Line and column, both from 1, of a position in a text. */
export function lineAndColumn(text: string, at: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) {
    line += 1;
    start = next + 1;
  }
  return { line, column: at - start + 1 };
}

/**
 * Parses JSON from an untrusted file. A syntax error comes with its line and column; nesting deeper than any document's
 * and keys that reach for prototypes are refused.
 */
export function parseJson(text: string): Result<unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { line, column } = lineAndColumn(text, syntaxErrorAt(text));
    return err('json-syntax', `The file is not valid JSON: line ${line}, column ${column}. It may be cut off or edited by hand.`);
  }
  return hostility(value) ?? ok(value);
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

const TOKEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a JSON string may not contain them
  /[ \t\n\r]*(?:([{}[\],:])|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;

/** What may come next: a value, an object's key, the colon after a key, or what follows a value. */
type Expect = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'after';

/** Where a text stops being JSON, as an offset. Engines say this differently or not at all, so it is looked up here. */
function syntaxErrorAt(text: string): number {
  const open: string[] = [];
  let expect: Expect = 'value';
  let at = 0;
  for (;;) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const start = at + (/[^ \t\n\r]/.exec(text.slice(at, at + 1000))?.index ?? 0);
    if (match === null) return Math.min(start, text.length);
    const next = step(expect, match[1] ?? (match[0].trimStart().startsWith('"') ? 'string' : 'scalar'), open);
    if (next === undefined) return start;
    expect = next;
    at = TOKEN.lastIndex;
    if (open.length === 0 && expect === 'after' && text.slice(at).trimStart() === '') return text.length;
  }
}

function step(expect: Expect, token: string, open: string[]): Expect | undefined {
  switch (token) {
    case '{':
    case '[':
      if (expect !== 'value' && expect !== 'first-value') return undefined;
      open.push(token);
      return token === '{' ? 'first-key' : 'first-value';
    case '}':
      return (expect === 'after' || expect === 'first-key') && open.pop() === '{' ? 'after' : undefined;
    case ']':
      return (expect === 'after' || expect === 'first-value') && open.pop() === '[' ? 'after' : undefined;
    case ',':
      if (expect !== 'after' || open.length === 0) return undefined;
      return open.at(-1) === '{' ? 'key' : 'value';
    case ':':
      return expect === 'colon' ? 'value' : undefined;
    case 'string':
      if (expect === 'key' || expect === 'first-key') return 'colon';
      return expect === 'value' || expect === 'first-value' ? 'after' : undefined;
    default:
      return expect === 'value' || expect === 'first-value' ? 'after' : undefined;
  }
}
