import { type ReactNode, useId, useState } from 'react';
import { Icon } from '#ui/Icon.tsx';

export interface DisclosureProps {
  readonly label: string;
  /** Said beside the label, such as how many facts are set inside. */
  readonly note?: string | undefined;
  readonly initiallyOpen?: boolean;
  readonly children: ReactNode;
}

/** Seldom needed fields behind one line. */
export function Disclosure({ label, note, initiallyOpen = false, children }: DisclosureProps) {
  const id = useId();
  const [open, setOpen] = useState(initiallyOpen);
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        className="flex h-6 items-center gap-1 self-start rounded pr-1.5 text-xs text-ink-2 hover:text-ink"
        onClick={() => setOpen(!open)}
      >
        <Icon name={open ? 'ChevronDown' : 'ChevronRight'} size={12} />
        {label}
        {note === undefined ? null : <span className="text-ink-3">· {note}</span>}
      </button>
      {open ? (
        <div id={id} className="flex min-w-0 flex-col gap-1.5">
          {children}
        </div>
      ) : null}
    </div>
  );
}
