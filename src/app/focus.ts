import { documentStore } from '#state/document.ts';
import { focusPane, isPaneOpen, PANES, type PaneName, panesStore } from '#state/panes.ts';
import { resultsStore } from '#state/results.ts';
import { viewStore } from '#state/view.ts';
import { afterDialogs } from '#ui/returning.ts';

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
  const editor = panel?.querySelector<HTMLElement>('.monaco-editor [role=textbox], .monaco-editor textarea');
  (marked ?? editor ?? inside ?? region).focus();
}

/** What is still loading when one goes there gets the focus once it is there, unless one has gone on. */
function enterWhenThere(pane: PaneName): void {
  enter(pane);
  const given = document.activeElement;
  if (find(pane)?.querySelector('[role=tabpanel] [aria-busy=true]') == null) return;
  const wait = (left: number) =>
    requestAnimationFrame(() => {
      if (document.activeElement !== given && document.activeElement !== document.body) return;
      if (left > 0 && find(pane)?.querySelector('[role=tabpanel] [aria-busy=true]') != null) wait(left - 1);
      else enter(pane);
    });
  wait(600);
}

/** Does what {@link focusPane} asks for, once the pane is on the screen. Returns how to stop. */
export function followPaneFocus(): () => void {
  let seen = panesStore.getState().focus?.serial;
  return panesStore.subscribe(({ focus }) => {
    if (focus === undefined || focus.serial === seen) return;
    seen = focus.serial;
    // The canvas is there always, and gets it at once, so that the next key is its. Others may have a tab to show first,
    // and behind a dialog that is leaving all wait.
    if (focus.pane === 'canvas' && document.querySelector('[data-modal]') === null) {
      enter('canvas');
      return;
    }
    const asked = document.activeElement;
    const enterIt = () => {
      // A key pressed since then may have gone on inside the pane.
      const now = document.activeElement;
      if (now !== asked && now !== null && find(focus.pane)?.contains(now) === true) return;
      // What was opened meanwhile by the next key keeps the focus it took.
      if (document.activeElement?.closest('[data-radix-popper-content-wrapper]') == null) enterWhenThere(focus.pane);
    };
    requestAnimationFrame(() => requestAnimationFrame(enterIt));
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

/** The first control inside that Tab would stop at; a credit to a library is none to go to. */
function firstIn(element: Element): HTMLElement | undefined {
  return [...element.querySelectorAll<HTMLElement>(TABBABLE)].find(
    (one) => one.getClientRects().length > 0 && one.closest('.react-flow__attribution') === null,
  );
}

/**
 * What has the focus may vanish: a button whose part was deleted, a card of the first screen. The browser then gives the
 * focus to nobody. It goes to what stands nearest to where it was. Returns how to stop.
 */
export function keepFocus(): () => void {
  let lost: readonly Element[] = [];
  let pane: PaneName = 'canvas';
  let frame = 0;
  const remember = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return;
    const chain: Element[] = [];
    for (let one: Element | null = target; one !== null && one !== document.body; one = one.parentElement) {
      chain.push(one);
      const name = PANES.find((known) => known === one?.getAttribute('data-pane'));
      if (name === undefined) continue;
      pane = name;
      break;
    }
    lost = chain;
  };
  const place = () => {
    if (document.activeElement !== document.body || lost[0] === undefined || lost[0].isConnected) return;
    if (document.querySelector('[data-modal]') !== null) return;
    const near = lost.find((one) => one.isConnected && !one.hasAttribute('data-pane') && firstIn(one) !== undefined);
    lost = [];
    if (near === undefined) enter(isShown(pane) ? pane : 'canvas');
    else if (near instanceof HTMLElement && near.hasAttribute('data-pane-focus')) near.focus();
    else firstIn(near)?.focus();
  };
  const look = () => {
    frame = 0;
    // A dialog gives the focus back itself, as long as that may take.
    afterDialogs(place);
  };
  const soon = () => {
    if (frame === 0) frame = requestAnimationFrame(() => (frame = requestAnimationFrame(look)));
  };
  const offs = [documentStore.subscribe(soon), viewStore.subscribe(soon), resultsStore.subscribe(soon)];
  document.addEventListener('focusin', remember);
  document.addEventListener('keyup', soon);
  document.addEventListener('pointerup', soon);
  return () => {
    cancelAnimationFrame(frame);
    for (const off of offs) off();
    document.removeEventListener('focusin', remember);
    document.removeEventListener('keyup', soon);
    document.removeEventListener('pointerup', soon);
  };
}
