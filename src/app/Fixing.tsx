import { lazy, Suspense } from 'react';
import { useProblems } from '#features/problems/problems-store.ts';

const FixPreview = lazy(() => import('#features/problems/FixPreview.tsx').then(({ FixPreview: dialog }) => ({ default: dialog })));

/** The preview of a fix, whichever pane asked for it. */
export function Fixing() {
  const asked = useProblems((state) => state.preview !== undefined);
  if (!asked) return null;
  return (
    <Suspense fallback={null}>
      <FixPreview />
    </Suspense>
  );
}
