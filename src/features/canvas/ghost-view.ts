import type { GhostDrawing } from './ghost-drawing.ts';
import { stage } from './stage.ts';
import { visibleRect } from './viewport.ts';

/** Brings the table and its ghosts into sight where they are not; a view that shows them stays. */
function show(drawing: GhostDrawing | undefined): void {
  const bounds = drawing?.bounds;
  if (bounds === undefined) return;
  const { x, y, width, height } = visibleRect(stage.viewport, stage.screen);
  const inside = bounds.x >= x && bounds.y >= y && bounds.x + bounds.width <= x + width && bounds.y + bounds.height <= y + height;
  if (!inside || !stage.showsRows) stage.fit(bounds);
}

/** Shows what is proposed now, and again when the canvas gets another size. Returns how to stop. */
export function keepInSight(drawing: () => GhostDrawing | undefined): () => void {
  show(drawing());
  let seen = stage.screen;
  return stage.on('view', () => {
    const { width, height } = stage.screen;
    if (seen.width === width && seen.height === height) return;
    seen = stage.screen;
    show(drawing());
  });
}
