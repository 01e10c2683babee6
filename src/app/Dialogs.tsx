import { lazy, Suspense } from 'react';
import { useView } from '#state/hooks.ts';
import type { DialogName } from '#state/view.ts';
import { Coming } from './Coming.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';

/** Loaded when first opened: none of them is needed for the first screen. Each shows itself while it is the open one. */
const DIALOGS: Readonly<Record<DialogName, React.LazyExoticComponent<() => React.ReactNode>>> = {
  import: lazy(() => import('#features/import/ImportDialog.tsx').then(({ ImportDialog: dialog }) => ({ default: dialog }))),
  export: lazy(() => import('#features/export/ExportDialog.tsx').then(({ ExportDialog: dialog }) => ({ default: dialog }))),
  share: lazy(() => import('#features/share/ShareDialog.tsx').then(({ ShareDialog: dialog }) => ({ default: dialog }))),
  documents: lazy(() =>
    import('#features/documents/DocumentsDialog.tsx').then(({ DocumentsDialog: dialog }) => ({ default: dialog })),
  ),
  design: lazy(() =>
    import('#features/documents/design/DesignDialog.tsx').then(({ DesignDialog: dialog }) => ({ default: dialog })),
  ),
  palette: lazy(() => import('#features/palette/Palette.tsx').then(({ Palette: dialog }) => ({ default: dialog }))),
  addTables: lazy(() =>
    import('#features/diagrams/AddTablesDialog.tsx').then(({ AddTablesDialog: dialog }) => ({ default: dialog })),
  ),
  diagrams: lazy(() => import('#features/diagrams/DiagramsDialog.tsx').then(({ DiagramsDialog: dialog }) => ({ default: dialog }))),
  shortcuts: lazy(() => import('./ShortcutsDialog.tsx').then(({ ShortcutsDialog: dialog }) => ({ default: dialog }))),
  refactor: lazy(() => import('#features/refactor/RefactorDialog.tsx').then(({ RefactorDialog: dialog }) => ({ default: dialog }))),
  decompose: lazy(() =>
    import('#features/normalize/DecomposeDialog.tsx').then(({ DecomposeDialog: dialog }) => ({ default: dialog })),
  ),
  denormalize: lazy(() =>
    import('#features/denormalize/DenormalizeDialog.tsx').then(({ DenormalizeDialog: dialog }) => ({ default: dialog })),
  ),
  rename: lazy(() => import('#features/refactor/RenameDialog.tsx').then(({ RenameDialog: dialog }) => ({ default: dialog }))),
  resolve: lazy(() =>
    import('#features/levels/resolve/ResolveDialog.tsx').then(({ ResolveDialog: dialog }) => ({ default: dialog })),
  ),
  move: lazy(() => import('#features/move/MoveDialog.tsx').then(({ MoveDialog: dialog }) => ({ default: dialog }))),
  discover: lazy(() => import('#features/discover/DiscoverDialog.tsx').then(({ DiscoverDialog: dialog }) => ({ default: dialog }))),
  workload: lazy(() => import('#features/workload/WorkloadDialog.tsx').then(({ WorkloadDialog: dialog }) => ({ default: dialog }))),
  advice: lazy(() => import('#features/advice/AdviceDialog.tsx').then(({ AdviceDialog: dialog }) => ({ default: dialog }))),
  settings: lazy(() => import('./SettingsDialog.tsx').then(({ SettingsDialog: dialog }) => ({ default: dialog }))),
};

/** The dialog that is open. */
export function Dialogs() {
  const name = useView((state) => state.dialog);
  if (name === undefined) return null;
  const Open = DIALOGS[name];
  return (
    <ErrorBoundary key={name} part={`${name} dialog`}>
      <Suspense fallback={<Coming />}>
        <Open />
      </Suspense>
    </ErrorBoundary>
  );
}
