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

/** Reads a text as JSON. @returns where it stops being JSON, in lines and columns from 1. */
export function readJsonText(
  text: string,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly line: number; readonly column: number } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, ...lineAndColumn(text, syntaxErrorAt(text)) };
  }
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
