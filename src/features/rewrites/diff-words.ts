import { diffLines } from '#lib/line-diff.ts';

/** A part of a text, and whether the other text has it too, white space aside. */
export interface Piece {
  readonly text: string;
  readonly same: boolean;
}

/** Words and marks with the white space behind each; what stands before the first is a token without a word. */
function tokens(text: string): readonly { readonly word: string; readonly text: string }[] {
  return (text.match(/^\s+|(?:[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$])\s*/gu) ?? []).map((one) => ({ word: one.trim(), text: one }));
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

/** Two texts in pieces, word by word: what each has that the other has not. White space alone makes no difference. */
export function diffWords(before: string, after: string): { readonly before: readonly Piece[]; readonly after: readonly Piece[] } {
  const [a, b] = [tokens(before), tokens(after)];
  const words = (list: typeof a) => list.map((one) => one.word).join('\n');
  const [old, made]: [Piece[], Piece[]] = [[], []];
  // A line without anything in it is a token too: an empty text has none, so that lines and tokens go together.
  const lines = a.length === 0 || b.length === 0 ? undefined : diffLines(`\n${words(a)}`, `\n${words(b)}`).slice(1);
  if (lines === undefined)
    return {
      before: joined(a.map(({ text }) => ({ text, same: false }))),
      after: joined(b.map(({ text }) => ({ text, same: false }))),
    };
  for (const { kind } of lines) {
    if (kind !== 'new') old.push({ text: a[old.length]?.text ?? '', same: kind === 'same' });
    if (kind !== 'gone') made.push({ text: b[made.length]?.text ?? '', same: kind === 'same' });
  }
  return { before: joined(old), after: joined(made) };
}
