import { type ReactNode, useId } from 'react';

export interface SectionProps {
  readonly title: string;
  /** At the right end of the title: a shortcut, a button. */
  readonly end?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a panel. */
export function Section({ title, end, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-2 border-line border-b px-3.5 py-3 last:border-b-0">
      <div className="flex min-h-5 items-center gap-1.5">
        <h3 id={id} className="flex-1 text-[11.5px] leading-4 font-semibold text-ink-2">
          {title}
        </h3>
        {end}
      </div>
      {children}
    </section>
  );
}

/** A quiet sentence where nothing is there yet. */
export function Nothing({ children }: { readonly children: ReactNode }) {
  return <p className="text-xs leading-[18px] text-ink-3">{children}</p>;
}
