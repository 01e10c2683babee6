import type { Id } from '#model/types.ts';
import { panesStore } from '#state/panes.ts';
import { stage } from './stage.ts';

/**
 * Gives the focus to a node on the canvas, so that a screen reader says it; to the canvas itself where the node is not
 * drawn as one (far view) or is an area.
 */
export function focusNode(id: Id): void {
  const called = panesStore.getState().focus;
  requestAnimationFrame(() => {
    // Who called for a pane meanwhile, by its key, stays there. (That the canvas has the focus says nothing: it may have got it
    // because what had it is gone.)
    if (panesStore.getState().focus !== called) return;
    const node = stage.element?.querySelector<HTMLElement>(`.tn[data-id="${CSS.escape(id)}"]`);
    if (node !== null && node !== undefined) node.focus({ preventScroll: true });
    else stage.focus();
  });
}
