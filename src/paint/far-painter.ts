import { drawFar } from './far.ts';
import type { FarMarks, FarMessage, FarScene, FarView, Palette } from './far-scene.ts';

type Surface = HTMLCanvasElement | OffscreenCanvas;

/** Draws the far view on a canvas, at most once a frame, whatever it is told in between. */
export class FarPainter {
  readonly #canvas: Surface;
  readonly #context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
  #palette: Palette;
  #scene: FarScene | undefined;
  #view: FarView | undefined;
  #marks: FarMarks = { selected: [], hovered: -1 };
  #frame = 0;

  constructor(canvas: Surface, palette: Palette) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
    this.#palette = palette;
  }

  tell(message: FarMessage): void {
    if (message.type === 'scene') this.#scene = message.scene;
    else if (message.type === 'view') this.#view = message.view;
    else if (message.type === 'marks') this.#marks = message.marks;
    else if (message.type === 'palette') this.#palette = message.palette;
    else if (message.type === 'move') this.#move(message.nodes, message.boxes);
    this.ask();
  }

  /** Draws in the next frame. */
  ask(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
  }

  #move(nodes: Uint32Array, boxes: Float32Array): void {
    for (let i = 0; i < nodes.length; i++) this.#scene?.boxes.set(boxes.subarray(i * 4, i * 4 + 4), (nodes[i] as number) * 4);
  }

  #draw(): void {
    const view = this.#view;
    if (view === undefined || this.#scene === undefined || this.#context === null) return;
    const width = Math.round(view.width * view.ratio);
    const height = Math.round(view.height * view.ratio);
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    drawFar(this.#context, this.#scene, view, this.#marks, this.#palette);
  }
}
