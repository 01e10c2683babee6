import { type KeyboardEvent, useRef, useState } from 'react';

export interface Draft {
  readonly text: string;
  readonly change: (text: string) => void;
  /** Hands the text over if it differs from the value. */
  readonly commit: () => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/**
 * Text being typed: kept apart from the value until it is committed, and given up when the value changes from elsewhere.
 * Without `onCommit` the value itself is shown.
 */
export function useDraft(value: string, onCommit: ((text: string) => void) | undefined, multiline = false): Draft {
  const [typed, setTyped] = useState<{ readonly over: string; readonly text: string } | undefined>();
  const latest = useRef(typed);
  const set = (next: typeof typed) => {
    latest.current = next;
    setTyped(next);
  };
  const text = onCommit !== undefined && typed?.over === value ? typed.text : value;
  const commit = () => {
    const pending = latest.current;
    set(undefined);
    if (pending !== undefined && pending.over === value && pending.text !== value) onCommit?.(pending.text);
  };
  return {
    text,
    commit,
    change: (next) => set(onCommit === undefined ? undefined : { over: value, text: next }),
    onKeyDown(event) {
      if (onCommit === undefined || event.nativeEvent.isComposing) return;
      if (event.key === 'Enter' && (!multiline || event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        commit();
      } else if (event.key === 'Escape' && latest.current !== undefined) {
        event.stopPropagation();
        set(undefined);
      }
    },
  };
}
