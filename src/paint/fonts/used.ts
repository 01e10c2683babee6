import type { Pen, TextLook } from '../pen.ts';
import { faceKey, type UsedLetters } from './book.ts';

/** Draws nothing and notes which characters of which face were written. */
export class LetterPen implements Pen {
  readonly #used = new Map<string, Set<number>>();

  get used(): UsedLetters {
    return this.#used;
  }

  text(content: string, _x: number, _y: number, look: Pick<TextLook, 'family' | 'weight'>): void {
    const key = faceKey(look);
    let codes = this.#used.get(key);
    if (codes === undefined) {
      codes = new Set();
      this.#used.set(key, codes);
    }
    for (const letter of content) codes.add(letter.codePointAt(0) as number);
  }

  rect(): void {}
  path(): void {}
  open(): void {}
  close(): void {}
}
