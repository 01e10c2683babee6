import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { Dialect } from '#model/types.ts';
import { EditorFrame } from './EditorFrame.tsx';
import type { createField, FieldMark } from './editor/field.ts';

export interface SqlFieldHandle {
  /** Puts the caret at an offset. */
  goTo(offset: number): void;
}

export interface SqlFieldProps {
  /** What it is, read aloud. */
  readonly label: string;
  readonly text: string;
  /** How it is coloured; absent = not at all. */
  readonly dialect: Dialect | undefined;
  readonly marks: readonly FieldMark[];
  readonly ref?: Ref<SqlFieldHandle>;
  /** Text being typed; undefined when there is none any more. */
  readonly onDraft: (text: string | undefined) => void;
  /** Once: on Ctrl Enter or when the focus leaves, if the text differs. Escape takes the old text back. */
  readonly onCommit?: (text: string) => void;
  /** Ctrl Enter, when it was committed. */
  readonly onRun?: () => void;
}

type Field = ReturnType<typeof createField>;

/** SQL to edit, coloured, with what is wrong underlined. It stays for another text, which costs less than another editor. */
export function SqlField({ label, text, dialect, marks, ref, onDraft, onCommit, onRun }: SqlFieldProps) {
  const host = useRef<HTMLDivElement>(null);
  const field = useRef<Field>(undefined);
  const draft = useRef<string>(undefined);
  const given = useRef({ text, marks, onDraft, onCommit, onRun });
  given.current = { text, marks, onDraft, onCommit, onRun };
  const [failed, setFailed] = useState<string>();
  const [ready, setReady] = useState(false);
  useEffect(() => {
    let stopped = false;
    const setDraft = (next: string | undefined) => {
      draft.current = next;
      host.current?.toggleAttribute('data-escape', next !== undefined);
      given.current.onDraft(next);
    };
    const done = () => {
      const typed = draft.current;
      if (typed === undefined) return;
      setDraft(undefined);
      if (typed !== given.current.text) given.current.onCommit?.(typed);
    };
    import('./editor/field.ts')
      .then(({ createField: create }) => {
        if (stopped || host.current === null) return;
        field.current = create(host.current, {
          label,
          dialect,
          onType: setDraft,
          onDone: done,
          onRun: () => given.current.onRun?.(),
          onBack: () => {
            if (draft.current === undefined) return;
            setDraft(undefined);
            field.current?.show(given.current.text);
          },
        });
        field.current.show(given.current.text);
        field.current.mark(given.current.marks);
        setReady(true);
      })
      .catch((error: unknown) => setFailed(error instanceof Error ? error.message : String(error)));
    return () => {
      stopped = true;
      done();
      field.current?.dispose();
      field.current = undefined;
    };
  }, [label, dialect]);
  useEffect(() => {
    // Another text from elsewhere, such as an undo, counts more than what is being typed.
    draft.current = undefined;
    field.current?.show(text);
  }, [text]);
  useEffect(() => field.current?.mark(marks), [marks]);
  useImperativeHandle(ref, () => ({ goTo: (offset) => field.current?.goTo(offset) }), []);
  return <EditorFrame host={host} ready={ready} failed={failed} />;
}
