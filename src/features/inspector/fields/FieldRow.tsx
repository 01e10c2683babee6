import type { ReactNode } from 'react';
import { cx } from '#ui/cx.ts';

export interface FieldRowProps {
  readonly label: string;
  /** Id of the control the label is for; without one the label names a group. */
  readonly id?: string;
  readonly problem?: string | undefined;
  readonly hint?: ReactNode;
  /** The label above the control and not beside it. */
  readonly stacked?: boolean;
  readonly children: ReactNode;
}

/** Where a problem or hint of the control `id` is said, for `aria-describedby`. */
export function noteId(id: string): string {
  return `${id}-note`;
}

/** Label, control, and what is wrong with it: the one layout of every field. */
export function FieldRow({ label, id, problem, hint, stacked, children }: FieldRowProps) {
  const text = 'min-w-0 truncate pt-1 text-xs leading-5 text-ink-2';
  return (
    <div
      className={cx(
        'grid min-w-0 gap-x-2',
        stacked === true ? 'grid-cols-1' : 'grid-cols-1 @min-[300px]:grid-cols-[96px_minmax(0,1fr)]',
      )}
    >
      {id === undefined ? (
        <span className={text} title={label}>
          {label}
        </span>
      ) : (
        <label htmlFor={id} className={text} title={label}>
          {label}
        </label>
      )}
      <div className="flex min-w-0 flex-col gap-1">
        {children}
        {problem === undefined && hint === undefined ? null : (
          <p
            {...(id === undefined ? {} : { id: noteId(id) })}
            {...(problem === undefined ? {} : { role: 'alert' })}
            className={cx('break-words text-[11.5px] leading-4', problem === undefined ? 'text-ink-3' : 'text-bad')}
          >
            {problem ?? hint}
          </p>
        )}
      </div>
    </div>
  );
}
