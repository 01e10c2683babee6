import { useRef } from 'react';
import { holdFocus } from './returning.ts';

/**
 * Gives the focus back where it was before a dialog opened, unless what the dialog did has put it elsewhere, or the place
 * is gone. (Radix does so only for dialogs that have a button of their own.)
 * @param nearer where the focus goes in place of where it was.
 */
export function useReturnFocus(nearer: (place: HTMLElement) => HTMLElement = (place) => place): {
  readonly opened: () => void;
  readonly closed: (event: Event) => void;
} {
  const before = useRef<Element | null>(null);
  const release = useRef<() => void>(undefined);
  return {
    opened: () => {
      before.current = document.activeElement;
      release.current?.();
      release.current = holdFocus();
    },
    closed: (event) => {
      release.current?.();
      const { activeElement } = document;
      const place = before.current;
      if (!(place instanceof HTMLElement) || place === document.body || !place.isConnected) return;
      event.preventDefault();
      if (activeElement === null || activeElement === document.body) nearer(place).focus();
    },
  };
}
