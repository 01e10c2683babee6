import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';
import { ariaKeys } from './keys.ts';
import { Tooltip, type TooltipProps } from './Tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  readonly icon: IconName;
  /** What it does: read aloud, and shown as tooltip. */
  readonly label: string;
  /** Shortcut shown in the tooltip. */
  readonly keys?: string | undefined;
  /** For a toggle: whether it is on. */
  readonly pressed?: boolean | undefined;
  readonly size?: 'sm' | 'md' | 'lg';
  readonly tone?: 'plain' | 'accent' | 'bad';
  readonly tooltipSide?: TooltipProps['side'];
}

/** Fingers need more room than a pointer. */
const SIZES = {
  sm: 'size-6 rounded pointer-coarse:size-8',
  md: 'size-7 rounded-md pointer-coarse:size-10',
  lg: 'h-[30px] w-8 rounded-[7px] pointer-coarse:size-10',
} as const;
const PIXELS = { sm: 14, md: 16, lg: 16 } as const;

export function IconButton(props: IconButtonProps) {
  const { icon, label, keys, pressed, size = 'md', tone = 'plain', tooltipSide, className, type = 'button', ...rest } = props;
  const look =
    pressed === true && tone === 'accent'
      ? 'bg-accent text-accent-ink'
      : pressed === true
        ? 'bg-accent-soft text-accent'
        : tone === 'bad'
          ? 'text-ink-2 hover:bg-bad-soft hover:text-bad'
          : 'text-ink-2 hover:bg-sunken hover:text-ink';
  return (
    <Tooltip text={label} keys={keys} {...(tooltipSide === undefined ? {} : { side: tooltipSide })}>
      <button
        type={type}
        aria-label={label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        {...(keys === undefined ? {} : { 'aria-keyshortcuts': ariaKeys(keys) })}
        className={cx(
          'grid shrink-0 place-items-center transition-colors duration-100 disabled:pointer-events-none disabled:opacity-40',
          SIZES[size],
          look,
          className,
        )}
        {...rest}
      >
        <Icon name={icon} size={PIXELS[size]} />
      </button>
    </Tooltip>
  );
}
