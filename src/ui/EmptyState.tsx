import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';

/** What a pane says when it has nothing to show: what would be here, and how to get it. */
export function EmptyState({
  icon,
  title,
  text,
  children,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly text?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <div className="grid h-full place-items-center overflow-auto p-4">
      <div className="flex max-w-80 flex-col items-center gap-1.5 text-center">
        <Icon name={icon} size={22} className="text-ink-3" />
        <p className="font-semibold">{title}</p>
        {text === undefined ? null : <p className="text-balance text-ink-2">{text}</p>}
        {children === undefined ? null : <div className="mt-2 flex flex-wrap justify-center gap-2">{children}</div>}
      </div>
    </div>
  );
}
