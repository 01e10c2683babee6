import { lazy, Suspense, useState } from 'react';
import { NOTATIONS } from '#paint/notation/notations.ts';
import { useDocumentState } from '#state/hooks.ts';
import { Icon } from '#ui/Icon.tsx';
import { Popover } from '#ui/Popover.tsx';
import { showNotation, useLook } from './look.ts';
import './levels.css';

const LegendView = lazy(() => import('./LegendView.tsx').then(({ LegendView: view }) => ({ default: view })));

/** Arrow keys go through the notations, as through any group of choices; Escape closes. */
function onKey(event: React.KeyboardEvent<HTMLDivElement>, close: () => void): void {
  // A message at the edge of the screen would take the key for itself.
  if (event.key === 'Escape') {
    event.preventDefault();
    event.stopPropagation();
    close();
    return;
  }
  const step =
    event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('[role=radio]')];
  const at = all.indexOf(document.activeElement as HTMLButtonElement);
  const next = all[(at + step + all.length) % all.length];
  next?.focus();
  next?.click();
}

/** Which notation the diagram is drawn in, and how to read it. */
export function NotationMenu() {
  const { notation } = useLook();
  const readOnly = useDocumentState((state) => state.readOnly !== undefined);
  const [open, setOpen] = useState(false);
  const name = NOTATIONS.find((one) => one.id === notation)?.name ?? '';
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label="Notation"
      align="end"
      className="w-[440px]"
      trigger={
        <button
          type="button"
          aria-label={`Notation: ${name}`}
          title="Notation, and how to read it"
          className="inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md border border-line-strong bg-raised px-2 text-ink hover:bg-sunken"
        >
          <Icon name="Workflow" size={14} className="text-ink-2" />
          <span className="max-[1180px]:hidden">{name}</span>
          <Icon name="ChevronDown" size={12} className="text-ink-3" />
        </button>
      }
    >
      <div
        role="radiogroup"
        aria-label="Notation"
        className="mb-3 grid grid-cols-3 gap-1"
        onKeyDown={(event) => onKey(event, () => setOpen(false))}
      >
        {NOTATIONS.map((one) => (
          // biome-ignore lint/a11y/useSemanticElements: a choice among buttons that act at once
          <button
            key={one.id}
            type="button"
            role="radio"
            aria-checked={one.id === notation}
            tabIndex={one.id === notation ? 0 : -1}
            disabled={readOnly}
            className={`h-7 rounded-md border px-2 disabled:opacity-45 ${
              one.id === notation
                ? 'border-accent bg-accent-soft font-semibold text-accent'
                : 'border-line text-ink-2 hover:bg-sunken'
            }`}
            onClick={() => showNotation(one.id, one.name)}
          >
            {one.name}
          </button>
        ))}
      </div>
      <Suspense fallback={null}>
        <LegendView notation={notation} />
      </Suspense>
    </Popover>
  );
}
