import type { Id } from '#model/types.ts';
import { stage } from './stage.ts';

/**
 * Gives the focus to a node on the canvas, so that a screen reader says it; to the canvas itself where the node is not
 * drawn as one (far view) or is an area.
 */
export function focusNode(id: Id): void {
  const asked = document.activeElement;
  requestAnimationFrame(() => {
    // Who called for the canvas itself meanwhile, by its key, stays there.
    const now = document.activeElement;
    if (now !== asked && now?.hasAttribute('data-pane-focus') === true) return;
    const node = stage.element?.querySelector<HTMLElement>(`.tn[data-id="${CSS.escape(id)}"]`);
    if (node !== null && node !== undefined) node.focus({ preventScroll: true });
    else stage.focus();
  });
}
