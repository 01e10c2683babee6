import { useInsertionEffect, useState } from 'react';
import { type Hold, holdFocus, isFocusLost } from './returning.ts';

/** Who had the focus before something that takes it, and how to give it back. */
export interface ReturnFocus {
  readonly opened: () => void;
  readonly closed: (event: Event) => void;
}

function returnFocus(nearer: (place: HTMLElement) => HTMLElement): ReturnFocus {
  let hold: Hold | undefined;
  return {
    opened: () => {
      hold?.release();
      hold = holdFocus();
    },
    closed: (event) => {
      const place = hold?.places.find((one) => one.isConnected);
      hold?.release();
      if (!(place instanceof HTMLElement)) return;
      event.preventDefault();
      if (isFocusLost()) nearer(place).focus();
    },
  };
}

/**
 * Gives the focus back where it was before a dialog, a menu or a popover opened, unless it has gone elsewhere meanwhile, or
 * the place is gone. (Radix knows only the button that opens it, and takes the focus from who has gone on.) The content
 * holds a {@link NotesFocus}.
 * @param nearer where the focus goes in place of where it was, as it is when the dialog comes.
 */
export function useReturnFocus(nearer: (place: HTMLElement) => HTMLElement = (place) => place): ReturnFocus {
  const [focus] = useState(() => returnFocus(nearer));
  return focus;
}

/** Stands in a dialog, and notes who has the focus before a field of the dialog takes it for itself. */
export function NotesFocus({ focus }: { readonly focus: ReturnFocus }) {
  // The only effect that comes before fields with `autoFocus` have it.
  useInsertionEffect(() => focus.opened(), [focus]);
  return null;
}
