/** Where quoted and commented stretches of SQL text end. Offsets are UTF-16; -1 = it never ends. */

/** @param open offset of the opening quote. @param quote the closing character; doubled, it stands for itself. */
export function quotedEnd(text: string, open: number, quote: string, backslashes: boolean): number {
  if (!backslashes) {
    for (let at = text.indexOf(quote, open + 1); at >= 0; at = text.indexOf(quote, at + 2)) {
      if (text[at + 1] !== quote) return at + 1;
    }
    return -1;
  }
  const code = quote.charCodeAt(0);
  for (let at = open + 1; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 92) at++;
    else if (char === code) {
      if (text.charCodeAt(at + 1) !== code) return at + 1;
      at++;
    }
  }
  return -1;
}

const QUOTE_CLOSE: Readonly<Record<string, string>> = { '[': ']', '{': '}', '(': ')', '<': '>' };

/** Whether the word from `at` to `end` is Oracle's `q` or `nq` before a quote. */
export function quoteOperator(text: string, at: number, end: number): boolean {
  return text[end] === "'" && end - at <= 2 && /^n?q$/i.test(text.slice(at, end));
}

/** Where `q'[ ... ]'` ends. @param open offset of its quote. */
export function quoteOperatorEnd(text: string, open: number): number {
  const mark = text[open + 1] ?? '';
  const close = text.indexOf(`${QUOTE_CLOSE[mark] ?? mark}'`, open + 2);
  return close < 0 ? -1 : close + 2;
}

/** @param open offset of the comment's slash. */
export function blockCommentEnd(text: string, open: number, nested: boolean): number {
  let depth = 1;
  for (let at = open + 2; at < text.length - 1; at++) {
    const char = text.charCodeAt(at);
    if (char === 42 && text.charCodeAt(at + 1) === 47) {
      depth--;
      at++;
      if (depth === 0) return at + 1;
    } else if (nested && char === 47 && text.charCodeAt(at + 1) === 42) {
      depth++;
      at++;
    }
  }
  return -1;
}

/** Offset of the line break that ends the line, or the text's length. The break itself is not included. */
export function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;

/** The dollar quote that opens at this offset, such as `$body$`, or undefined. */
export function dollarTag(text: string, at: number): string | undefined {
  DOLLAR_TAG.lastIndex = at;
  return DOLLAR_TAG.exec(text)?.[0];
}

export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xfeff || code === 0xa0;
}

export function isWordStart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code >= 128 && code !== 0xfeff && code !== 0xa0)
  );
}

export function isWordPart(code: number): boolean {
  return isWordStart(code) || (code >= 48 && code <= 57) || code === 36;
}

/** Offset after the word that starts here. */
export function wordEnd(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && isWordPart(text.charCodeAt(end))) end++;
  return end;
}

/**
 * Length of the mark that opens a comment whose content is executed, or 0 when there is none here: `/*!`, `/*!40101`, and
 * `/*M!` for MariaDB alone. MariaDB leaves out what MySQL 5.7 and later call for (50700 to 99999), MySQL what is called
 * for by six digits, and nobody is at version 999999: it marks dumps (MariaDB manual, Comment Syntax).
 */
export function executedMark(text: string, at: number, by: 'mysql' | 'mariadb' | undefined): number {
  if (by === undefined || text.charCodeAt(at) !== 47 || text.charCodeAt(at + 1) !== 42) return 0;
  const found = /^\/\*(M?)!(\d{0,6})/.exec(text.slice(at, at + 12));
  if (found === null) return 0;
  const [mark, own, digits = ''] = found;
  const version = Number(digits);
  if (version === 999_999 || version === 99_999) return 0;
  if (by === 'mariadb') return own === '' && version >= 50_700 && version <= 99_999 ? 0 : mark.length;
  return own === 'M' || version >= 100_000 ? 0 : mark.length;
}
