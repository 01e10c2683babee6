/** Where the focus goes when what took it gives it back: the first of these that is still there. */
type Places = readonly Element[];

/** What took the focus and has not given it back yet (dialogs, menus, popovers), whether it is still to be seen or not. */
const holding = new Map<symbol, Places>();
let waiting = new Set<() => void>();

/** A hold on the focus. */
export interface Hold {
  /** Where the focus was, and where it goes when that is gone: to where it was before what it was in had come. */
  readonly places: Places;
  /** It has been given back. */
  readonly release: () => void;
}

/** Says that something takes the focus and will give it back. */
export function holdFocus(): Hold {
  const key = Symbol('hold');
  const { activeElement } = document;
  const beneath = [...holding.values()].at(-1) ?? [];
  const places = activeElement === null || activeElement === document.body ? beneath : [activeElement, ...beneath];
  holding.set(key, places);
  return {
    places,
    release: () => {
      if (!holding.delete(key) || holding.size > 0) return;
      const due = waiting;
      waiting = new Set();
      // What has gone ends first what it is doing: only then the focus is where it leaves it.
      queueMicrotask(() => {
        for (const one of due) one();
      });
    },
  };
}

/**
 * Does something once all that took the focus has given it back; at once where nothing has. How long a dialog needs to go is
 * not known: what it does happens in frames, of which a busy machine has few. What is asked for twice is done once.
 */
export function afterDialogs(what: () => void): void {
  if (holding.size === 0) what();
  else waiting.add(what);
}

/** Whether the focus is with nobody: with the page, or with a dialog as a whole, which takes what was lost inside it. */
export function isFocusLost(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || activeElement.hasAttribute('data-modal');
}
