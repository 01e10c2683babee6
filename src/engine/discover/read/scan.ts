/** What a scan tells of the text as it goes. */
export interface ScanSink {
  /** A field. @param quoted it stood in quotes: an empty one is an empty text, not a missing value. */
  cell(value: string, quoted: boolean): void;
  /** The end of a row. @returns false to stop. @param line where the row began. @param at where the next one begins. */
  row(line: number, at: number): boolean;
  /** Something in the current row that separated values cannot hold. */
  bad(line: number, column: number, reason: string): void;
}

const CR = 13;
const LF = 10;

/**
 * Goes through separated values field by field (RFC 4180; any separator and quote; LF, CR LF or CR at the end of a line;
 * lines with nothing on them are passed over). Linear; what is wrong is told with its line and column and the scan goes on.
 */
export function scan(text: string, separator: string, quote: string, sink: ScanSink): void {
  const sep = separator.charCodeAt(0);
  const quoted = quote === '' ? -1 : quote.charCodeAt(0);
  const length = text.length;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  let lineStart = at;
  while (at < length) {
    const rowLine = line;
    const first = text.charCodeAt(at);
    if (first !== LF && first !== CR) {
      for (;;) {
        if (text.charCodeAt(at) === quoted) {
          const opened = { line, column: at - lineStart + 1 };
          const end = closingQuote(text, at + 1, quote);
          const stop = end < 0 ? length : end;
          const inner = text.slice(at + 1, stop);
          for (let i = nextBreak(text, at + 1, stop); i < stop; i = nextBreak(text, i + 1, stop)) {
            line++;
            lineStart = i + 1;
          }
          at = Math.min(length, stop + 1);
          if (end < 0) sink.bad(opened.line, opened.column, `The quote ${quote} is never closed.`);
          const after = fieldEnd(text, at, sep);
          if (after > at && text.slice(at, after).trim() !== '') {
            sink.bad(line, at - lineStart + 1, `There is text after the closing quote ${quote}.`);
          }
          at = after;
          sink.cell(inner.includes(quote) ? inner.replaceAll(quote + quote, quote) : inner, true);
        } else {
          const end = fieldEnd(text, at, sep);
          sink.cell(text.slice(at, end), false);
          at = end;
        }
        if (at >= length || text.charCodeAt(at) !== sep) break;
        at++;
        if (at >= length) {
          sink.cell('', false);
          break;
        }
      }
    }
    if (text.charCodeAt(at) === CR) at++;
    if (text.charCodeAt(at) === LF) at++;
    line++;
    lineStart = at;
    if (first !== LF && first !== CR && !sink.row(rowLine, at)) return;
  }
}

function fieldEnd(text: string, from: number, separator: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === separator || code === LF || code === CR) break;
  }
  return at;
}

/** Where the quote ends that was opened before `from`; -1 when nowhere. */
function closingQuote(text: string, from: number, quote: string): number {
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 2)) {
    if (text.charAt(at + 1) !== quote) return at;
  }
  return -1;
}

/** The last character of the next line break in a stretch; its end when there is none. */
function nextBreak(text: string, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) return at;
  }
  return to;
}
