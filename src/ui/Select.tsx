import { Select as Radix } from 'radix-ui';
import { cx } from './cx.ts';
import { Icon } from './Icon.tsx';

export interface SelectOption<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly hint?: string;
  readonly disabled?: boolean;
}

export interface SelectProps<V extends string> {
  readonly value: V;
  readonly onValueChange: (value: V) => void;
  readonly options: readonly SelectOption<V>[];
  /** What is chosen, read aloud. */
  readonly label: string;
  readonly disabled?: boolean;
  /** Stands there while the value is the empty text. */
  readonly placeholder?: string;
  readonly size?: 'sm' | 'md';
  readonly className?: string;
  readonly id?: string;
}

export function Select<V extends string>({
  value,
  onValueChange,
  options,
  label,
  disabled,
  placeholder,
  size = 'md',
  className,
  id,
}: SelectProps<V>) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onValueChange(next as V)} disabled={disabled === true}>
      <Radix.Trigger
        id={id}
        aria-label={label}
        className={cx(
          'inline-flex min-w-0 items-center gap-1.5 rounded-md border border-line-strong bg-raised text-ink hover:bg-sunken disabled:opacity-45',
          size === 'sm' ? 'h-6.5 px-2 text-xs' : 'h-7 px-2.5',
          className,
        )}
      >
        <span className="min-w-0 flex-1 truncate text-left">
          <Radix.Value placeholder={placeholder} />
        </span>
        <Radix.Icon asChild>
          <Icon name="ChevronDown" size={12} className="text-ink-3" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-60 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden rounded-lg border border-line bg-raised text-ink shadow-pop"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled === true}
                className="flex h-7 cursor-default items-center gap-2 rounded pr-3 pl-7 outline-none data-disabled:opacity-45 data-highlighted:bg-accent-soft data-highlighted:text-accent"
              >
                <Radix.ItemIndicator className="absolute left-3">
                  <Icon name="Check" size={14} />
                </Radix.ItemIndicator>
                <Radix.ItemText>{option.label}</Radix.ItemText>
                {option.hint === undefined ? null : <span className="ml-auto pl-4 text-xs text-ink-3">{option.hint}</span>}
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
