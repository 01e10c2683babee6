import { useInsertionEffect, useState } from 'react';
import { holdFocus } from './returning.ts';

/** Who had the focus before a dialog, and how to give it back. */
export interface ReturnFocus {
  readonly opened: () => void;
  readonly closed: (event: Event) => void;
}

function returnFocus(nearer: (place: HTMLElement) => HTMLElement): ReturnFocus {
  let place: Element | null = null;
  let release: (() => void) | undefined;
  return {
    opened: () => {
      place = document.activeElement;
      release?.();
      release = holdFocus();
    },
    closed: (event) => {
      release?.();
      const { activeElement } = document;
      if (!(place instanceof HTMLElement) || place === document.body || !place.isConnected) return;
      event.preventDefault();
      if (activeElement === null || activeElement === document.body) nearer(place).focus();
    },
  };
}

/**
 * Gives the focus back where it was before a dialog opened, unless what the dialog did has put it elsewhere, or the place
 * is gone. (Radix does so only for dialogs that have a button of their own.) The dialog's content holds a {@link NotesFocus}.
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
