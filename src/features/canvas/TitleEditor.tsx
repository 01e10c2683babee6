import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { recordIn } from '#model/collections.ts';
import type { Note } from '#model/layout-types.ts';
import type { Id } from '#model/types.ts';
import { documentStore } from '#state/document.ts';
import { renameObject } from '#state/rename.ts';
import { editingStore, startEditing, stopEditing } from './editing.ts';
import { newColumn, said, setNoteText } from './edits.ts';
import { focusNode } from './focus-node.ts';
import { stage } from './stage.ts';

type How = 'tab' | 'back' | 'enter' | 'below';

function howOf(event: KeyboardEvent): How | undefined {
  if (event.key === 'Tab') return event.shiftKey ? 'back' : 'tab';
  if (event.key !== 'Enter') return undefined;
  return event.ctrlKey || event.metaKey ? 'below' : 'enter';
}

interface LineProps {
  readonly value: string;
  readonly label: string;
  /** Takes the text; false keeps the editor open. */
  readonly onCommit: (text: string) => boolean;
  /** After Tab, Enter or mod+Enter, when the text was taken. */
  readonly onNext: (how: How) => void;
  readonly onCancel: () => void;
}

/** One line of text being edited where it stands. Its keys stay its own: the canvas does not hear them. */
function LineEditor({ value, label, onCommit, onNext, onCancel }: LineProps) {
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => {
    input.current?.focus({ preventScroll: true });
    input.current?.select();
  }, []);
  const commit = () => {
    if (done.current) return true;
    done.current = text === value || onCommit(text);
    return done.current;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      done.current = true;
      onCancel();
      return;
    }
    const how = howOf(event);
    if (how === undefined) return;
    event.preventDefault();
    if (commit()) onNext(how);
  };
  return (
    <input
      ref={input}
      className="cell"
      style={{ flex: 1, width: 0 }}
      aria-label={label}
      value={text}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => {
        if (!done.current && commit()) stopEditing();
      }}
    />
  );
}

/** Where the keys go after a title: a table goes on with its columns, all else has the focus itself. */
function goOn(id: Id, how: How): void {
  const fresh = editingStore.getState().at?.fresh === true;
  const table = recordIn(documentStore.getState().document, 'tables', id);
  const first = table?.columns[0];
  if (table === undefined || how === 'back' || (how === 'enter' && !fresh)) {
    stopEditing();
    focusNode(id);
  } else if (how === 'tab' && first !== undefined && !fresh)
    startEditing({ object: id, column: first.id, field: 'name', typing: {} });
  else newColumn(id);
}

/** The name of a table, view or area being edited. */
export function TitleEditor({ id, name }: { readonly id: Id; readonly name: string }) {
  return (
    <LineEditor
      value={name}
      label="Name"
      onCommit={(text) => said(renameObject({ record: id }, text))}
      onCancel={() => {
        stopEditing();
        focusNode(id);
      }}
      onNext={(how) => goOn(id, how)}
    />
  );
}

/** The text of a note being edited. */
export function NoteEditor({ note }: { readonly note: Note }) {
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus({ preventScroll: true }), []);
  return (
    <textarea
      ref={area}
      aria-label="Note"
      className="h-full w-full resize-none border-0 bg-transparent p-0 outline-none select-text"
      defaultValue={note.text}
      onBlur={(event) => {
        setNoteText(note, event.target.value);
        stopEditing();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey))) return;
        event.currentTarget.blur();
        stage.focus();
      }}
    />
  );
}
