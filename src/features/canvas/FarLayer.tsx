import interUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import { useLayoutEffect, useRef } from 'react';
import { lensStore } from '#features/lens/index.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Note } from '#model/layout-types.ts';
import type { Id, Table, View } from '#model/types.ts';
import { FarPainter } from '#paint/far-painter.ts';
import { type FarMessage, type FarScene, NO_TONE, NOTE_TINT, type Palette } from '#paint/far-scene.ts';
import { viewStore } from '#state/view.ts';
import type { SceneChange } from './scene.ts';
import { stage } from './stage.ts';

/** The theme's colours as the page has them now. */
function pagePalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    canvas: token('canvas'),
    raised: token('raised'),
    sunken: token('sunken'),
    line: token('line'),
    lineStrong: token('line-strong'),
    ink: token('ink'),
    ink2: token('ink-2'),
    ink3: token('ink-3'),
    accent: token('accent'),
    accentSoft: token('accent-soft'),
    edge: token('edge'),
    warn: token('warn'),
    warnSoft: token('warn-soft'),
    tints: [0, 1, 2, 3, 4, 5].map((tint) => token(`s${tint}`)),
  };
}

type Tell = (message: Exclude<FarMessage, { type: 'start' }>) => void;

/** The painter: in a worker of its own where canvases can go there, on this page otherwise. */
function startPainter(canvas: HTMLCanvasElement): { tell: Tell; stop: () => void } {
  if (typeof canvas.transferControlToOffscreen !== 'function' || typeof Worker === 'undefined') {
    const painter = new FarPainter(canvas, pagePalette());
    return { tell: (message) => painter.tell(message), stop: () => painter.stop() };
  }
  const worker = new Worker(new URL('../../paint/far.worker.ts', import.meta.url), { type: 'module', name: 'paint' });
  const offscreen = canvas.transferControlToOffscreen();
  const font = new URL(interUrl, document.baseURI).href;
  const start: FarMessage = { type: 'start', canvas: offscreen, font, palette: pagePalette() };
  worker.postMessage(start, [offscreen]);
  return { tell: (message) => worker.postMessage(message), stop: () => worker.terminate() };
}

/** Numbers of the nodes in the scene last handed over. */
type Numbers = Map<Id, number>;

/** The lens as the painter needs it: a tone for each node. */
function farLens(ids: readonly Id[]): FarScene['lens'] {
  const { lens, readings, scale } = lensStore.getState();
  if (lens === 'structure') return undefined;
  const style = getComputedStyle(document.documentElement);
  const letter = scale.palette === 'ordered' ? 'h' : 'd';
  const colours = scale.steps.map(({ tone }) => style.getPropertyValue(`--${letter}${tone}`).trim());
  const tones = Uint8Array.from(ids, (id) => readings.get(id)?.step ?? NO_TONE);
  return { tones, colours, signs: scale.steps.map(({ sign }) => sign) };
}

function flatScene(numbers: Numbers): FarScene {
  const { nodes, areas, document } = stage.scene;
  const all = [...nodes.values()];
  numbers.clear();
  for (const [at, node] of all.entries()) numbers.set(node.id, at);
  const boxes = new Float32Array(all.length * 4);
  const tints = new Uint8Array(all.length);
  const degrees = new Uint16Array(all.length);
  const names: string[] = [];
  const links = linksOf(document);
  for (const [at, { id, box, kind, record, tint }] of all.entries()) {
    boxes.set([box.x, box.y, box.width, box.height], at * 4);
    tints[at] = kind === 'note' ? NOTE_TINT : tint;
    degrees[at] = Math.min(65_535, (links.byParent.get(id)?.length ?? 0) + (links.byChild.get(id)?.length ?? 0));
    names.push(kind === 'note' ? ((record as Note).text.split('\n')[0] ?? '').slice(0, 60) : (record as Table | View).name);
  }
  const edges: number[] = [];
  for (const { child, parent } of Object.values(document.relationships)) {
    const a = numbers.get(child);
    const b = numbers.get(parent);
    if (a !== undefined && b !== undefined && a !== b) edges.push(a, b);
  }
  const lens = farLens(all.map(({ id }) => id));
  const scene = { boxes, tints, names, degrees, edges: Uint32Array.from(edges), areas: areas.map((area) => ({ ...area })) };
  return lens === undefined ? scene : { ...scene, lens };
}

/** Whether nodes only moved, so that their new boxes suffice. */
function onlyMoved(change: SceneChange, numbers: Numbers): boolean {
  if (change.nodes === 'all' || change.areas || change.nodes.size === 0) return false;
  for (const id of change.nodes) if (!numbers.has(id) || !stage.moving.has(id)) return false;
  return true;
}

function connect(canvas: HTMLCanvasElement): () => void {
  let painter: ReturnType<typeof startPainter> | undefined;
  const numbers: Numbers = new Map();
  let stale = true;
  const look = () => {
    const { viewport, screen } = stage;
    painter?.tell({ type: 'view', view: { ...viewport, ...screen, ratio: Math.min(2, devicePixelRatio || 1) } });
  };
  const mark = () => {
    const { selection, hovered } = viewStore.getState();
    const selected = selection.flatMap(({ record }) => numbers.get(record) ?? []);
    painter?.tell({ type: 'marks', marks: { selected, hovered: hovered === undefined ? -1 : (numbers.get(hovered) ?? -1) } });
  };
  const show = () => {
    canvas.style.visibility = stage.far ? 'visible' : 'hidden';
    if (!stage.far) return;
    painter ??= startPainter(canvas);
    if (stale) painter.tell({ type: 'scene', scene: flatScene(numbers) });
    stale = false;
    look();
    mark();
  };
  const follow = (change: SceneChange | undefined) => {
    if (stage.far && !stale && change !== undefined && onlyMoved(change, numbers)) {
      const ids = [...(change.nodes as ReadonlySet<Id>)];
      const boxes = ids.flatMap((id) => {
        const box = stage.scene.grid.get(id);
        return box === undefined ? [0, 0, 0, 0] : [box.x, box.y, box.width, box.height];
      });
      const nodes = Uint32Array.from(ids.map((id) => numbers.get(id) as number));
      painter?.tell({ type: 'move', nodes, boxes: Float32Array.from(boxes) });
      return;
    }
    stale = true;
    if (stage.far) show();
  };
  const recolour = () => {
    stale = true;
    if (stage.far) show();
  };
  const theme = new MutationObserver(() => {
    painter?.tell({ type: 'palette', palette: pagePalette() });
    if (lensStore.getState().lens !== 'structure') recolour();
  });
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const offs = [
    stage.on('mode', show),
    stage.on('view', () => {
      if (stage.far) look();
    }),
    stage.on('scene', follow),
    lensStore.subscribe(recolour),
    viewStore.subscribe((now, before) => {
      if (stage.far && (now.selection !== before.selection || now.hovered !== before.hovered)) mark();
    }),
  ];
  show();
  return () => {
    for (const off of offs) off();
    theme.disconnect();
    painter?.stop();
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
