import { useRef } from 'react';

/**
 * Gives the focus back where it was before a dialog opened, unless what the dialog did has put it elsewhere, or the place
 * is gone. (Radix does so only for dialogs that have a button of their own.)
 */
export function useReturnFocus(): { readonly opened: () => void; readonly closed: (event: Event) => void } {
  const before = useRef<Element | null>(null);
  return {
    opened: () => {
      before.current = document.activeElement;
    },
    closed: (event) => {
      const { activeElement } = document;
      const place = before.current;
      if (!(place instanceof HTMLElement) || place === document.body || !place.isConnected) return;
      event.preventDefault();
      if (activeElement === null || activeElement === document.body) place.focus();
    },
  };
}
