import type { ReceiptStatement } from '#engine/sql/receipt.ts';

/** UTF-16 offset at which each line of a text begins; the first is 0. `\n`, `\r\n` and `\r` end a line. */
export function lineStarts(text: string): Uint32Array {
  const starts: number[] = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) starts.push(at + 1);
    else if (code === 13 && text.charCodeAt(at + 1) !== 10) starts.push(at + 1);
  }
  return Uint32Array.from(starts);
}

/** Index of the last element that is not greater than `value`; -1 when all are greater. The list is ascending. */
export function lastNotAfter(count: number, valueAt: (index: number) => number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (valueAt(middle) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Index of the line that holds an offset, from 0. */
export function lineAt(starts: Uint32Array, offset: number): number {
  return lastNotAfter(starts.length, (at) => starts[at] ?? 0, offset);
}

const LONGEST = 2000;

/** Characters that turn the direction of what follows: unseen, they would show a text other than the one that is read. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text in which characters that would turn others around are named instead, as `[U+202E]`. */
export function withoutTurns(text: string): string {
  return text.replace(TURNING, (one) => `[U+${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);
}

/** One line of the text without its end, nothing in it unseen that turns it around; very long ones (data) are cut. */
export function lineText(text: string, starts: Uint32Array, line: number): string {
  const from = starts[line] ?? 0;
  const to = starts[line + 1] ?? text.length;
  const raw = withoutTurns(text.slice(from, Math.min(to, from + LONGEST)).replace(/[\r\n]+$/, ''));
  return to - from > LONGEST ? `${raw} …` : raw;
}

/** The statement a line belongs to, of those of one file in their order. */
export function statementAt(statements: readonly ReceiptStatement[], from: number, to: number): ReceiptStatement | undefined {
  const at = lastNotAfter(statements.length, (index) => statements[index]?.start ?? 0, Math.max(from, to - 1));
  const found = statements[at];
  return found !== undefined && found.end > from ? found : undefined;
}

const BEGINNING = 80;

/** The first words of a statement on one line, without the comments before it. */
export function beginning(text: string, start: number, end: number): string {
  const words = text
    .slice(start, Math.min(end, start + BEGINNING * 4))
    .replace(/^(?:\s+|--[^\n]*\n|\/\*.*?\*\/)+/s, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (words === '') return 'statement';
  return withoutTurns(words.length > BEGINNING ? `${words.slice(0, BEGINNING)} …` : words);
}
