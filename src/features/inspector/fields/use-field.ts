import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

/** Takes a text into the model. Yields why it cannot, or undefined when it did. */
export type Commit = (text: string) => string | undefined;

export interface Field {
  readonly text: string;
  readonly problem: string | undefined;
  readonly change: (text: string) => void;
  /** Commits what is typed, or the text given. True = it is in the model (or nothing had changed). */
  readonly commit: (text?: string) => boolean;
  readonly restore: () => void;
  /** Enter commits (with mod in a multiline field), Escape takes the old text back. */
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/**
 * A field's text while it is edited. What the model refuses stays in the field with the reason; what is pending when the
 * field disappears is committed, so that nothing typed is lost.
 * @param initial what is typed already when the field appears, in place of the value.
 */
export function useField(value: string, onCommit: Commit, multiline = false, initial?: string): Field {
  const [typed, setTyped] = useState(initial);
  const [problem, setProblem] = useState<string | undefined>();
  const pending = useRef<string | undefined>(undefined);
  const latest = useRef({ value, onCommit });
  useEffect(() => {
    latest.current = { value, onCommit };
  });
  useEffect(
    () => () => {
      const text = pending.current;
      pending.current = undefined;
      if (text !== undefined && text !== latest.current.value) latest.current.onCommit(text);
    },
    [],
  );
  const set = (text: string | undefined, why?: string) => {
    pending.current = why === undefined ? text : undefined;
    setTyped(text);
    setProblem(why);
  };
  const commit = (given?: string) => {
    const text = given ?? pending.current;
    if (text === undefined) return problem === undefined;
    const why = text === value ? undefined : onCommit(text);
    set(why === undefined ? undefined : text, why);
    return why === undefined;
  };
  const restore = () => set(undefined);
  return {
    text: typed ?? value,
    problem,
    change: (text) => set(text),
    commit,
    restore,
    onKeyDown(event) {
      if (event.nativeEvent.isComposing) return;
      if (event.key === 'Enter' && (!multiline || event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        event.stopPropagation();
        commit(typed);
      } else if (event.key === 'Escape' && typed !== undefined) {
        event.preventDefault();
        event.stopPropagation();
        restore();
      }
    },
  };
}
