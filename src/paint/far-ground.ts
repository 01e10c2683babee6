import { type Frame, nodesIn, sightOf } from './far-frame.ts';

/** Share of the view that is drawn beyond each of its edges, so that it can be moved that far without drawing anew. */
const MARGIN = 0.2;
/** The same where most of the diagram is in sight: what is beyond is mostly empty, and costs little. */
const WIDE_MARGIN = 0.5;
/** More pixels than this are not kept: a picture as large as that costs memory rather than time. */
const MOST_PIXELS = 8_000_000;

type Layer = 'under' | 'boxes';

interface Kept {
  readonly canvas: OffscreenCanvas;
  /** Where the canvas' origin was in it, in device pixels. */
  readonly x: number;
  readonly y: number;
  /** What is beyond the view on each side, in device pixels. */
  readonly beyondX: number;
  readonly beyondY: number;
}

/**
 * What lies still while the view is moved at one zoom: painted once with a margin, then only copied. Everything else is
 * drawn as ever.
 */
export class Ground {
  readonly #kept = new Map<Layer, Kept>();
  /** What the kept pictures show: another zoom, size or theme needs others. */
  #of = '';
  #last = '';

  /** Something that is painted has changed. */
  forget(): void {
    this.#kept.clear();
    this.#of = '';
  }

  /** A picture begins. Pictures are kept from the second one on that has the same zoom: a zoom under way needs none. */
  begin({ zoom, width, height, ratio }: Frame['view']): void {
    const of = `${zoom} ${width} ${height} ${ratio}`;
    if (of !== this.#of) this.#kept.clear();
    this.#last = this.#of;
    this.#of = of;
  }

  /** Puts a layer under what follows; false when it has to be drawn. */
  show(frame: Frame, layer: Layer, draw: (frame: Frame) => void): boolean {
    const { context, view } = frame;
    if (this.#last !== this.#of || typeof OffscreenCanvas === 'undefined') return false;
    const [width, height] = [Math.round(view.width * view.ratio), Math.round(view.height * view.ratio)];
    const [x, y] = [Math.round(view.x * view.ratio), Math.round(view.y * view.ratio)];
    let kept = this.#kept.get(layer);
    const fits = kept !== undefined && Math.abs(kept.x - x) <= kept.beyondX && Math.abs(kept.y - y) <= kept.beyondY;
    if (!fits) {
      const margin = frame.seen.length * 2 > frame.scene.names.length ? WIDE_MARGIN : MARGIN;
      const [beyondX, beyondY] = [Math.round(width * margin), Math.round(height * margin)];
      const size = { width: width + 2 * beyondX, height: height + 2 * beyondY };
      if (size.width * size.height > MOST_PIXELS || size.width * size.height === 0) return false;
      kept = this.#paint(frame, kept?.canvas, { x, y, beyondX, beyondY, ...size }, draw);
      if (kept === undefined) return false;
      this.#kept.set(layer, kept);
    }
    if (kept === undefined) return false;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.drawImage(kept.canvas, x - kept.x - kept.beyondX, y - kept.y - kept.beyondY);
    return true;
  }

  #paint(
    frame: Frame,
    used: OffscreenCanvas | undefined,
    at: { x: number; y: number; beyondX: number; beyondY: number; width: number; height: number },
    draw: (frame: Frame) => void,
  ): Kept | undefined {
    const { view, scene } = frame;
    const canvas = used ?? new OffscreenCanvas(at.width, at.height);
    if (canvas.width !== at.width || canvas.height !== at.height) Object.assign(canvas, { width: at.width, height: at.height });
    const context = canvas.getContext('2d');
    if (context === null) return undefined;
    const { ratio, zoom } = view;
    const wide = {
      ...view,
      x: (at.x + at.beyondX) / ratio,
      y: (at.y + at.beyondY) / ratio,
      width: at.width / ratio,
      height: at.height / ratio,
    };
    const sight = sightOf(wide);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, at.width, at.height);
    context.setTransform(ratio * zoom, 0, 0, ratio * zoom, at.x + at.beyondX, at.y + at.beyondY);
    draw({ ...frame, context, view: wide, sight, seen: nodesIn(scene, sight) });
    return { canvas, x: at.x, y: at.y, beyondX: at.beyondX, beyondY: at.beyondY };
  }
}
