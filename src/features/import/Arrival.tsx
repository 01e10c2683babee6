import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { importStore, resetImport } from '#state/import.ts';
import { Button } from '#ui/Button.tsx';
import { Progress } from '#ui/Progress.tsx';

/** Over the canvas while many tables come in: they are in sight, and how far their layout is. Until it is done nothing is changed. */
export function Arrival() {
  const state = useStore(importStore, (store) => (store.import.stage === 'arriving' ? store.import : undefined));
  const cancel = useRef<HTMLButtonElement>(null);
  const shown = state !== undefined;
  useEffect(() => {
    if (shown) cancel.current?.focus();
  }, [shown]);
  if (state === undefined) return null;
  const tables = Object.keys(state.document.tables).length;
  return (
    <div className="absolute inset-0 z-20 cursor-progress">
      <section
        aria-label="Import"
        className="absolute bottom-4 left-1/2 flex w-96 max-w-[calc(100%-32px)] -translate-x-1/2 flex-col gap-2 rounded-lg border border-line bg-raised px-4 py-3 shadow-pop"
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !state.settled) resetImport();
          event.stopPropagation();
        }}
      >
        <p className="font-semibold">Bringing in {tables.toLocaleString('en')} tables</p>
        <Progress done={state.done} label={state.what} />
        <div className="flex items-center gap-3">
          <p className="min-w-0 flex-1 truncate text-ink-2 text-xs" aria-live="polite">
            {state.what} …
          </p>
          <Button ref={cancel} disabled={state.settled} onClick={resetImport}>
            Cancel
          </Button>
        </div>
      </section>
    </div>
  );
}
