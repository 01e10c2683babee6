import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from './cx.ts';
import { useDraft } from './use-draft.ts';

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'size'> {
  readonly value: string;
  /** Every keystroke. */
  readonly onChange?: (value: string) => void;
  /** Once: on Enter or when the focus leaves, if the text differs. Escape takes the old text back. */
  readonly onCommit?: (value: string) => void;
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly mono?: boolean;
  /** Why the text is not accepted. */
  readonly error?: string | undefined;
  readonly start?: ReactNode;
  readonly end?: ReactNode;
  readonly boxClassName?: string;
}

/** A line of text, with its label; commits like a spreadsheet cell when given `onCommit`. */
export function TextField(props: TextFieldProps) {
  const {
    value,
    onChange,
    onCommit,
    label,
    hideLabel,
    mono,
    error,
    start,
    end,
    className,
    boxClassName,
    id: given,
    ...rest
  } = props;
  const own = useId();
  const id = given ?? own;
  const draft = useDraft(value, onCommit);
  return (
    <div className={cx('flex min-w-0 flex-col gap-1', boxClassName)}>
      {hideLabel === true ? null : (
        <label htmlFor={id} className="text-xs text-ink-2">
          {label}
        </label>
      )}
      <div
        className={cx(
          'flex h-7 items-center gap-1.5 rounded-md border bg-sunken px-2 focus-within:border-accent focus-within:bg-surface focus-within:ring-1 focus-within:ring-accent',
          error === undefined ? 'border-line-strong' : 'border-bad',
        )}
      >
        {start}
        <input
          id={id}
          {...(hideLabel === true ? { 'aria-label': label } : {})}
          {...(error === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': `${id}-error` })}
          className={cx(
            'h-full min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3',
            mono === true && 'font-mono text-xs',
            className,
          )}
          autoComplete="off"
          spellCheck={false}
          value={draft.text}
          {...rest}
          onChange={(event) => {
            draft.change(event.target.value);
            onChange?.(event.target.value);
          }}
          onBlur={(event) => {
            draft.commit();
            rest.onBlur?.(event);
          }}
          onKeyDown={(event) => {
            rest.onKeyDown?.(event);
            if (!event.defaultPrevented) draft.onKeyDown(event);
          }}
        />
        {end}
      </div>
      {error === undefined ? null : (
        <p id={`${id}-error`} className="text-xs text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
