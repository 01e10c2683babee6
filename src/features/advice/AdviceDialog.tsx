import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { NoQueries } from '#features/workload/index.ts';
import { type AdviceState, type Advised, adviceStore, changesSince, isApplied } from '#state/advice.ts';
import { documentStore } from '#state/document.ts';
import { openDialog, viewStore } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { Pill } from '#ui/Pill.tsx';
import { Spinner } from '#ui/Spinner.tsx';
import { TabPanel, Tabs } from '#ui/Tabs.tsx';
import { ApplyPreview } from './ApplyPreview.tsx';
import { apply, toApply, toApplyOwn } from './apply.ts';
import { AtWork, Begin, Failed } from './Begin.tsx';
import { IndexesTab } from './IndexesTab.tsx';
import { QueriesTab } from './QueriesTab.tsx';
import { RunBar } from './RunBar.tsx';
import { ScenariosTab } from './ScenariosTab.tsx';
import { useGuessed } from './use-guessed.ts';

const RewritesTab = lazy(() => import('#features/rewrites/index.ts').then(({ RewritesTab: tab }) => ({ default: tab })));

const close = () => openDialog(undefined);

type Tab = 'indexes' | 'queries' | 'scenarios' | 'rewrites';

const TABS: readonly Tab[] = ['indexes', 'queries', 'scenarios', 'rewrites'];

function startTab(): Tab {
  const { dialogSubject } = viewStore.getState();
  return TABS.find((one) => one === dialogSubject) ?? 'indexes';
}

interface Choice {
  readonly tab: Tab;
  readonly onTab: (tab: Tab) => void;
}

const REWRITES = { value: 'rewrites', label: 'Rewrites' } as const;

function RewritesPanel() {
  return (
    <TabPanel value="rewrites" className="flex flex-col">
      <Suspense fallback={<Spinner label="Loading" size={18} />}>
        <RewritesTab />
      </Suspense>
    </TabPanel>
  );
}

/** Before there is advice on indexes; what queries could say otherwise is known without. */
function Before({ tab, onTab, children }: Choice & { readonly children: ReactNode }) {
  return (
    <Tabs
      label="Advice"
      value={tab === 'rewrites' ? tab : 'indexes'}
      onValueChange={onTab}
      tabs={[{ value: 'indexes', label: 'Index advice' }, REWRITES]}
    >
      <TabPanel value="indexes" className="flex flex-col">
        {children}
      </TabPanel>
      <RewritesPanel />
    </Tabs>
  );
}

interface FoundProps extends Choice {
  readonly advised: Advised;
  readonly state: AdviceState;
  readonly changes: number;
}

/** What was found, part by part. */
function Found({ advised, state, changes, tab, onTab }: FoundProps) {
  const { advice, of } = advised;
  const { taken, own, settings } = state;
  const count = advice.indexes.filter(({ verdict }) => verdict === 'make' || verdict === 'drop').length;
  const tabs = [
    { value: 'indexes' as const, label: 'Indexes', badge: count === 0 ? undefined : <Pill tone="accent">{count}</Pill> },
    {
      value: 'queries' as const,
      label: 'Queries',
      badge:
        advice.left.length === 0 ? undefined : (
          <Pill tone="warn" title="Not weighed">
            {advice.left.length}
          </Pill>
        ),
    },
    { value: 'scenarios' as const, label: 'Scenarios' },
    REWRITES,
  ];
  return (
    <Tabs label="Advice" value={tab} onValueChange={onTab} tabs={tabs} className="min-w-0">
      <TabPanel value="indexes" className="flex flex-col">
        <IndexesTab document={of} advice={advice} taken={taken} fixed={changes > 0} />
      </TabPanel>
      <TabPanel value="queries" className="flex flex-col">
        <QueriesTab document={of} advice={advice} leftOut={settings.leftOut} mine={own?.scenario} />
      </TabPanel>
      <TabPanel value="scenarios" className="flex flex-col">
        <ScenariosTab document={of} advice={advice} own={own} writePenalty={advised.settings.writePenalty} />
      </TabPanel>
      <RewritesPanel />
    </Tabs>
  );
}

/** Which indexes the workload needs, which it does not, and why. */
export function AdviceDialog() {
  const document = useStore(documentStore, (one) => one.document);
  const readOnly = useStore(documentStore, (one) => one.readOnly);
  const state = useStore(adviceStore);
  const [tab, setTab] = useState<Tab>(startTab);
  const [previewing, setPreviewing] = useState(false);
  const choice: Choice = { tab, onTab: setTab };
  const { settings, working, advised, problem, taken } = state;
  const guessed = useGuessed(document);
  const queries = useMemo(() => Object.values(document.queries), [document.queries]);
  const changes = useMemo(() => (advised === undefined ? 0 : changesSince(advised.of, document)), [advised, document]);
  // Where sets are compared, what a person put together is what can be applied.
  const own = tab === 'scenarios' ? state.own : undefined;
  const chosen = useMemo(() => {
    if (advised === undefined) return undefined;
    return own === undefined ? toApply(advised.advice, taken) : toApplyOwn(advised.of, advised.advice, own);
  }, [advised, own, taken]);
  const applied = advised !== undefined && isApplied(advised, document);
  const wait = readOnly ?? (changes > 0 && !applied ? 'Out of date: run it again before it is applied.' : undefined);
  const previewed = previewing && chosen !== undefined && chosen.count > 0 && wait === undefined && !applied;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title="Index advice"
      description="Which indexes these queries need, which are waste, what each costs, and why. Nothing enters the model until you apply it."
      size="2xl"
      flush
    >
      {working !== undefined ? (
        <Before {...choice}>
          <AtWork working={working} />
        </Before>
      ) : advised !== undefined ? (
        <>
          <RunBar settings={settings} advised={advised} applied={applied} changes={changes} guessed={guessed} />
          {problem === undefined ? null : (
            <div className="px-5 pt-2">
              <Failed problem={problem} />
            </div>
          )}
          {previewed && chosen !== undefined ? (
            <ApplyPreview advice={advised.advice} chosen={chosen.chosen} />
          ) : (
            <Found advised={advised} state={state} changes={changes} {...choice} />
          )}
        </>
      ) : queries.length === 0 ? (
        <NoQueries
          title="Indexes follow from queries"
          text="Paste the queries that matter, or import them from pg_stat_statements or a slow log. Then the advice says which indexes they need, which are waste, and why."
        />
      ) : (
        <Before {...choice}>
          <Begin
            settings={settings}
            queries={queries.length}
            counted={queries.filter(({ callsPerHour }) => callsPerHour !== undefined).length}
            guessed={guessed}
            problem={problem}
          />
        </Before>
      )}
      <footer className="flex items-center justify-end gap-2 border-line border-t px-5 py-3">
        {working !== undefined || advised === undefined || chosen === undefined ? (
          <Button onClick={close}>Close</Button>
        ) : (
          <>
            <p role="status" className="mr-auto min-w-0 truncate text-xs text-ink-2" title={wait ?? chosen.says}>
              {wait ?? chosen.says}
            </p>
            <Button
              variant="ghost"
              icon="FileCode"
              aria-pressed={previewed}
              disabled={chosen.count === 0 || wait !== undefined || applied}
              onClick={() => setPreviewing(!previewed)}
            >
              {previewed ? 'Hide the SQL' : 'Preview SQL'}
            </Button>
            <Button onClick={close}>Close</Button>
            <Button
              variant="primary"
              disabled={chosen.count === 0 || wait !== undefined || applied}
              onClick={() => apply(advised.advice, chosen.chosen)}
            >
              {applied ? 'Applied' : own === undefined ? 'Apply' : 'Apply mine'}
            </Button>
          </>
        )}
      </footer>
    </Dialog>
  );
}
