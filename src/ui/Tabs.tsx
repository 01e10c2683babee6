import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

export interface TabItem<V extends string> {
  readonly value: V;
  readonly label: string;
  /** A count or mark behind the label. */
  readonly badge?: ReactNode;
}

export interface TabsProps<V extends string> {
  readonly value: V;
  readonly onValueChange: (value: V) => void;
  /** What the tabs are of, read aloud. */
  readonly label: string;
  readonly tabs: readonly TabItem<V>[];
  /** At the right end of the row of tabs. */
  readonly end?: ReactNode;
  readonly size?: 'sm' | 'md';
  readonly className?: string;
  /** The panels, as {@link TabPanel}s. */
  readonly children: ReactNode;
}

/** Tabs over panels. Arrow keys move between tabs. */
export function Tabs<V extends string>({ value, onValueChange, label, tabs, end, size = 'md', className, children }: TabsProps<V>) {
  return (
    <Radix.Root
      value={value}
      onValueChange={(next) => onValueChange(next as V)}
      className={`flex min-h-0 flex-1 flex-col ${className ?? ''}`}
    >
      <div
        className={`@container flex shrink-0 items-stretch border-line border-b px-2 ${size === 'md' ? 'h-8.5 pointer-coarse:h-10' : 'h-8.5 text-xs pointer-coarse:h-10'}`}
      >
        <Radix.List
          aria-label={label}
          className="flex min-w-0 items-stretch gap-0.5 overflow-x-auto overflow-y-hidden [scrollbar-width:none]"
        >
          {tabs.map((tab) => (
            <Radix.Trigger
              key={tab.value}
              value={tab.value}
              className={`flex shrink-0 items-center gap-1.5 border-transparent border-y-2 text-ink-2 -outline-offset-2 hover:text-ink data-[state=active]:border-b-accent data-[state=active]:font-semibold data-[state=active]:text-ink ${size === 'md' ? 'px-2.5' : 'px-[7px]'}`}
            >
              {tab.label}
              {tab.badge}
            </Radix.Trigger>
          ))}
        </Radix.List>
        <div className="flex-1" />
        {end === undefined ? null : <div className="flex shrink-0 items-center gap-1 pl-2">{end}</div>}
      </div>
      {children}
    </Radix.Root>
  );
}

export function TabPanel({
  value,
  children,
  className,
}: {
  readonly value: string;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return (
    <Radix.Content value={value} className={`min-h-0 flex-1 -outline-offset-2 ${className ?? ''}`}>
      {children}
    </Radix.Content>
  );
}
