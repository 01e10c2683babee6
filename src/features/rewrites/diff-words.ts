import { diffLines } from '#lib/line-diff.ts';

/** A part of a text, and whether the other text has it too. */
export interface Piece {
  readonly text: string;
  readonly same: boolean;
}

const NEW_LINE = '\u2028';

/** Words, white space and marks, each on a line of its own. */
function tokens(text: string): string {
  return (text.match(/\s+|[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu) ?? []).map((one) => one.replaceAll('\n', NEW_LINE)).join('\n');
}

function joined(pieces: readonly Piece[]): readonly Piece[] {
  const made: { text: string; same: boolean }[] = [];
  for (const { text, same } of pieces) {
    const last = made.at(-1);
    if (last?.same === same) last.text += text;
    else made.push({ text, same });
  }
  return made;
}

/** Two texts in pieces, word by word: what each has that the other has not. */
export function diffWords(before: string, after: string): { readonly before: readonly Piece[]; readonly after: readonly Piece[] } {
  const lines = diffLines(tokens(before), tokens(after)).map(({ kind, text }) => ({ kind, text: text.replaceAll(NEW_LINE, '\n') }));
  const side = (other: 'gone' | 'new') =>
    joined(lines.filter(({ kind }) => kind !== other).map(({ kind, text }) => ({ text, same: kind === 'same' })));
  return { before: side('new'), after: side('gone') };
}
