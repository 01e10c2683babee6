import { focusPane, isPaneOpen, PANES, type PaneName, panesStore } from '#state/panes.ts';

const TABBABLE =
  'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), select:not(:disabled), [tabindex="0"], [contenteditable=true]';

function find(pane: PaneName): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-pane="${pane}"]`);
}

/** Moves the focus into a pane: to what it marks with `data-pane-focus`, else to its first control, else to itself. */
function enter(pane: PaneName): void {
  const region = find(pane);
  if (region === null) return;
  const panel = region.querySelector<HTMLElement>('[role=tabpanel][data-state=active]');
  const marked = region.querySelector<HTMLElement>('[data-pane-focus]');
  const inside = (panel ?? region).querySelector<HTMLElement>(TABBABLE) ?? region.querySelector<HTMLElement>(TABBABLE);
  (marked ?? inside ?? region).focus();
}

/** Does what {@link focusPane} asks for, once the pane is on the screen. Returns how to stop. */
export function followPaneFocus(): () => void {
  let seen = panesStore.getState().focus?.serial;
  return panesStore.subscribe(({ focus }) => {
    if (focus === undefined || focus.serial === seen) return;
    seen = focus.serial;
    requestAnimationFrame(() => requestAnimationFrame(() => enter(focus.pane)));
  });
}

function isShown(pane: PaneName): boolean {
  const closes = pane === 'navigator' || pane === 'inspector' || pane === 'dock';
  return (!closes || isPaneOpen(pane)) && find(pane) !== null;
}

/** Moves the focus to the next region of the frame, or the one before. */
export function cyclePanes(step: 1 | -1): void {
  const shown = PANES.filter((pane) => pane !== 'status' && isShown(pane));
  const current = document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane');
  const at = shown.findIndex((pane) => pane === current);
  const next = shown[(at + step + shown.length) % shown.length];
  if (next !== undefined) focusPane(at < 0 ? 'canvas' : next);
}
