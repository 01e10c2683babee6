import { type PointerEvent, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { grow, type Rect } from '#lib/grid.ts';
import { stage } from './stage.ts';
import { visibleRect } from './viewport.ts';

const WIDTH = 132;
const HEIGHT = 84;
const PAUSE_MS = 80;
/** On a narrower canvas the tools would stand over it. */
const LEAST_CANVAS = 620;

interface Scale {
  readonly x: number;
  readonly y: number;
  readonly factor: number;
}

function scaleOf(bounds: Rect): Scale {
  const world = grow(bounds, Math.max(bounds.width, bounds.height) * 0.04);
  const factor = Math.min(WIDTH / world.width, HEIGHT / world.height);
  return {
    factor,
    x: (WIDTH - world.width * factor) / 2 - world.x * factor,
    y: (HEIGHT - world.height * factor) / 2 - world.y * factor,
  };
}

function draw(canvas: HTMLCanvasElement, scale: Scale): void {
  const ratio = Math.min(2, devicePixelRatio || 1);
  canvas.width = WIDTH * ratio;
  canvas.height = HEIGHT * ratio;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const style = getComputedStyle(document.documentElement);
  const tints = [0, 1, 2, 3, 4, 5].map((tint) => style.getPropertyValue(`--s${tint}`).trim());
  context.setTransform(ratio * scale.factor, 0, 0, ratio * scale.factor, ratio * scale.x, ratio * scale.y);
  const least = 2 / scale.factor;
  for (const area of stage.scene.areas) {
    context.globalAlpha = 0.12;
    context.fillStyle = tints[area.tint] ?? '';
    context.fillRect(area.x, area.y, area.width, area.height);
  }
  context.globalAlpha = 0.5;
  for (const { box, tint } of stage.scene.nodes.values()) {
    context.fillStyle = tints[tint] ?? '';
    context.fillRect(box.x, box.y, Math.max(least, box.width), Math.max(least, box.height));
  }
}

/** Keeps picture and frame in step; the picture at most a dozen times a second, less often during a drag. */
function connect(canvas: HTMLCanvasElement, frame: HTMLElement): () => void {
  let scale: Scale | undefined;
  let timer = 0;
  const place = () => {
    if (scale === undefined) return;
    const seen = visibleRect(stage.viewport, stage.screen);
    const x0 = Math.max(0, seen.x * scale.factor + scale.x);
    const y0 = Math.max(0, seen.y * scale.factor + scale.y);
    const x1 = Math.min(WIDTH, (seen.x + seen.width) * scale.factor + scale.x);
    const y1 = Math.min(HEIGHT, (seen.y + seen.height) * scale.factor + scale.y);
    frame.style.transform = `translate(${Math.min(x0, WIDTH - 6)}px, ${Math.min(y0, HEIGHT - 6)}px)`;
    frame.style.width = `${Math.max(6, x1 - x0)}px`;
    frame.style.height = `${Math.max(6, y1 - y0)}px`;
  };
  const repaint = () => {
    timer = 0;
    const { bounds } = stage.scene;
    scale = bounds === undefined ? undefined : scaleOf(bounds);
    if (scale !== undefined) draw(canvas, scale);
    place();
  };
  const later = () => {
    // What is dragged is a speck here: now and then is often enough.
    if (timer === 0) timer = window.setTimeout(repaint, stage.moving.size > 0 ? 4 * PAUSE_MS : PAUSE_MS);
  };
  const theme = new MutationObserver(later);
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const offs = [stage.on('scene', later), stage.on('view', place)];
  repaint();
  return () => {
    clearTimeout(timer);
    theme.disconnect();
    for (const off of offs) off();
  };
}

function centreOn(event: PointerEvent<HTMLElement>): void {
  const { bounds } = stage.scene;
  if (bounds === undefined) return;
  const scale = scaleOf(bounds);
  const corner = event.currentTarget.getBoundingClientRect();
  const x = (event.clientX - corner.left - scale.x) / scale.factor;
  const y = (event.clientY - corner.top - scale.y) / scale.factor;
  const { zoom } = stage.viewport;
  stage.go({ x: stage.screen.width / 2 - x * zoom, y: stage.screen.height / 2 - y * zoom, zoom }, false);
}

function subscribe(changed: () => void): () => void {
  const offs = [stage.on('scene', changed), stage.on('view', changed)];
  return () => {
    for (const off of offs) off();
  };
}

/** The whole diagram in a corner: press or drag to go there. Keys have their own ways (fit, arrows), so it takes no focus. */
export function Minimap() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const shown = useSyncExternalStore(subscribe, () => stage.scene.nodes.size > 1 && stage.screen.width >= LEAST_CANVAS);
  useLayoutEffect(() => {
    if (!shown || canvas.current === null || frame.current === null) return undefined;
    return connect(canvas.current, frame.current);
  }, [shown]);
  if (!shown) return null;
  return (
    <div
      data-own=""
      aria-hidden="true"
      className="absolute bottom-3 left-3 z-8 cursor-pointer overflow-hidden rounded-lg border border-line-strong bg-surface shadow-card"
      style={{ width: WIDTH + 2, height: HEIGHT + 2 }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        centreOn(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons !== 0) centreOn(event);
      }}
    >
      <canvas ref={canvas} style={{ width: WIDTH, height: HEIGHT }} />
      <div ref={frame} className="absolute top-0 left-0 rounded-sm border-[1.5px] border-accent" />
    </div>
  );
}
