import type { Rect } from '#lib/grid.ts';
import type { FontBook, FontSlice } from '../fonts/book.ts';
import { textWidth } from '../fonts/widths.ts';
import type { Point } from '../glyph.ts';
import type { Group, Look, Pen, TextLook } from '../pen.ts';
import { num } from './file.ts';
import type { PdfFont } from './fonts.ts';
import { parsePath } from './path-data.ts';

/** Part of a text that one font draws, or none. */
interface Run {
  readonly slice: FontSlice | undefined;
  readonly text: string;
}

/** A stretch of text that no shipped font can draw, to be shown as a picture. */
export interface Unseen {
  /** Name of its picture in the resources. */
  readonly name: string;
  readonly text: string;
  readonly look: TextLook;
}

/** What contents refer to besides fonts: noted while drawing, written afterwards. Several pens may share it. */
export class PdfNeeds {
  /** Names of graphics states by what they set. */
  readonly alphas = new Map<string, string>();
  readonly unseen = new Map<string, Unseen>();
  /** Numbers of the characters that no font has, from 1. */
  readonly missing = new Map<number, number>();
}

/** How far a circle's control points lie from its ends. */
const KAPPA = 0.5522847498;

function hex4(value: number): string {
  return value.toString(16).padStart(4, '0').toUpperCase();
}

/** `#rgb` or `#rrggbb` as three numbers. */
export function rgb(colour: string): string {
  const hex = colour.length === 4 ? [...colour.slice(1)].map((one) => one + one).join('') : colour.slice(1, 7);
  return [0, 2, 4].map((at) => num(Number.parseInt(hex.slice(at, at + 2), 16) / 255)).join(' ');
}

/**
 * Draws as the content of a PDF page or form whose y axis points downwards; the page turns it over. Text is written with
 * embedded fonts; what they lack is noted in {@link PdfNeeds}.
 */
export class PdfPen implements Pen {
  readonly #out: string[] = [];
  readonly #book: FontBook;
  readonly #fonts: ReadonlyMap<FontSlice, PdfFont>;
  readonly #needs: PdfNeeds;
  #state = new Map<string, string>();

  constructor(book: FontBook, fonts: ReadonlyMap<FontSlice, PdfFont>, needs: PdfNeeds) {
    this.#book = book;
    this.#fonts = fonts;
    this.#needs = needs;
  }

  /** What was drawn, as the operators of a content stream. */
  toString(): string {
    return this.#out.join('\n');
  }

  rect(box: Rect, look: Look, radius = 0): void {
    const { x, y, width, height } = box;
    if (radius === 0) {
      this.#paint(`${num(x)} ${num(y)} ${num(width)} ${num(height)} re`, look);
      return;
    }
    const r = Math.min(radius, width / 2, height / 2);
    const k = r * (1 - KAPPA);
    const [x1, y1] = [x + width, y + height];
    const n = (...values: number[]) => values.map(num).join(' ');
    this.#paint(
      [
        `${n(x + r, y)} m ${n(x1 - r, y)} l ${n(x1 - k, y, x1, y + k, x1, y + r)} c`,
        `${n(x1, y1 - r)} l ${n(x1, y1 - k, x1 - k, y1, x1 - r, y1)} c`,
        `${n(x + r, y1)} l ${n(x + k, y1, x, y1 - k, x, y1 - r)} c`,
        `${n(x, y + r)} l ${n(x, y + k, x + k, y, x + r, y)} c h`,
      ].join(' '),
      look,
    );
  }

  path(data: string, look: Look, at: Point = { x: 0, y: 0 }): void {
    const operators = parsePath(data).map(([name, ...numbers]) => {
      if (name === 'Z') return 'h';
      const shifted = (numbers as number[]).map((value, index) => num(value + (index % 2 === 0 ? at.x : at.y)));
      return `${shifted.join(' ')} ${name.toLowerCase()}`;
    });
    if (operators.length > 0) this.#paint(operators.join(' '), look);
  }

  text(content: string, x: number, y: number, look: TextLook): void {
    const runs = this.#runs(content, look);
    const widths = runs.map((run) => this.#width(run, look));
    const whole = widths.reduce((sum, width) => sum + width, 0);
    let at = x - (look.anchor === 'end' ? whole : look.anchor === 'middle' ? whole / 2 : 0);
    this.#alpha(1, 1);
    this.#set('fill', `${rgb(look.colour)} rg`);
    for (const [index, run] of runs.entries()) {
      this.#run(run, at, y, look, widths[index] as number);
      at += widths[index] as number;
    }
  }

  open(group: Group = {}): void {
    if (group.clip === undefined) return void this.#out.push('q');
    const { x, y, width, height } = group.clip;
    this.#out.push(`q ${num(x)} ${num(y)} ${num(width)} ${num(height)} re W n`);
  }

  close(): void {
    this.#out.push('Q');
    this.#state = new Map();
  }

  #runs(content: string, look: TextLook): Run[] {
    const runs: { slice: FontSlice | undefined; text: string }[] = [];
    for (const letter of content) {
      const slice = this.#book.find(look, letter.codePointAt(0) as number);
      const last = runs.at(-1);
      if (last !== undefined && last.slice === slice) last.text += letter;
      else runs.push({ slice, text: letter });
    }
    return runs;
  }

  #width({ slice, text }: Run, look: TextLook): number {
    const font = slice === undefined ? undefined : this.#fonts.get(slice);
    if (font === undefined) return textWidth(text, look);
    let em = 0;
    for (const letter of text) em += font.width(font.glyphs.get(letter.codePointAt(0) as number) ?? 0);
    return em * look.size;
  }

  #run({ slice, text }: Run, x: number, y: number, look: TextLook, width: number): void {
    const font = slice === undefined ? undefined : this.#fonts.get(slice);
    const place = `1 0 0 -1 ${num(x)} ${num(y)} Tm`;
    const codes = [...text].map((letter) => letter.codePointAt(0) as number);
    if (font !== undefined) {
      const glyphs = codes.map((code) => hex4(font.glyphs.get(code) ?? 0)).join('');
      this.#out.push(`BT /${font.name} ${look.size} Tf ${place} <${glyphs}> Tj ET`);
      return;
    }
    const numbers = codes.map((code) => {
      const known = this.#needs.missing.get(code) ?? (this.#needs.missing.size % 0xfffe) + 1;
      this.#needs.missing.set(code, known);
      return hex4(known);
    });
    const key = `${look.family} ${look.size} ${look.weight} ${look.colour} ${text}`;
    const shown = this.#needs.unseen.get(key) ?? { name: `U${this.#needs.unseen.size}`, text, look };
    this.#needs.unseen.set(key, shown);
    if (width > 0) {
      // The picture covers the line from ascent to descent, its first row on top.
      const height = look.size * 1.4;
      this.#out.push(`q ${num(width)} 0 0 ${num(-height)} ${num(x)} ${num(y + look.size * 0.35)} cm /${shown.name} Do Q`);
    }
    this.#out.push(`BT 3 Tr /FZ ${look.size} Tf ${place} <${numbers.join('')}> Tj 0 Tr ET`);
  }

  #set(what: string, operator: string): void {
    if (this.#state.get(what) === operator) return;
    this.#state.set(what, operator);
    this.#out.push(operator);
  }

  #alpha(fill: number, stroke: number): void {
    const key = `/ca ${num(fill)} /CA ${num(stroke)}`;
    const name = this.#needs.alphas.get(key) ?? `A${this.#needs.alphas.size}`;
    this.#needs.alphas.set(key, name);
    this.#set('alpha', `/${name} gs`);
  }

  #paint(shape: string, look: Look): void {
    const { fill, stroke } = look;
    if (fill === undefined && stroke === undefined) return;
    this.#alpha(look.fillAlpha ?? 1, look.strokeAlpha ?? 1);
    if (fill !== undefined) this.#set('fill', `${rgb(fill)} rg`);
    if (stroke !== undefined) {
      this.#set('stroke', `${rgb(stroke)} RG`);
      this.#set('width', `${num(look.width ?? 1)} w`);
      this.#set('dash', `[${(look.dash ?? []).map(num).join(' ')}] 0 d`);
      this.#set('ends', look.round === true ? '1 J 1 j' : '0 J 0 j');
    }
    this.#out.push(`${shape} ${fill === undefined ? 'S' : stroke === undefined ? 'f' : 'B'}`);
  }
}
