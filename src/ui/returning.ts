/** Dialogs that took the focus and have not given it back yet, whether they are still to be seen or not. */
const holding = new Set<symbol>();
let waiting = new Set<() => void>();

/** A dialog takes the focus and will give it back. Returns how to say that it has. */
export function holdFocus(): () => void {
  const key = Symbol('a dialog');
  holding.add(key);
  return () => {
    if (!holding.delete(key) || holding.size > 0) return;
    const due = waiting;
    waiting = new Set();
    // In its own time the dialog ends what it is doing: only then the focus is where it leaves it.
    queueMicrotask(() => {
      for (const one of due) one();
    });
  };
}

/**
 * Does something once every dialog has given the focus back; at once where there is none. How long a dialog needs to go is
 * not known: what it does happens in frames, of which a busy machine has few.
 */
export function afterDialogs(what: () => void): void {
  if (holding.size === 0) what();
  else waiting.add(what);
}
