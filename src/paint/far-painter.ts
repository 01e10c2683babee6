import { drawFar } from './far.ts';
import { Ground } from './far-ground.ts';
import type { FarBadges, FarLine, FarMarks, FarMessage, FarNode, FarScene, FarView, Palette } from './far-scene.ts';

type Surface = HTMLCanvasElement | OffscreenCanvas;

const NOTHING_MARKED: FarMarks = { selected: [], hovered: -1, focused: -1, rows: [] };

/** Pictures this near to each other are parts of one movement. */
const HASTE_MS = 200;

/** Draws the far view on a canvas, at most once a frame, whatever it is told in between. */
export class FarPainter {
  readonly #canvas: Surface;
  readonly #context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
  #palette: Palette;
  #scene: FarScene | undefined;
  #view: FarView | undefined;
  #marks: FarMarks = NOTHING_MARKED;
  #badges: FarBadges | undefined;
  readonly #nodes = new Map<number, FarNode>();
  #resting: readonly FarLine[] = [];
  #live: readonly FarLine[] = [];
  #asked: number | undefined;
  #frame = 0;
  readonly #ground = new Ground();
  /** When the picture before this one was asked for, and a picture with everything in it that is still owed. */
  #before = Number.NEGATIVE_INFINITY;
  #owed: ReturnType<typeof setTimeout> | undefined;
  readonly #onDrawn: (serial: number) => void;

  /** @param onDrawn hears when a picture that was asked about is on the canvas. */
  constructor(canvas: Surface, palette: Palette, onDrawn: (serial: number) => void) {
    this.#canvas = canvas;
    this.#onDrawn = onDrawn;
    this.#context = canvas.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
    this.#palette = palette;
  }

  tell(message: FarMessage): void {
    if (message.type === 'scene' || message.type === 'move' || message.type === 'palette') this.#ground.forget();
    switch (message.type) {
      case 'scene':
        this.#show(message.scene);
        break;
      case 'view':
        this.#view = message.view;
        break;
      case 'marks':
        this.#marks = message.marks;
        break;
      case 'palette':
        this.#palette = message.palette;
        break;
      case 'move':
        this.#move(message.nodes, message.boxes);
        break;
      case 'badges':
        this.#badges = message.badges;
        break;
      case 'nodes':
        for (const one of message.nodes) this.#nodes.set(one.at, one);
        break;
      case 'lines':
        this.#resting = message.resting ?? this.#resting;
        this.#live = message.live ?? this.#live;
        break;
      case 'tell':
        this.#asked = message.serial;
        break;
      default:
    }
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
    clearTimeout(this.#owed);
    cancelAnimationFrame(this.#frame);
  }

  /** Another scene has other numbers: what was said by the old ones is forgotten. */
  #show(scene: FarScene): void {
    this.#scene = scene;
    this.#nodes.clear();
    this.#resting = [];
    this.#live = [];
    this.#badges = undefined;
    this.#marks = NOTHING_MARKED;
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
    const now = performance.now();
    const hasty = now - this.#before < HASTE_MS;
    this.#before = now;
    this.#ground.begin(view);
    const picture = {
      scene: this.#scene,
      view,
      marks: this.#marks,
      palette: this.#palette,
      badges: this.#badges,
      detail: { nodes: this.#nodes, resting: this.#resting, live: this.#live },
      hasty,
    };
    drawFar(this.#context, picture, this.#ground);
    clearTimeout(this.#owed);
    if (hasty) this.#owed = setTimeout(() => this.ask(), HASTE_MS + 50);
    if (this.#asked === undefined) return;
    this.#onDrawn(this.#asked);
    this.#asked = undefined;
  }
}
