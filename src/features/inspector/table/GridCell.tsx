import { type KeyboardEvent, type ReactNode, useCallback, useId, useRef } from 'react';
import { cx } from '#ui/cx.ts';
import { SuggestInput } from '../fields/SuggestInput.tsx';
import { MONO } from '../fields/styles.ts';
import type { Field } from '../fields/use-field.ts';

export type Leave = 'down' | 'next' | 'previous' | 'stay' | 'gone';

export interface CellEditorProps {
  readonly label: string;
  readonly field: Field;
  readonly mono?: boolean;
  /** Typing has begun: the caret stands behind it, and nothing is selected. */
  readonly typed: boolean;
  readonly suggest: (text: string) => readonly { readonly text: string; readonly note?: string }[];
  readonly onLeave: (how: Leave) => void;
}

/** The input inside a cell being edited: Enter goes down, Tab to the next cell, Escape back. */
export function CellEditor({ label, field, mono = false, typed, suggest, onLeave }: CellEditorProps) {
  const note = useId();
  const left = useRef(false);
  const begin = useCallback(
    (input: HTMLInputElement | null) => {
      if (input === null) return;
      input.focus();
      if (typed) input.setSelectionRange(input.value.length, input.value.length);
      else input.select();
    },
    [typed],
  );
  const leave = (how: Leave, text?: string) => {
    if (!field.commit(text ?? field.text)) return;
    left.current = true;
    onLeave(how);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Tab') return false;
    leave(event.shiftKey ? 'previous' : 'next');
    return true;
  };
  return (
    <div className="relative flex h-full min-w-0 items-center rounded-[3px] bg-surface px-1.5 outline-2 -outline-offset-1 outline-accent">
      <SuggestInput
        label={label}
        text={field.text}
        bare
        mono={mono}
        commitChoice
        inputRef={begin}
        invalid={field.problem !== undefined}
        describedBy={field.problem === undefined ? undefined : note}
        suggest={(text) => ({ start: 0, end: text.length, options: suggest(text) })}
        onChange={field.change}
        onCommit={(text) => leave('down', text)}
        onCancel={() => {
          left.current = true;
          field.restore();
          onLeave('stay');
        }}
        onBlur={() => {
          if (!left.current) leave('gone');
        }}
        onKey={onKey}
      />
      {field.problem === undefined ? null : (
        <p
          id={note}
          role="alert"
          className="absolute top-full left-0 z-20 mt-1 w-max max-w-60 whitespace-normal rounded-md border border-bad/40 bg-raised px-2 py-1 font-sans text-[11.5px] leading-4 text-bad shadow-pop"
        >
          {field.problem}
        </p>
      )}
    </div>
  );
}

export interface CellProps {
  readonly row: number;
  readonly col: number;
  readonly focused: boolean;
  readonly label?: string;
  readonly mono?: boolean;
  readonly className?: string;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: () => void;
  readonly onEdit?: () => void;
  readonly onClick?: () => void;
  readonly editor?: ReactNode;
  readonly children: ReactNode;
}

/** One cell. Exactly one cell of the grid is in the tab order. */
export function Cell(props: CellProps) {
  const { row, col, focused, label, mono, className, editor, children } = props;
  if (editor !== undefined) return <td className={cx('h-7 p-0', className)}>{editor}</td>;
  return (
    <td
      tabIndex={focused ? 0 : -1}
      data-cell={`${row}:${col}`}
      aria-label={label}
      className={cx(
        'h-7 cursor-default truncate px-1.5 focus-visible:rounded-[3px] py-0 -outline-offset-2',
        mono === true && MONO,
        className,
      )}
      onKeyDown={props.onKeyDown}
      onFocus={props.onFocus}
      onDoubleClick={props.onEdit}
      onClick={props.onClick}
    >
      {children}
    </td>
  );
}
