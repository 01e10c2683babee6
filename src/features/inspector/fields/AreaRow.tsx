import { type ReactNode, useId } from 'react';
import { FieldRow, noteId } from './FieldRow.tsx';
import { INPUT } from './styles.ts';
import { type Commit, useField } from './use-field.ts';

export interface AreaRowProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onCommit: Commit;
  readonly placeholder?: string;
  readonly hint?: ReactNode;
  readonly stacked?: boolean;
}

/** Text of several lines: a comment, a note. It grows with what is typed. */
export function AreaRow({ label, value, onCommit, placeholder, hint, stacked }: AreaRowProps) {
  const id = useId();
  const field = useField(value ?? '', onCommit, true);
  return (
    <FieldRow label={label} id={id} problem={field.problem} hint={hint} stacked={stacked === true}>
      <textarea
        id={id}
        className={`${INPUT} field-sizing-content max-h-60 min-h-7 resize-none py-1 leading-[18px]`}
        rows={1}
        value={field.text}
        placeholder={placeholder}
        aria-invalid={field.problem !== undefined}
        aria-describedby={field.problem !== undefined || hint !== undefined ? noteId(id) : undefined}
        onChange={(event) => field.change(event.target.value)}
        onBlur={() => field.commit()}
        onKeyDown={field.onKeyDown}
      />
    </FieldRow>
  );
}
