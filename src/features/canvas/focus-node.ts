import type { Id } from '#model/types.ts';
import { panesStore } from '#state/panes.ts';
import { viewStore } from '#state/view.ts';
import { stage } from './stage.ts';

/** Frames in which a node that comes into sight is there, on a slow machine too. */
const NODE_FRAMES = 30;

/** Whether somebody has taken the focus since it was `given`: a field, a cell or a menu, and no node or the canvas itself. */
function isTaken(given: Element | null): boolean {
  const { activeElement } = document;
  if (activeElement === null || activeElement === given || activeElement === document.body) return false;
  return activeElement !== stage.element && !activeElement.matches('.tn');
}

function inFrames(id: Id, left: number, isOver: () => boolean): void {
  requestAnimationFrame(() => {
    if (isOver()) return;
    const node = stage.element?.querySelector<HTMLElement>(`.tn[data-id="${CSS.escape(id)}"]`);
    if (node !== null && node !== undefined) node.focus({ preventScroll: true });
    else if (stage.far || left === 0) stage.focus();
    else inFrames(id, left - 1, isOver);
  });
}

/**
 * Gives the focus to a node on the canvas, so that a screen reader says it; to the canvas itself where the node is not
 * drawn as one (far view) or is an area.
 */
export function focusNode(id: Id): void {
  const called = panesStore.getState().focus;
  const given = document.activeElement;
  // Who called for a pane meanwhile, by its key, stays there, and so does who types. (That the canvas has the focus says
  // nothing: it may have got it because what had it is gone.)
  inFrames(id, 0, () => panesStore.getState().focus !== called || isTaken(given));
}

/** Gives the focus to a node that is selected and may still have to be drawn, unless one goes on meanwhile. */
export function focusNodeInSight(id: Id): void {
  const given = document.activeElement;
  inFrames(id, NODE_FRAMES, () => viewStore.getState().selection.at(-1)?.record !== id || isTaken(given));
}
