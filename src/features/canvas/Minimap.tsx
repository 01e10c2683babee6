import { type PointerEvent, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { lensStore } from '#features/lens/index.ts';
import { contains } from '#lib/grid.ts';
import { perform } from '#state/actions.ts';
import { useKeys, usePreferences } from '#state/hooks.ts';
import { leave } from '#state/places.ts';
import { IconButton } from '#ui/IconButton.tsx';
import { drawMap, type MapScale, type MapSize, mapFrame, mapScale } from './minimap-draw.ts';
import { stage } from './stage.ts';
import { visibleRect } from './viewport.ts';

const LARGE: MapSize = { width: 176, height: 110 };
const SMALL: MapSize = { width: 132, height: 84 };
/** On a canvas narrower than this the map is small; on one narrower than the second the tools would stand over it. */
const LARGE_FROM = 900;
const LEAST_CANVAS = 620;
const PAUSE_MS = 80;

/** Keeps picture and frame in step; the picture at most a dozen times a second, less often during a drag. */
function connect(canvas: HTMLCanvasElement, frame: HTMLElement, size: MapSize): () => void {
  let scale: MapScale | undefined;
  let timer = 0;
  const place = () => {
    if (scale === undefined) return;
    const { x, y, width, height } = mapFrame(visibleRect(stage.viewport, stage.screen), scale, size);
    frame.style.transform = `translate(${x}px, ${y}px)`;
    frame.style.width = `${width}px`;
    frame.style.height = `${height}px`;
  };
  const repaint = () => {
    timer = 0;
    const { bounds } = stage.scene;
    scale = bounds === undefined ? undefined : mapScale(bounds, size);
    if (scale !== undefined) drawMap(canvas, scale, size);
    place();
  };
  const later = () => {
    // What is dragged is a speck here: now and then is often enough.
    if (timer === 0) timer = window.setTimeout(repaint, stage.moving.size > 0 ? 4 * PAUSE_MS : PAUSE_MS);
  };
  const theme = new MutationObserver(later);
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const offs = [stage.on('scene', later), stage.on('view', place), lensStore.subscribe(later)];
  repaint();
  return () => {
    clearTimeout(timer);
    theme.disconnect();
    for (const off of offs) off();
  };
}

/** Where the pointer is on the map, in pixels of the map, and what that is in the diagram. */
function pointed(event: PointerEvent<HTMLElement>, size: MapSize) {
  const { bounds } = stage.scene;
  if (bounds === undefined) return undefined;
  const scale = mapScale(bounds, size);
  const corner = event.currentTarget.getBoundingClientRect();
  const x = event.clientX - corner.left - 1;
  const y = event.clientY - corner.top - 1;
  return { x, y, scale, world: { x: (x - scale.x) / scale.factor, y: (y - scale.y) / scale.factor } };
}

/** Looks at a point of the diagram, at the zoom there is. */
function lookAt({ x, y }: { readonly x: number; readonly y: number }): void {
  const { zoom } = stage.viewport;
  stage.go({ x: stage.screen.width / 2 - x * zoom, y: stage.screen.height / 2 - y * zoom, zoom }, false);
}

function subscribe(changed: () => void): () => void {
  const offs = [stage.on('scene', changed), stage.on('view', changed)];
  return () => {
    for (const off of offs) off();
  };
}

function fits(): MapSize | undefined {
  if (stage.scene.nodes.size <= 1 || stage.screen.width < LEAST_CANVAS) return undefined;
  return stage.screen.width >= LARGE_FROM ? LARGE : SMALL;
}

function MapPicture({ size }: { readonly size: MapSize }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  // From where in the frame it is held to the middle of what is in sight, in canvas pixels.
  const held = useRef({ x: 0, y: 0 });
  useLayoutEffect(() => {
    if (canvas.current === null || frame.current === null) return undefined;
    return connect(canvas.current, frame.current, size);
  }, [size]);
  const grasp = (event: PointerEvent<HTMLElement>) => {
    const at = pointed(event, size);
    if (at === undefined || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    leave();
    const { x, y, scale, world } = at;
    const seen = visibleRect(stage.viewport, stage.screen);
    const inFrame = contains(mapFrame(seen, scale, size), x, y);
    const middle = { x: seen.x + seen.width / 2, y: seen.y + seen.height / 2 };
    held.current = inFrame ? { x: middle.x - world.x, y: middle.y - world.y } : { x: 0, y: 0 };
    if (!inFrame) lookAt(world);
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    const at = event.buttons === 0 ? undefined : pointed(event, size);
    if (at !== undefined) lookAt({ x: at.world.x + held.current.x, y: at.world.y + held.current.y });
  };
  return (
    <div
      aria-hidden="true"
      className="size-full cursor-pointer touch-none overflow-hidden rounded-[inherit]"
      onPointerDown={grasp}
      onPointerMove={drag}
    >
      <canvas ref={canvas} style={{ ...size, pointerEvents: 'none' }} />
      <div
        ref={frame}
        className="absolute top-0 left-0 cursor-grab rounded-sm border-[1.5px] border-accent bg-accent/6 active:cursor-grabbing"
      />
    </div>
  );
}

/**
 * The whole diagram in a corner: press to go there, drag the frame to look along. Keys have their own ways (fit, arrows).
 * It can be folded away, and stays so.
 */
export function Minimap() {
  const size = useSyncExternalStore(subscribe, fits);
  const open = usePreferences((state) => state.minimapOpen);
  const keys = useKeys('view.minimap');
  // What was fitted keeps clear of the map that comes, and takes the room of the one that goes.
  useLayoutEffect(() => {
    if (size !== undefined || !open) stage.fitAgain();
  }, [size, open]);
  if (size === undefined) return null;
  if (!open) {
    return (
      <div data-own="" data-over="" className="absolute bottom-3 left-3 z-8 rounded-lg border border-line bg-raised shadow-card">
        <IconButton icon="Map" label="Show the map" keys={keys} tooltipSide="right" onClick={() => perform('view.minimap')} />
      </div>
    );
  }
  return (
    <div
      data-own=""
      data-over=""
      className="group absolute bottom-3 left-3 z-8 rounded-lg border border-line-strong bg-surface shadow-card"
      style={{ width: size.width + 2, height: size.height + 2 }}
    >
      <MapPicture size={size} />
      <IconButton
        icon="Minimize2"
        label="Hide the map"
        keys={keys}
        size="sm"
        tooltipSide="right"
        className="absolute! top-0.5 right-0.5 size-6! pointer-coarse:size-8! bg-surface/85 opacity-0 pointer-coarse:opacity-100 focus-visible:opacity-100 group-hover:opacity-100"
        onClick={() => perform('view.minimap')}
      />
    </div>
  );
}
