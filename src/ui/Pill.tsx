import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface PillProps {
  /** `assume` is dashed: holds only by assumption. */
  readonly tone: 'ok' | 'warn' | 'bad' | 'assume' | 'accent' | 'plain';
  readonly title?: string;
  readonly className?: string;
  readonly children: ReactNode;
}

const TONES = {
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  assume: 'border border-dashed border-line-strong text-ink-3',
  accent: 'bg-accent-soft text-accent',
  plain: 'bg-sunken text-ink-2',
} as const;

/** A small rounded mark: a normal form, a count, a state. */
export function Pill({ tone, title, className, children }: PillProps) {
  return (
    <span
      title={title}
      className={cx(
        'inline-flex h-[17px] shrink-0 items-center gap-[3px] whitespace-nowrap rounded-full px-1.5 text-[10.5px] leading-[17px] font-semibold',
        TONES[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
