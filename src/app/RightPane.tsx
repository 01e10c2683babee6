import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { decompositionStore } from '#state/decomposition.ts';

const inspector = import('#features/inspector/Inspector.tsx');
const Inspector = lazy(() => inspector.then(({ Inspector: pane }) => ({ default: pane })));
const DecomposePanel = lazy(() =>
  import('#features/normalize/DecomposePanel.tsx').then(({ DecomposePanel: panel }) => ({ default: panel })),
);

const EMPTY = <div className="h-full border-line border-l bg-surface" />;

/** The inspector; in its place the plans while a table is being taken apart. It is kept behind them as it is. */
export function RightPane() {
  const decomposing = useStore(decompositionStore, (state) => state.subject !== undefined);
  return (
    <>
      <div className={decomposing ? 'hidden' : 'contents'}>
        <Suspense fallback={EMPTY}>
          <Inspector />
        </Suspense>
      </div>
      {decomposing ? (
        <Suspense fallback={EMPTY}>
          <DecomposePanel />
        </Suspense>
      ) : null}
    </>
  );
}
