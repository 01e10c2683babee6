import { useId } from 'react';
import { cx } from './cx.ts';

export interface Segment<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly disabled?: boolean;
  /** Why it cannot be chosen, or what it means; shown on hover. */
  readonly title?: string;
}

export interface SegmentsProps<V extends string> {
  /** What is chosen, read aloud. */
  readonly label: string;
  readonly value: V;
  readonly segments: readonly Segment<V>[];
  readonly onValueChange: (value: V) => void;
  readonly className?: string;
}

/** One of a few things that stand beside each other. Arrow keys choose. */
export function Segments<V extends string>({ label, value, segments, onValueChange, className }: SegmentsProps<V>) {
  const name = useId();
  return (
    <fieldset className={cx('flex min-w-0 rounded-md border border-line-strong bg-sunken p-0.5', className)}>
      <legend className="sr-only">{label}</legend>
      {segments.map((one) => (
        <label
          key={one.value}
          title={one.title}
          className={cx(
            'min-w-0 flex-auto cursor-pointer truncate rounded-[5px] px-2 text-center leading-5.5 has-focus-visible:outline-2 has-focus-visible:outline-accent',
            one.value === value ? 'bg-raised font-semibold text-ink shadow-card' : 'text-ink-2 hover:text-ink',
            one.disabled === true && 'pointer-events-none opacity-45',
          )}
        >
          <input
            type="radio"
            className="sr-only"
            name={name}
            value={one.value}
            checked={one.value === value}
            disabled={one.disabled === true}
            onChange={() => onValueChange(one.value)}
          />
          {one.label}
        </label>
      ))}
    </fieldset>
  );
}
