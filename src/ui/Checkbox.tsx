import { Checkbox as Radix } from 'radix-ui';
import { useId } from 'react';
import { Icon } from './Icon.tsx';

export interface CheckboxProps {
  readonly checked: boolean | 'indeterminate';
  readonly onCheckedChange: (checked: boolean) => void;
  readonly label: string;
  /** The label is read aloud but not drawn, as in a table's cell. */
  readonly hideLabel?: boolean;
  readonly disabled?: boolean;
  readonly className?: string;
  readonly tabIndex?: number;
  /** Shown on hover. */
  readonly title?: string | undefined;
}

export function Checkbox({ checked, onCheckedChange, label, hideLabel, disabled, className, tabIndex, title }: CheckboxProps) {
  const id = useId();
  return (
    <span title={title} className={`inline-flex items-center gap-2 ${className ?? ''}`}>
      <Radix.Root
        id={id}
        checked={checked}
        disabled={disabled === true}
        tabIndex={tabIndex}
        onCheckedChange={(next) => onCheckedChange(next === true)}
        {...(hideLabel === true ? { 'aria-label': label } : {})}
        className="grid size-4 shrink-0 place-items-center rounded border border-ink-3 bg-surface text-accent-ink disabled:opacity-45 data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent"
      >
        <Radix.Indicator>
          <Icon name={checked === 'indeterminate' ? 'Minus' : 'Check'} size={12} />
        </Radix.Indicator>
      </Radix.Root>
      {hideLabel === true ? null : <label htmlFor={id}>{label}</label>}
    </span>
  );
}
