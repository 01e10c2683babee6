import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { completeType, readType, typeText } from '#features/inspector/index.ts';
import { recordIn } from '#model/collections.ts';
import type { Note } from '#model/layout-types.ts';
import type { Id } from '#model/types.ts';
import { documentStore } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { renameObject } from '#state/rename.ts';
import { select } from '#state/view.ts';
import { type Field, startEditing, stopEditing } from './editing.ts';
import { newColumn, patchColumn, said, setNoteText } from './edits.ts';
import { stage } from './stage.ts';

interface LineProps {
  readonly value: string;
  readonly label: string;
  readonly className?: string;
  /** Takes the text; false keeps the editor open. */
  readonly onCommit: (text: string) => boolean;
  /** After Tab, Enter or mod+Enter, when the text was taken. */
  readonly onNext: (how: 'tab' | 'back' | 'enter' | 'below') => void;
  readonly onCancel: () => void;
  readonly choices?: (typed: string) => readonly string[];
  readonly mono?: boolean;
}

/** One line of text being edited where it stands. Its keys stay its own: the canvas does not hear them. */
function LineEditor({ value, label, className, onCommit, onNext, onCancel, choices, mono }: LineProps) {
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
      stage.focus();
      return;
    }
    const how =
      event.key === 'Tab'
        ? event.shiftKey
          ? 'back'
          : 'tab'
        : event.key === 'Enter'
          ? event.ctrlKey || event.metaKey
            ? 'below'
            : 'enter'
          : undefined;
    if (how === undefined) return;
    event.preventDefault();
    if (commit()) onNext(how);
  };
  const list = choices === undefined ? undefined : `choices-${label}`;
  return (
    <>
      <input
        ref={input}
        className={`cell ${className ?? ''}`}
        style={{ flex: 1, width: 0, ...(mono === true ? { fontFamily: 'var(--font-mono)', fontSize: 11.5 } : {}) }}
        aria-label={label}
        value={text}
        list={list}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (!done.current && commit()) onCancel();
        }}
      />
      {list === undefined ? null : (
        <datalist id={list}>
          {choices?.(text === value ? '' : text).map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </>
  );
}

function backToCanvas(): void {
  stopEditing();
  stage.focus();
}

/** The name of a table, view or area being edited. */
export function TitleEditor({ id, name }: { readonly id: Id; readonly name: string }) {
  return (
    <LineEditor
      value={name}
      label="Name"
      onCommit={(text) => said(renameObject({ record: id }, text))}
      onCancel={stopEditing}
      onNext={(how) => {
        backToCanvas();
        const table = recordIn(documentStore.getState().document, 'tables', id);
        if (table === undefined || how === 'back') return;
        const first = table.columns[0];
        if (how === 'below' || (how === 'tab' && first === undefined)) newColumn(id);
        else if (how === 'tab' && first !== undefined) startEditing({ object: id, column: first.id, field: 'name' });
      }}
    />
  );
}

const ORDER: readonly Field[] = ['name', 'type', 'nullable'];

/** Where editing goes on after a cell. */
function goOn(table: Id, column: Id, field: Field, how: 'tab' | 'back' | 'enter' | 'below'): void {
  stopEditing();
  const columns = recordIn(documentStore.getState().document, 'tables', table)?.columns ?? [];
  const row = columns.findIndex((one) => one.id === column);
  if (how === 'below') {
    newColumn(table, column);
    return;
  }
  const next = ORDER[ORDER.indexOf(field) + (how === 'back' ? -1 : 1)];
  if (next !== undefined) {
    startEditing({ object: table, column, field: next });
    return;
  }
  const other = columns[row + (how === 'back' ? -1 : 1)];
  if (other === undefined) {
    stage.focus();
    return;
  }
  select([{ record: table, part: other.id }]);
  startEditing({ object: table, column: other.id, field: how === 'back' ? 'nullable' : 'name' });
}

function NullableEditor({ table, column, nullable }: { readonly table: Id; readonly column: Id; readonly nullable: boolean }) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus({ preventScroll: true }), []);
  return (
    <label data-edits="" className="ml-auto flex items-center gap-1 text-[11.5px] text-ink-2">
      <input
        ref={box}
        type="checkbox"
        checked={nullable}
        onChange={(event) => patchColumn(table, column, { nullable: event.target.checked })}
        onBlur={stopEditing}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') backToCanvas();
          if (event.key !== 'Tab' && event.key !== 'Enter') return;
          event.preventDefault();
          const below = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
          goOn(table, column, 'nullable', below ? 'below' : event.key === 'Tab' && event.shiftKey ? 'back' : 'tab');
        }}
      />
      may be null
    </label>
  );
}

/** One cell of a column's row being edited: its name, its type, or whether it may be null. */
export function CellEditor({ table, column, field }: { readonly table: Id; readonly column: Id; readonly field: Field }) {
  const doubted = useRef<string | undefined>(undefined);
  const { document } = documentStore.getState();
  const record = recordIn(document, 'tables', table);
  const found = record?.columns.find((one) => one.id === column);
  if (found === undefined) return null;
  const type = typeText(document, found.type, record?.schema);
  const next = (how: 'tab' | 'back' | 'enter' | 'below') => goOn(table, column, field, how);
  if (field === 'nullable') {
    return (
      <>
        <span className="name">{found.name}</span>
        <NullableEditor table={table} column={column} nullable={found.nullable} />
      </>
    );
  }
  if (field === 'type') {
    const commit = (text: string) => {
      const read = readType(document, text, record?.schema);
      if (!read.ok) notify({ tone: 'warn', text: read.problem.message });
      else if (read.value.doubt !== undefined && doubted.current !== text) {
        doubted.current = text;
        notify({ tone: 'warn', text: `${read.value.doubt.message} Press Enter again to keep it as a type from elsewhere.` });
      } else return patchColumn(table, column, { type: read.value.type });
      return false;
    };
    const choices = (typed: string) => completeType(document, typed, record?.schema, 12).map((one) => one.text);
    return (
      <>
        <span className="name">{found.name}</span>
        <LineEditor
          key="type"
          value={type}
          label="Type"
          mono
          choices={choices}
          onCommit={commit}
          onNext={next}
          onCancel={stopEditing}
        />
      </>
    );
  }
  return (
    <>
      <LineEditor
        key="name"
        value={found.name}
        label="Column name"
        onCommit={(text) => said(renameObject({ record: table, part: column }, text))}
        onNext={next}
        onCancel={stopEditing}
      />
      <span className="type">{type}</span>
    </>
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
