import { Switch as Radix } from 'radix-ui';
import { useId } from 'react';

export interface SwitchProps {
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly disabled?: boolean;
  readonly className?: string;
}

export function Switch({ checked, onCheckedChange, label, hideLabel, disabled, className }: SwitchProps) {
  const id = useId();
  return (
    <span className={`inline-flex items-center gap-2 ${className ?? ''}`}>
      <Radix.Root
        id={id}
        checked={checked}
        disabled={disabled === true}
        onCheckedChange={onCheckedChange}
        {...(hideLabel === true ? { 'aria-label': label } : {})}
        className="h-4.5 w-8 shrink-0 rounded-full border border-ink-3 bg-sunken transition-colors duration-100 disabled:opacity-45 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Radix.Thumb className="block size-3 translate-x-0.5 rounded-full bg-ink-3 transition-transform duration-100 data-[state=checked]:translate-x-[15px] data-[state=checked]:bg-accent-ink" />
      </Radix.Root>
      {hideLabel === true ? null : <label htmlFor={id}>{label}</label>}
    </span>
  );
}
