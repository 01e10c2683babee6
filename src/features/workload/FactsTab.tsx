import { lazy, Suspense } from 'react';
import { Spinner } from '#ui/Spinner.tsx';

const Facts = lazy(() => import('#features/facts/index.ts').then(({ FactsPane: pane }) => ({ default: pane })));

/** What is known of tables and columns, loaded when first looked at. */
export function FactsTab() {
  return (
    <Suspense
      fallback={
        <div className="grid flex-1 place-items-center">
          <Spinner label="Loading the facts" size={18} />
        </div>
      }
    >
      <Facts />
    </Suspense>
  );
}
