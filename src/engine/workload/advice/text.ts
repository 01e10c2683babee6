import type { Token } from '../../dialects/base/lex.ts';
import type { Spot } from '../facts.ts';

/** A part of a text and what stands there instead. */
export interface Edit extends Spot {
  readonly text: string;
}

/** The text with its parts replaced; edits must not overlap. Those at one place are made in the order given. */
export function spliced(text: string, edits: readonly Edit[]): string {
  let made = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    made += text.slice(at, edit.start) + edit.text;
    at = Math.max(at, edit.end);
  }
  return made + text.slice(at);
}

/** The tokens of a statement by place. A tree says where a thing's words stand, but not which brackets are around it. */
export class Tokens {
  readonly text: string;
  readonly all: readonly Token[];

  constructor(text: string, all: readonly Token[]) {
    this.text = text;
    this.all = all;
  }

  /** Position of the first token that ends after an offset. */
  from(offset: number): number {
    let low = 0;
    let high = this.all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.all[middle]?.end ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  word(index: number): string {
    return this.all[index]?.word ?? '';
  }

  /** Grows a place until every bracket in it has its other half. */
  balanced(spot: Spot): Spot {
    let first = this.from(spot.start);
    let last = this.from(Math.max(spot.start, spot.end - 1));
    let depth = 0;
    let least = 0;
    for (let i = first; i <= last; i++) {
      if (this.word(i) === '(') depth++;
      else if (this.word(i) === ')') least = Math.min(least, --depth);
    }
    for (let missing = -least; missing > 0 && first > 0; ) if (this.word(--first) === '(') missing--;
    for (let open = depth - least; open > 0 && last < this.all.length - 1; ) if (this.word(++last) === ')') open--;
    return { start: this.all[first]?.start ?? spot.start, end: this.all[last]?.end ?? spot.end };
  }

  /** What is written there, brackets whole. */
  said(spot: Spot): string {
    const { start, end } = this.balanced(spot);
    return this.text.slice(start, end);
  }

  /** Grows a place by the brackets that are right around it. */
  bracketed(spot: Spot): Spot {
    let { start, end } = this.balanced(spot);
    for (;;) {
      const before = this.all[this.from(start) - 1];
      const after = this.all[this.from(end)];
      if (before?.word !== '(' || after?.word !== ')') return { start, end };
      start = before.start;
      end = after.end;
    }
  }

  /** The token that ends last before an offset. */
  before(offset: number): Token | undefined {
    const index = this.from(offset);
    const here = this.all[index];
    return here !== undefined && here.start < offset ? here : this.all[index - 1];
  }

  /** The first token that begins at an offset or after it. */
  after(offset: number): Token | undefined {
    return this.all[this.from(offset)];
  }

  /**
   * End of the last token before one of these words, or a closing bracket of what is around, on the level of the offset.
   */
  until(offset: number, words: ReadonlySet<string>): number {
    let depth = 0;
    let end = offset;
    for (let i = this.from(offset); i < this.all.length; i++) {
      const token = this.all[i] as Token;
      if (depth === 0 && (words.has(token.word) || token.word === ')')) return end;
      if (token.word === '(') depth++;
      if (token.word === ')') depth--;
      end = token.end;
    }
    return end;
  }
}
