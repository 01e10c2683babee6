import interUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import monoUrl from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?url';
import { useLayoutEffect, useRef } from 'react';
import { lensStore } from '#features/lens/index.ts';
import { grow, type Rect } from '#lib/grid.ts';
import type { Id } from '#model/types.ts';
import { FarPainter } from '#paint/far-painter.ts';
import type { FarAnswer, FarMessage } from '#paint/far-scene.ts';
import { pathStore } from '#state/query-path.ts';
import { resultsStore } from '#state/results.ts';
import { viewStore } from '#state/view.ts';
import { edgeView } from './edge-view.ts';
import { farBadges, farLines, farMarks, farNode, flatScene, type Numbers, pagePalette } from './far-messages.ts';
import type { SceneChange } from './scene.ts';
import { stage } from './stage.ts';
import { visibleRect } from './viewport.ts';

interface Painter {
  readonly tell: (message: Exclude<FarMessage, { type: 'start' }>) => void;
  readonly stop: () => void;
}

/** The painter: in a worker of its own where canvases can go there, on this page otherwise. */
function startPainter(canvas: HTMLCanvasElement, onDrawn: (serial: number) => void): Painter {
  if (typeof canvas.transferControlToOffscreen !== 'function' || typeof Worker === 'undefined') {
    const painter = new FarPainter(canvas, pagePalette(), onDrawn);
    return { tell: (message) => painter.tell(message), stop: () => painter.stop() };
  }
  const worker = new Worker(new URL('../../paint/far.worker.ts', import.meta.url), { type: 'module', name: 'paint' });
  const offscreen = canvas.transferControlToOffscreen();
  const fonts = { sans: new URL(interUrl, document.baseURI).href, mono: new URL(monoUrl, document.baseURI).href };
  const start: FarMessage = { type: 'start', canvas: offscreen, fonts, palette: pagePalette() };
  worker.onmessage = ({ data }: MessageEvent<FarAnswer>) => onDrawn(data.drawn);
  worker.postMessage(start, [offscreen]);
  return { tell: (message) => worker.postMessage(message), stop: () => worker.terminate() };
}

/** Whether nodes only moved, so that their new boxes suffice. */
function onlyMoved(change: SceneChange, numbers: Numbers): change is SceneChange & { readonly nodes: ReadonlySet<Id> } {
  if (change.nodes === 'all' || change.areas || change.nodes.size === 0) return false;
  for (const id of change.nodes) if (!numbers.has(id) || !stage.moving.has(id)) return false;
  return true;
}

const PATIENCE_MS = 1500;

/** Keeps the painter in step with the stage; it is started when the far view is first needed. */
class FarView {
  readonly #canvas: HTMLCanvasElement;
  readonly #numbers: Numbers = new Map();
  #painter: Painter | undefined;
  /** The painter has another scene than the stage. */
  #stale = true;
  /** The far view is on, as far as this knows. */
  #on = false;
  /** Pictures asked about; the last of them must be on the canvas before it is shown. */
  #asked = 0;
  /** Nodes whose rows the painter knows, and the region they were told for. */
  readonly #told = new Set<Id>();
  #region: Rect | undefined;
  #lines: unknown;
  #live: unknown;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  /** The far view began or ended. Its canvas is shown once the first picture is on it. */
  readonly turn = () => {
    if (stage.far === this.#on) return;
    this.#on = stage.far;
    this.#canvas.style.visibility = 'hidden';
    if (!stage.far) return;
    this.show();
    this.#asked += 1;
    const serial = this.#asked;
    this.#painter?.tell({ type: 'tell', serial });
    // A painter that never answers must not keep the page as it was.
    setTimeout(() => this.#onDrawn(serial), PATIENCE_MS);
  };

  readonly #onDrawn = (serial: number) => {
    if (serial !== this.#asked || !stage.far) return;
    this.#canvas.style.visibility = 'visible';
    stage.painted();
  };

  /** Hands over what changed. */
  show(): void {
    if (!stage.far) return;
    this.#painter ??= startPainter(this.#canvas, this.#onDrawn);
    if (this.#stale) {
      this.#painter.tell({ type: 'scene', scene: flatScene(stage.scene, this.#numbers) });
      this.#forget();
      this.badge();
    }
    this.#stale = false;
    this.look();
    this.mark();
  }

  #forget(): void {
    this.#told.clear();
    this.#region = undefined;
    this.#lines = undefined;
    this.#live = undefined;
  }

  readonly look = () => {
    if (!stage.far) return;
    const { viewport, screen } = stage;
    this.#painter?.tell({ type: 'view', view: { ...viewport, ...screen, ratio: Math.min(2, devicePixelRatio || 1) } });
    this.#tellRows();
  };

  /** Rows of what came into sight, and of a margin round it. */
  #tellRows(): void {
    if (!stage.showsRows) return;
    const seen = visibleRect(stage.viewport, stage.screen);
    const known = this.#region;
    const inside =
      known !== undefined &&
      seen.x >= known.x &&
      seen.y >= known.y &&
      seen.x + seen.width <= known.x + known.width &&
      seen.y + seen.height <= known.y + known.height;
    if (inside) return;
    this.#region = grow(seen, Math.max(seen.width, seen.height) * 0.2);
    const { nodes, document, grid } = stage.scene;
    const fresh = grid.query(this.#region).flatMap((id) => {
      const node = this.#told.has(id) ? undefined : nodes.get(id);
      const at = this.#numbers.get(id);
      if (node === undefined || at === undefined) return [];
      this.#told.add(id);
      return [farNode(document, node, at)];
    });
    if (fresh.length > 0) this.#painter?.tell({ type: 'nodes', nodes: fresh });
    this.lines();
  }

  /** The routed lines, as far as the painter has not got them. */
  readonly lines = () => {
    if (!stage.far || !stage.showsRows || this.#stale) return;
    const { document } = stage.scene;
    if (edgeView.resting !== this.#lines) {
      this.#lines = edgeView.resting;
      this.#painter?.tell({ type: 'lines', resting: farLines(document, edgeView.resting, this.#numbers) });
    }
    if (edgeView.live === this.#live || (edgeView.live.length === 0 && (this.#live as unknown[] | undefined)?.length === 0)) return;
    this.#live = edgeView.live;
    this.#painter?.tell({ type: 'lines', live: farLines(document, edgeView.live, this.#numbers) });
  };

  readonly mark = () => {
    if (!stage.far) return;
    const focused = document.activeElement === stage.element;
    this.#painter?.tell({ type: 'marks', marks: farMarks(stage.scene, this.#numbers, focused) });
  };

  readonly badge = () => {
    this.#painter?.tell({ type: 'badges', badges: farBadges(this.#numbers) });
  };

  /** Findings or normal forms are others: the marks, and the heads of rows. */
  readonly judged = () => {
    if (!stage.far || this.#stale) return;
    this.badge();
    this.#told.clear();
    this.#region = undefined;
    this.#tellRows();
  };

  readonly follow = (change: SceneChange | undefined) => {
    if (stage.far && !this.#stale && change !== undefined && onlyMoved(change, this.#numbers)) {
      const ids = [...change.nodes];
      const boxes = ids.flatMap((id) => {
        const box = stage.scene.grid.get(id);
        return box === undefined ? [0, 0, 0, 0] : [box.x, box.y, box.width, box.height];
      });
      const nodes = Uint32Array.from(ids.map((id) => this.#numbers.get(id) as number));
      this.#painter?.tell({ type: 'move', nodes, boxes: Float32Array.from(boxes) });
      return;
    }
    this.recolour();
  };

  /** The scene must be handed over anew. */
  readonly recolour = () => {
    this.#stale = true;
    if (this.#on) this.show();
  };

  readonly palette = () => {
    this.#painter?.tell({ type: 'palette', palette: pagePalette() });
    if (lensStore.getState().lens !== 'structure') this.recolour();
  };

  stop(): void {
    this.#painter?.stop();
  }
}

function connect(canvas: HTMLCanvasElement): () => void {
  const far = new FarView(canvas);
  const theme = new MutationObserver(far.palette);
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const { element } = stage;
  element?.addEventListener('focus', far.mark);
  element?.addEventListener('blur', far.mark);
  const offs = [
    stage.on('mode', far.turn),
    stage.on('view', far.look),
    stage.on('scene', far.follow),
    stage.on('lines', far.lines),
    lensStore.subscribe(far.recolour),
    pathStore.subscribe(far.mark),
    viewStore.subscribe((now, before) => {
      if (now.selection !== before.selection || now.hovered !== before.hovered) far.mark();
    }),
    resultsStore.subscribe((now, before) => {
      if (now.findings !== before.findings || now.normalForms !== before.normalForms) far.judged();
    }),
  ];
  far.turn();
  return () => {
    for (const off of offs) off();
    element?.removeEventListener('focus', far.mark);
    element?.removeEventListener('blur', far.mark);
    theme.disconnect();
    far.stop();
  };
}

/** The far view: everything in sight as one picture, when it is too much for the page. */
export function FarLayer() {
  const holder = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // A canvas handed to a worker cannot come back: each mount makes its own.
    const canvas = document.createElement('canvas');
    canvas.className = 'canvas-far';
    canvas.setAttribute('aria-hidden', 'true');
    holder.current?.append(canvas);
    const off = connect(canvas);
    return () => {
      off();
      canvas.remove();
    };
  }, []);
  return <div ref={holder} className="pointer-events-none absolute inset-0" />;
}
