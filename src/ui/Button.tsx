import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';

export interface ButtonProps extends ComponentProps<'button'> {
  /** `primary` once a view, `line` for choices beside it, `ghost` in bars, `danger` for what cannot be undone. */
  readonly variant?: 'primary' | 'line' | 'ghost' | 'danger';
  readonly size?: 'sm' | 'md';
  readonly icon?: IconName | undefined;
}

const VARIANTS = {
  primary: 'bg-accent text-accent-ink font-medium hover:brightness-110 active:brightness-95',
  line: 'border border-line-strong text-ink hover:bg-sunken',
  ghost: 'text-ink-2 hover:bg-sunken hover:text-ink',
  danger: 'border border-bad/60 text-bad font-medium hover:bg-bad-soft',
} as const;

export function Button({ variant = 'line', size = 'md', icon, className, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={cx(
        'inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md transition-colors duration-100',
        'disabled:pointer-events-none disabled:opacity-45 aria-disabled:opacity-45',
        size === 'sm' ? 'h-6.5 px-2 text-xs pointer-coarse:h-8' : 'h-7 px-2.5 pointer-coarse:h-10',
        VARIANTS[variant],
        className,
      )}
      {...rest}
    >
      {icon === undefined ? null : <Icon name={icon} size={size === 'sm' ? 14 : 16} />}
      {children}
    </button>
  );
}
