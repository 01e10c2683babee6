import type { Rect } from '#lib/grid.ts';
import type { Point } from './glyph.ts';
import type { Group, Lettering, Look, Pen, TextLook } from './pen.ts';

type Context = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

/** CSS font families by what they are for; workers load fonts under names of their own. */
export type Families = Readonly<Record<Lettering['family'], string>>;

export const PAGE_FAMILIES: Families = {
  sans: '"Inter Variable", Inter, system-ui, sans-serif',
  mono: '"JetBrains Mono Variable", "JetBrains Mono", ui-monospace, monospace',
};

/** Draws on a canvas, of the page or of a worker. Scale and place are the context's transform. */
export class CanvasPen implements Pen {
  readonly #context: Context;
  readonly #families: Families;
  readonly #paths = new Map<string, Path2D>();

  constructor(context: Context, families: Families = PAGE_FAMILIES) {
    this.#context = context;
    this.#families = families;
    context.fontKerning = 'none';
    context.textBaseline = 'alphabetic';
  }

  rect({ x, y, width, height }: Rect, look: Look, radius = 0): void {
    const context = this.#context;
    context.beginPath();
    if (radius === 0) context.rect(x, y, width, height);
    else context.roundRect(x, y, width, height, radius);
    this.#paint(look);
  }

  path(data: string, look: Look, at?: Point): void {
    if (data === '') return;
    const context = this.#context;
    if (at !== undefined) context.translate(at.x, at.y);
    this.#paint(look, this.#path(data));
    if (at !== undefined) context.translate(-at.x, -at.y);
  }

  text(content: string, x: number, y: number, look: TextLook): void {
    const context = this.#context;
    const font = `${look.weight} ${look.size}px ${this.#families[look.family]}`;
    // Setting a font is dear even when it is the same.
    if (context.font !== font) context.font = font;
    context.textAlign = look.anchor === 'middle' ? 'center' : look.anchor === 'end' ? 'right' : 'left';
    context.fillStyle = look.colour;
    context.fillText(content, x, y);
  }

  open(group?: Group): void {
    this.#context.save();
    if (group?.clip === undefined) return;
    const { x, y, width, height } = group.clip;
    this.#context.beginPath();
    this.#context.rect(x, y, width, height);
    this.#context.clip();
  }

  close(): void {
    this.#context.restore();
  }

  /** Signs recur in every row: their paths are kept. */
  #path(data: string): Path2D {
    if (data.length > 120) return new Path2D(data);
    let path = this.#paths.get(data);
    if (path === undefined) {
      if (this.#paths.size > 64) this.#paths.clear();
      path = new Path2D(data);
      this.#paths.set(data, path);
    }
    return path;
  }

  #paint(look: Look, path?: Path2D): void {
    const context = this.#context;
    if (look.fill !== undefined) {
      context.fillStyle = look.fill;
      context.globalAlpha = look.fillAlpha ?? 1;
      if (path === undefined) context.fill();
      else context.fill(path);
    }
    if (look.stroke !== undefined) {
      context.strokeStyle = look.stroke;
      context.globalAlpha = look.strokeAlpha ?? 1;
      context.lineWidth = look.width ?? 1;
      context.lineCap = look.round === true ? 'round' : 'butt';
      context.lineJoin = look.round === true ? 'round' : 'miter';
      context.setLineDash(look.dash === undefined ? [] : [...look.dash]);
      if (path === undefined) context.stroke();
      else context.stroke(path);
    }
    context.globalAlpha = 1;
  }
}
