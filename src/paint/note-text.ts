import { type Block, type Inline, parseMarkdown } from '#lib/markdown.ts';
import { textWidth } from './fonts/widths.ts';
import type { Lettering } from './pen.ts';

/** Letters side by side in one look. */
export interface NoteRun {
  /** Pixels from the left edge of the note. */
  readonly x: number;
  readonly text: string;
  readonly lettering: Lettering;
  readonly struck?: boolean;
  /** Names, code and quotes step back or forward. */
  readonly tone?: 'quiet' | 'link';
}

/** A line of a note as it is drawn. The canvas sets the same text in the same sizes. */
export interface NoteLine {
  /** Its baseline, in pixels from the upper edge of the note. */
  readonly y: number;
  readonly runs: readonly NoteRun[];
  /** A rule is drawn here instead of letters. */
  readonly rule?: boolean;
}

/** Pixels between the edge of a note and its text. */
export const NOTE_PADDING = { x: 10, y: 8 } as const;
export const NOTE_LINE = 20;
const INDENT = 16;
const GAP = 4;

const BODY: Lettering = { family: 'sans', size: 12.5, weight: 400 };
const CODE: Lettering = { family: 'mono', size: 11.5, weight: 400 };
const HEADINGS: Readonly<Record<1 | 2 | 3, Lettering>> = {
  1: { family: 'sans', size: 15, weight: 600 },
  2: { family: 'sans', size: 13.5, weight: 600 },
  3: { family: 'sans', size: 12.5, weight: 600 },
};

type Look = Omit<NoteRun, 'x' | 'text'>;
/** A word in its look, or the end of a line. */
type Piece = { readonly text: string; readonly look: Look } | 'break';

function piecesOf(content: readonly Inline[], look: Look): Piece[] {
  return content.flatMap((one): Piece[] => {
    switch (one.kind) {
      case 'break':
        return ['break'];
      case 'text':
        return [{ text: one.text, look }];
      case 'code':
        return [{ text: one.text, look: { ...look, lettering: { ...CODE, weight: look.lettering.weight } } }];
      case 'link':
        return [{ text: one.text, look: { ...look, tone: 'link' } }];
      case 'bold':
        return piecesOf(one.content, { ...look, lettering: { ...look.lettering, weight: 600 } });
      case 'struck':
        return piecesOf(one.content, { ...look, struck: true });
      default:
        // The shipped fonts have no italics: pictures show them upright.
        return piecesOf(one.content, look);
    }
  });
}

/** Sets words into lines of a width, as a browser does: at blanks, and within a word only where it has no room at all. */
class Setter {
  readonly lines: NoteLine[] = [];
  readonly #width: number;
  readonly #limit: number;
  #y = NOTE_PADDING.y;
  #x = 0;
  #indent = 0;
  #runs: NoteRun[] = [];

  constructor(width: number, height: number) {
    this.#width = width;
    this.#limit = height;
  }

  get full(): boolean {
    return this.#y + NOTE_LINE > this.#limit - NOTE_PADDING.y + 4;
  }

  /** Begins a block at an indent, with a sign before it where there is one. */
  begin(indent: number, sign?: { readonly text: string; readonly wide: number }): void {
    this.#indent = NOTE_PADDING.x + indent;
    this.#x = this.#indent;
    this.#runs = sign === undefined ? [] : [{ x: this.#indent - sign.wide + 2, text: sign.text, lettering: BODY, tone: 'quiet' }];
  }

  put(text: string, look: Look): void {
    for (const word of text.split(/(?<= )(?=[^ ])|(?<=[^ ])(?= )/)) this.#word(word, look);
  }

  #word(word: string, look: Look): void {
    const wide = textWidth(word, look.lettering);
    const room = this.#width - NOTE_PADDING.x;
    if (this.#x + wide > room && word.trim() !== '') {
      if (this.#x > this.#indent) this.end();
      if (this.#indent + wide > room) {
        this.#split(word, look, room);
        return;
      }
    }
    this.#add(word, wide, look);
  }

  #split(word: string, look: Look, room: number): void {
    for (const letter of word) {
      const wide = textWidth(letter, look.lettering);
      if (this.#x + wide > room && this.#x > this.#indent) this.end();
      this.#add(letter, wide, look);
    }
  }

  #add(text: string, wide: number, look: Look): void {
    const last = this.#runs.at(-1);
    if (last !== undefined && last.lettering === look.lettering && last.tone === look.tone && last.struck === look.struck) {
      this.#runs[this.#runs.length - 1] = { ...last, text: last.text + text };
    } else this.#runs.push({ x: this.#x, text, ...look });
    this.#x += wide;
  }

  /** Ends the line; what follows begins another one at the same indent. */
  end(): void {
    const size = Math.max(BODY.size, ...this.#runs.map((run) => run.lettering.size));
    if (!this.full) this.lines.push({ y: this.#y + NOTE_LINE / 2 + size * 0.36, runs: this.#runs });
    this.#y += NOTE_LINE;
    this.#x = this.#indent;
    this.#runs = [];
  }

  gap(): void {
    this.#y += GAP;
  }

  rule(): void {
    if (!this.full) this.lines.push({ y: this.#y + NOTE_LINE / 2, runs: [], rule: true });
    this.#y += NOTE_LINE;
  }
}

function setInline(setter: Setter, content: readonly Inline[], look: Look): void {
  for (const piece of piecesOf(content, look)) {
    if (piece === 'break') setter.end();
    else setter.put(piece.text, piece.look);
  }
  setter.end();
}

function setList(setter: Setter, block: Extract<Block, { kind: 'list' }>, indent: number): void {
  block.items.forEach((item, at) => {
    if (setter.full) return;
    const wide = block.first === undefined ? INDENT : INDENT + 6;
    setter.begin(indent + wide, { text: block.first === undefined ? '•' : `${block.first + at}.`, wide });
    setInline(setter, item.content, { lettering: BODY });
    for (const child of item.children) if (child.kind === 'list') setList(setter, child, indent + wide);
  });
}

function setBlock(setter: Setter, block: Block): void {
  setter.begin(block.kind === 'quote' ? INDENT / 2 : 0);
  switch (block.kind) {
    case 'rule':
      setter.rule();
      break;
    case 'heading':
      setInline(setter, block.content, { lettering: HEADINGS[block.level] });
      break;
    case 'code':
      for (const line of block.text.split('\n')) {
        setter.put(line, { lettering: CODE });
        setter.end();
      }
      break;
    case 'list':
      setList(setter, block, 0);
      break;
    default:
      setInline(setter, block.content, { lettering: BODY, ...(block.kind === 'quote' ? { tone: 'quiet' } : {}) });
  }
}

/** The lines of a note's Markdown that fit its box, as they are drawn. */
export function noteLines({
  text,
  width,
  height,
}: {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}): readonly NoteLine[] {
  const setter = new Setter(width, height);
  for (const [at, block] of parseMarkdown(text).entries()) {
    if (setter.full) break;
    if (at > 0) setter.gap();
    setBlock(setter, block);
  }
  return setter.lines;
}
