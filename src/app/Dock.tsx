import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { TRAITS } from '#engine/dialects/base/traits.ts';
import { useDocumentState, useKeys, useResults, useView } from '#state/hooks.ts';
import { setPaneOpen } from '#state/panes.ts';
import { type DockTab, viewStore } from '#state/view.ts';
import { IconButton } from '#ui/IconButton.tsx';
import { Pill } from '#ui/Pill.tsx';
import { Spinner } from '#ui/Spinner.tsx';
import { type TabItem, TabPanel, Tabs } from '#ui/Tabs.tsx';
import { countFindings } from './count-findings.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { RunPill } from './RunPill.tsx';

const DdlPane = lazy(() => import('#features/sql/DdlPane.tsx').then(({ DdlPane: pane }) => ({ default: pane })));
const ProblemsPane = lazy(() =>
  import('#features/problems/ProblemsPane.tsx').then(({ ProblemsPane: pane }) => ({ default: pane })),
);

const ReceiptPane = lazy(() => import('#features/import/ReceiptPane.tsx').then(({ ReceiptPane: pane }) => ({ default: pane })));

const QueryLabPane = lazy(() =>
  import('#features/querylab/QueryLabPane.tsx').then(({ QueryLabPane: pane }) => ({ default: pane })),
);

interface PartProps {
  readonly tab: DockTab;
  /** What failed, when it fails. */
  readonly name: string;
  /** What is being loaded, when it is. */
  readonly what: string;
  readonly children: ReactNode;
}

/** A pane of the dock: it is loaded when it is first shown, and keeps its failure to itself. */
function Part({ tab, name, what, children }: PartProps) {
  const loading = (
    <div className="grid h-full place-items-center">
      <Spinner label={`Loading ${what}`} size={18} />
    </div>
  );
  return (
    <TabPanel value={tab} className="overflow-hidden">
      <ErrorBoundary part={name}>
        <Suspense fallback={loading}>{children}</Suspense>
      </ErrorBoundary>
    </TabPanel>
  );
}

function useTabs(): readonly TabItem<DockTab>[] {
  const findings = useResults((state) => state.findings);
  const imported = useDocumentState((state) => Object.keys(state.document.sources).length > 0);
  const hasReceipt = useResults((state) => state.receipt !== undefined || (state.roundTrip?.different ?? 0) > 0) || imported;
  const database = useDocumentState(({ document }) => {
    const { dialect, version } = document.settings['settings'] ?? { dialect: 'postgresql' as const, version: 18 };
    return `${TRAITS[dialect].label} ${version}`;
  });
  return useMemo(() => {
    const counts = countFindings(findings);
    const shown = counts.error + counts.warning;
    const badge = shown === 0 ? undefined : <Pill tone={counts.error > 0 ? 'bad' : 'warn'}>{shown}</Pill>;
    const tabs: TabItem<DockTab>[] = [
      {
        value: 'ddl',
        label: 'DDL',
        badge: (
          <Pill tone="plain" className="font-medium @max-xl:hidden">
            {database}
          </Pill>
        ),
      },
      { value: 'problems', label: 'Problems', badge },
      { value: 'querylab', label: 'Query lab' },
    ];
    if (hasReceipt) tabs.push({ value: 'receipt', label: 'Import receipt' });
    return tabs;
  }, [findings, hasReceipt, database]);
}

/** The panes below the canvas. */
export function Dock() {
  const wanted = useView((state) => state.dockTab);
  const tabs = useTabs();
  const keys = useKeys('view.dock');
  const tab = tabs.some((one) => one.value === wanted) ? wanted : 'ddl';
  return (
    <div className="flex h-full flex-col border-line border-t bg-surface">
      <Tabs
        label="Dock"
        value={tab}
        tabs={tabs}
        onValueChange={(dockTab) => viewStore.setState({ dockTab })}
        end={
          <>
            <RunPill />
            <IconButton
              icon="X"
              label="Close the dock"
              keys={keys}
              size="sm"
              tooltipSide="top"
              onClick={() => setPaneOpen('dock', false)}
            />
          </>
        }
      >
        <Part tab="ddl" name="DDL pane" what="the editor">
          <DdlPane />
        </Part>
        <Part tab="problems" name="problems pane" what="the problems">
          <ProblemsPane />
        </Part>
        <Part tab="querylab" name="query lab" what="the query lab">
          <QueryLabPane />
        </Part>
        <Part tab="receipt" name="receipt" what="the receipt">
          <ReceiptPane />
        </Part>
      </Tabs>
    </div>
  );
}
