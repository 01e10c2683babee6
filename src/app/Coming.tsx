import { useEffect, useRef } from 'react';
import { keepTypedAhead } from '#state/typed-ahead.ts';
import { openDialog } from '#state/view.ts';

/**
 * Stands for a dialog that is on its way: it takes the focus, so that what is typed meanwhile reaches the dialog rather
 * than the pane below, and Escape calls it off.
 */
export function Coming() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    field.current?.focus();
    return () => {
      // The dialog notes who had the focus, to give it back when it closes.
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <input
      ref={field}
      className="sr-only"
      aria-label="Opening"
      onChange={(event) => keepTypedAhead(event.target.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Escape') return;
        keepTypedAhead('');
        openDialog(undefined);
      }}
    />
  );
}
