import { type ReactNode, useId } from 'react';
import { cx } from '#ui/cx.ts';
import { FieldRow, noteId } from './FieldRow.tsx';
import { INPUT, MONO } from './styles.ts';
import { type Commit, useField } from './use-field.ts';

export interface TextRowProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onCommit: Commit;
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly hint?: ReactNode;
  readonly inputMode?: 'numeric' | 'decimal';
  readonly autoFocus?: boolean;
  readonly disabled?: boolean;
  /** Texts offered while typing. */
  readonly suggestions?: readonly string[];
}

/** One line of text. */
export function TextRow({ label, value, onCommit, placeholder, mono, hint, inputMode, disabled, suggestions }: TextRowProps) {
  const id = useId();
  const field = useField(value ?? '', onCommit);
  const noted = field.problem !== undefined || hint !== undefined;
  return (
    <FieldRow label={label} id={id} problem={field.problem} hint={hint}>
      <input
        id={id}
        className={cx(INPUT, 'h-7', mono === true && MONO)}
        value={field.text}
        placeholder={placeholder}
        inputMode={inputMode}
        disabled={disabled}
        autoComplete="off"
        spellCheck={mono !== true}
        list={suggestions === undefined ? undefined : `${id}-list`}
        aria-invalid={field.problem !== undefined}
        aria-describedby={noted ? noteId(id) : undefined}
        onChange={(event) => field.change(event.target.value)}
        onBlur={() => field.commit()}
        onKeyDown={field.onKeyDown}
      />
      {suggestions === undefined ? null : (
        <datalist id={`${id}-list`}>
          {suggestions.map((text) => (
            <option key={text} value={text} />
          ))}
        </datalist>
      )}
    </FieldRow>
  );
}
