import { lensStore } from '#features/lens/index.ts';
import { grow, type Rect } from '#lib/grid.ts';
import { stage } from './stage.ts';

/** The map's picture, in pixels. */
export interface MapSize {
  readonly width: number;
  readonly height: number;
}

/** How the diagram is brought onto the map. */
export interface MapScale {
  readonly x: number;
  readonly y: number;
  readonly factor: number;
}

/** The scale at which all of the bounds, and a little round them, are on the map. */
export function mapScale(bounds: Rect, { width, height }: MapSize): MapScale {
  const world = grow(bounds, Math.max(bounds.width, bounds.height) * 0.04);
  const factor = Math.min(width / world.width, height / world.height);
  return {
    factor,
    x: (width - world.width * factor) / 2 - world.x * factor,
    y: (height - world.height * factor) / 2 - world.y * factor,
  };
}

/** The part of the map that is in sight, never smaller than what can be seen and grasped, and always on it. */
export function mapFrame(seen: Rect, scale: MapScale, size: MapSize, least = 8): Rect {
  const x0 = Math.max(0, seen.x * scale.factor + scale.x);
  const y0 = Math.max(0, seen.y * scale.factor + scale.y);
  const x1 = Math.min(size.width, (seen.x + seen.width) * scale.factor + scale.x);
  const y1 = Math.min(size.height, (seen.y + seen.height) * scale.factor + scale.y);
  return {
    x: Math.min(x0, size.width - least),
    y: Math.min(y0, size.height - least),
    width: Math.max(least, x1 - x0),
    height: Math.max(least, y1 - y0),
  };
}

type Token = (name: string) => string;

/** Colour of each node: of its schema, or of what a lens says. */
function colouring(token: Token): (id: string, tint: number) => string {
  const tints = [0, 1, 2, 3, 4, 5].map((tint) => token(`s${tint}`));
  const { lens, readings, scale } = lensStore.getState();
  if (lens === 'structure') return (_, tint) => tints[tint] ?? '';
  const letter = scale.palette === 'ordered' ? 'h' : 'd';
  const tones = scale.steps.map(({ tone }) => token(`${letter}${tone}`));
  const silent = token('line-strong');
  return (id) => tones[readings.get(id)?.step ?? -1] ?? silent;
}

/** Names of the areas that are wide enough for theirs. */
function nameAreas(context: CanvasRenderingContext2D, scale: MapScale, token: Token): void {
  context.font = '600 9px "Inter Variable", system-ui, sans-serif';
  context.textBaseline = 'top';
  context.lineWidth = 2.5;
  context.lineJoin = 'round';
  context.strokeStyle = token('surface');
  context.fillStyle = token('ink-2');
  for (const area of stage.scene.areas) {
    const room = area.width * scale.factor - 4;
    if (room < 22 || area.height * scale.factor < 12) continue;
    let name = area.name;
    while (name.length > 3 && context.measureText(name).width > room) name = `${name.slice(0, -2).trimEnd()}…`;
    if (context.measureText(name).width > room) continue;
    const x = area.x * scale.factor + scale.x + 2;
    const y = area.y * scale.factor + scale.y + 2;
    context.strokeText(name, x, y);
    context.fillText(name, x, y);
  }
}

/** Draws areas and nodes, small ones no smaller than can be seen. */
export function drawMap(canvas: HTMLCanvasElement, scale: MapScale, size: MapSize): void {
  const ratio = Math.min(2, devicePixelRatio || 1);
  canvas.width = size.width * ratio;
  canvas.height = size.height * ratio;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const style = getComputedStyle(document.documentElement);
  const token: Token = (name) => style.getPropertyValue(`--${name}`).trim();
  const colour = colouring(token);
  const lens = lensStore.getState().lens !== 'structure';
  context.setTransform(ratio * scale.factor, 0, 0, ratio * scale.factor, ratio * scale.x, ratio * scale.y);
  const least = 2 / scale.factor;
  for (const area of stage.scene.areas) {
    context.globalAlpha = 0.12;
    context.fillStyle = token(`s${area.tint}`);
    context.fillRect(area.x, area.y, area.width, area.height);
  }
  context.globalAlpha = lens ? 0.95 : 0.55;
  for (const { id, box, tint } of stage.scene.nodes.values()) {
    context.fillStyle = colour(id, tint);
    context.fillRect(box.x, box.y, Math.max(least, box.width), Math.max(least, box.height));
  }
  context.globalAlpha = 1;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  nameAreas(context, scale, token);
}
