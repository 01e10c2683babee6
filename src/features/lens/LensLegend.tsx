import { useStore } from 'zustand';
import { select } from '#state/view.ts';
import { IconButton } from '#ui/IconButton.tsx';
import { lensStore, setLens, stepCounts, tablesOfStep } from './lens-store.ts';
import { lensOf } from './registry.ts';

/** What the colours mean while a lens is on; pressing a step selects its tables. */
export function LensLegend() {
  const state = useStore(lensStore);
  if (state.lens === 'structure') return null;
  const { scale } = state;
  const lens = lensOf(state.lens);
  const counts = stepCounts(state);
  return (
    <section
      data-own=""
      data-over=""
      aria-label={`Legend: ${lens.label}`}
      className="absolute top-3 right-3 z-8 w-58 rounded-lg @max-[640px]:top-14 @max-[640px]:w-auto border border-line bg-raised pb-1.5 shadow-pop"
    >
      <header className="flex items-center pt-1 pr-1 pl-3">
        <h3 className="flex-1 text-xs font-semibold">{lens.label}</h3>
        <IconButton icon="X" label="Back to the structure" size="sm" onClick={() => setLens('structure')} />
      </header>
      <ul className="px-1.5">
        {scale.steps.map(({ label, sign, tone }, step) => (
          <li key={label}>
            <button
              type="button"
              disabled={counts[step] === 0}
              title={label}
              aria-label={`${label}: ${counts[step]} ${counts[step] === 1 ? 'table' : 'tables'}. Select`}
              className="flex h-6.5 w-full items-center gap-2 rounded-md px-1.5 text-left text-xs hover:bg-sunken disabled:text-ink-3 disabled:hover:bg-transparent"
              onClick={() => select(tablesOfStep(state, step).map((record) => ({ record })))}
            >
              <span className="lens-swatch" data-palette={scale.palette} data-tone={tone} aria-hidden="true">
                {sign}
              </span>
              <span className="min-w-0 flex-1 truncate @max-[640px]:hidden">{label}</span>
              <span className="tabular-nums text-ink-3">{counts[step]}</span>
            </button>
          </li>
        ))}
      </ul>
      {scale.note === undefined ? null : (
        <p className="px-3 pt-1 text-[11.5px] @max-[640px]:hidden leading-4 text-ink-3">{scale.note}</p>
      )}
    </section>
  );
}
