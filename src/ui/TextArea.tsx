import { type ComponentProps, useId } from 'react';
import { cx } from './cx.ts';
import { useDraft } from './use-draft.ts';

export interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'value' | 'onChange'> {
  readonly value: string;
  readonly onChange?: (value: string) => void;
  /** Once, when the focus leaves or on mod+Enter, if the text differs. Escape takes the old text back. */
  readonly onCommit?: (value: string) => void;
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly mono?: boolean;
  readonly boxClassName?: string;
}

/** Several lines of text, with their label. */
export function TextArea({ value, onChange, onCommit, label, hideLabel, mono, className, boxClassName, ...rest }: TextAreaProps) {
  const id = useId();
  const draft = useDraft(value, onCommit, true);
  return (
    <div className={cx('flex min-w-0 flex-col gap-1', boxClassName)}>
      {hideLabel === true ? null : (
        <label htmlFor={id} className="text-xs text-ink-2">
          {label}
        </label>
      )}
      <textarea
        id={id}
        {...(hideLabel === true ? { 'aria-label': label } : {})}
        className={cx(
          'min-h-16 rounded-md border border-line-strong bg-sunken px-2 py-1 outline-none placeholder:text-ink-3 focus:border-accent focus:bg-surface focus:ring-1 focus:ring-accent',
          mono === true && 'font-mono text-xs leading-5',
          className,
        )}
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
    </div>
  );
}
