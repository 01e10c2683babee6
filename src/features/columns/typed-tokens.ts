/** A piece of a typed column definition. A `group` is a whole pair of parentheses with what is inside. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'group' | 'sign';
  /** As it stands in the text. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const WORD = /[\p{L}\p{N}_$]+/uy;
const SIGNS = /->|→|--|::|./suy;

/** End of a quoted text that begins at `from`; a doubled quote stands for itself. An open one goes to the end. */
function quoteEnd(text: string, from: number): number {
  const quote = text[from];
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] !== quote) continue;
    if (text[at + 1] !== quote) return at + 1;
    at++;
  }
  return text.length;
}

/** End of the parentheses that open at `from`; quotes inside hide theirs. Open ones go to the end. */
function groupEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === "'" || char === '"') at = quoteEnd(text, at) - 1;
    else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return at + 1;
  }
  return text.length;
}

/** The tokens of a text, in order. Every character that is no space is in one of them. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const push = (kind: Token['kind'], end: number) => {
    tokens.push({ kind, text: text.slice(at, end), start: at, end });
    at = end;
  };
  while (at < text.length) {
    const char = text[at] ?? '';
    WORD.lastIndex = at;
    const word = WORD.exec(text)?.[0];
    if (/\s/.test(char)) at++;
    else if (word !== undefined) push('word', at + word.length);
    else if (char === "'") push('string', quoteEnd(text, at));
    else if (char === '"') push('quoted', quoteEnd(text, at));
    else if (char === '(') push('group', groupEnd(text, at));
    else {
      SIGNS.lastIndex = at;
      push('sign', at + (SIGNS.exec(text)?.[0].length ?? 1));
    }
  }
  return tokens;
}

/** The text without its quotes, doubled ones undone; a word as it is. */
export function unquoted(token: Token): string {
  if (token.kind !== 'quoted' && token.kind !== 'string') return token.text;
  const quote = token.text[0] ?? '';
  const closed = token.text.length > 1 && token.text.endsWith(quote);
  return token.text.slice(1, closed ? -1 : undefined).replaceAll(quote + quote, quote);
}

/** The parts of a text between commas outside of quotes and parentheses; a comment takes the rest of its line. */
export function splitAtCommas(text: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (const token of tokensOf(text)) {
    if (token.text === '--') break;
    if (token.text !== ',') continue;
    parts.push(text.slice(from, token.start));
    from = token.end;
  }
  parts.push(text.slice(from));
  return parts.map((part) => part.trim());
}
