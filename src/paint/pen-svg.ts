import type { Rect } from '#lib/grid.ts';
import { textWidth } from './fonts/widths.ts';
import type { Point } from './glyph.ts';
import type { Group, Look, Pen, TextLook } from './pen.ts';
import { escapeXml } from './xml.ts';

const MONO = 'JetBrains Mono, ui-monospace, monospace';

function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** The attributes of a look; SVG fills with black where nothing is said. */
function attributes({ fill, fillAlpha, stroke, strokeAlpha, width, dash, round }: Look): string {
  let text = fill === undefined ? ' fill="none"' : ` fill="${fill}"`;
  if (fill !== undefined && fillAlpha !== undefined) text += ` fill-opacity="${fillAlpha}"`;
  if (stroke === undefined) return text;
  text += ` stroke="${stroke}"`;
  if (width !== undefined && width !== 1) text += ` stroke-width="${width}"`;
  if (strokeAlpha !== undefined) text += ` stroke-opacity="${strokeAlpha}"`;
  if (dash !== undefined) text += ` stroke-dasharray="${dash.join(' ')}"`;
  return round === true ? `${text} stroke-linecap="round" stroke-linejoin="round"` : text;
}

/** Attributes as the declarations of a style rule. */
function declarations(attributes: string): string {
  return [...attributes.matchAll(/ ([a-z-]+)="([^"]*)"/g)]
    .map(([, name, value]) => `${name}:${value}${name === 'font-size' ? 'px' : ''}`)
    .join(';');
}

export interface SvgPenOptions {
  /** Say how wide each text is, so that it keeps its room where the fonts it was measured with are missing. */
  readonly lengths?: boolean;
  /** For a page that moves about in the picture: looks as classes (see {@link SvgPen.css}), and what each group covers. */
  readonly page?: boolean;
}

/** Draws as SVG elements: shapes and text alone, every text escaped, nothing that could run. */
export class SvgPen implements Pen {
  readonly #parts: string[] = [];
  readonly #options: SvgPenOptions;
  readonly #classes = new Map<string, string>();
  #clips = 0;

  constructor(options: SvgPenOptions = {}) {
    this.#options = options;
  }

  /** The style rules that the classes of a page stand for. */
  get css(): string {
    return [...this.#classes].map(([look, name]) => `.${name}{${declarations(look)}}`).join('\n');
  }

  /** A look as it stands in a tag: its attributes, or the class that stands for them. */
  #look(attributes: string): string {
    if (this.#options.page !== true) return attributes;
    let name = this.#classes.get(attributes);
    if (name === undefined) {
      name = `p${this.#classes.size.toString(36)}`;
      this.#classes.set(attributes, name);
    }
    return ` class="${name}"`;
  }

  rect({ x, y, width, height }: Rect, look: Look, radius = 0): void {
    const round = radius === 0 ? '' : ` rx="${radius}"`;
    this.#parts.push(
      `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"${round}${this.#look(attributes(look))}/>`,
    );
  }

  path(data: string, look: Look, at?: Point): void {
    if (data === '') return;
    const moved = at === undefined ? '' : ` transform="translate(${n(at.x)} ${n(at.y)})"`;
    this.#parts.push(`<path d="${data}"${moved}${this.#look(attributes(look))}/>`);
  }

  text(content: string, x: number, y: number, look: TextLook, whole?: string): void {
    if (content === '') return;
    let lettering = ` font-size="${look.size}" fill="${look.colour}"`;
    if (look.weight !== 400) lettering += ` font-weight="${look.weight}"`;
    if (look.family === 'mono') lettering += ` font-family="${MONO}"`;
    if (look.anchor !== undefined && look.anchor !== 'start') lettering += ` text-anchor="${look.anchor}"`;
    let text = `<text x="${n(x)}" y="${n(y)}"${this.#look(lettering)}`;
    // Other scripts are measured by a guess: stretching them to it would do harm.
    if (this.#options.lengths === true && /^[ -~…]+$/.test(content))
      text += ` textLength="${n(textWidth(content, look))}" lengthAdjust="spacingAndGlyphs"`;
    const title = whole === undefined || whole === content ? '' : `<title>${escapeXml(whole)}</title>`;
    this.#parts.push(`${text}>${escapeXml(content)}${title}</text>`);
  }

  open(group: Group = {}): void {
    let attribute = '';
    if (group.clip !== undefined) {
      const { x, y, width, height } = group.clip;
      this.#clips += 1;
      const box = `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"/>`;
      this.#parts.push(`<clipPath id="c${this.#clips}">${box}</clipPath>`);
      attribute = ` clip-path="url(#c${this.#clips})"`;
    }
    if (group.part !== undefined) attribute += ` class="${group.part}"`;
    if (group.box !== undefined && this.#options.page === true) {
      const { x, y, width, height } = group.box;
      attribute += ` data-box="${[x, y, width, height].map((one) => Math.round(one)).join(' ')}"`;
    }
    if (group.of !== undefined) attribute += ` data-id="${escapeXml(group.of)}"`;
    if (group.label !== undefined) attribute += ` role="group" aria-label="${escapeXml(group.label)}"`;
    this.#parts.push(`<g${attribute}>`);
  }

  close(): void {
    this.#parts.push('</g>\n');
  }

  /** What was drawn, as elements for an `<svg>`. */
  toString(): string {
    return this.#parts.join('');
  }
}
