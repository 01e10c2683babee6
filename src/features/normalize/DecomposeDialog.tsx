import { useState } from 'react';
import { useStore } from 'zustand';
import { PlanView } from '#features/refactor/index.ts';
import { recordIn } from '#model/collections.ts';
import { decompositionStore } from '#state/decomposition.ts';
import { openDialog, viewStore } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { TabPanel, Tabs } from '#ui/Tabs.tsx';
import { GhostDiagram } from './GhostDiagram.tsx';
import { Plans } from './Plans.tsx';
import { ProofView } from './ProofView.tsx';
import { ScriptView } from './ScriptView.tsx';
import { TryView } from './TryView.tsx';
import { useComparison } from './use-comparison.ts';
import { useStillDocument } from './use-still-document.ts';
import { useTrial } from './use-trial.ts';
import { useWork, type WorkProps } from './use-work.ts';
import { Waiting } from './Waiting.tsx';

type Tab = 'plans' | 'proof' | 'changes' | 'script' | 'try';

const TABS = [
  { value: 'plans', label: 'Side by side' },
  { value: 'proof', label: 'Proof' },
  { value: 'changes', label: 'What changes' },
  { value: 'script', label: 'Migration SQL' },
  { value: 'try', label: 'Try it' },
] as const;

const close = () => openDialog(undefined);

const NOTHING = <p className="py-6 text-center text-xs text-ink-2">The table stays as it is: only the reason is recorded.</p>;

function Body(props: WorkProps) {
  const { document, table, comparison } = props;
  const work = useWork(props);
  const [tab, setTab] = useState<Tab>(
    () => TABS.find(({ value }) => value === viewStore.getState().dialogSubject)?.value ?? 'plans',
  );
  const trial = useTrial(document);
  const { chosen, planned } = work;
  const plan = planned?.ok === true ? planned.value.plan : undefined;
  const scroll = 'overflow-auto px-5 py-4';
  return (
    <>
      <Tabs label="Decomposition" value={tab} onValueChange={setTab} tabs={TABS} className="bg-surface">
        <TabPanel value="plans" className={scroll}>
          <Plans table={table} work={work} />
        </TabPanel>
        <TabPanel value="proof" className={scroll}>
          <ProofView
            document={document}
            table={table}
            comparison={comparison}
            chosen={chosen}
            nameOf={(id) => table.columns.find((column) => column.id === id)?.name ?? '?'}
          />
        </TabPanel>
        <TabPanel value="changes" className={scroll}>
          {chosen === undefined ? (
            NOTHING
          ) : (
            <div className="flex flex-col gap-4">
              <GhostDiagram chosen={chosen} />
              <PlanView asked={work.wanted !== undefined} planned={planned} />
            </div>
          )}
        </TabPanel>
        <TabPanel value="script">
          {chosen === undefined ? (
            NOTHING
          ) : plan === undefined ? (
            <div className={scroll}>
              <PlanView asked={work.wanted !== undefined} planned={planned} />
            </div>
          ) : (
            <ScriptView change={plan.change} />
          )}
        </TabPanel>
        <TabPanel value="try" className={scroll}>
          {chosen === undefined ? (
            NOTHING
          ) : (
            <TryView
              ready={plan === undefined ? undefined : work.wanted}
              dialect={document.settings['settings']?.dialect ?? 'postgresql'}
              columns={plan?.rejoining?.columns}
              {...trial}
            />
          )}
        </TabPanel>
      </Tabs>
      <footer className="flex items-center justify-end gap-2 border-line border-t px-5 py-3">
        <p role="status" className="mr-auto min-w-0 truncate text-xs text-ink-2" title={work.why}>
          {work.why}
        </p>
        <Button onClick={close}>Back to the canvas</Button>
        <Button variant="primary" disabled={!work.ready} onClick={work.apply}>
          {work.option === 'keep' ? 'Keep as it is' : 'Decompose'}
        </Button>
      </footer>
    </>
  );
}

function Content({ document, table, asked }: Omit<WorkProps, 'comparison'>) {
  const comparing = useComparison(document, table.id);
  if (comparing.result === undefined) return <Waiting comparing={comparing} />;
  if (!comparing.result.ok) return <EmptyState icon="CircleAlert" title="No plan" text={comparing.result.problem.message} />;
  return <Body document={document} table={table} asked={asked} comparison={comparing.result.value} />;
}

/** The ways to take a table apart, side by side, with their proofs and what each would do. */
export function DecomposeDialog() {
  const subject = useStore(decompositionStore, (state) => state.subject);
  const document = useStillDocument();
  const table = subject === undefined ? undefined : recordIn(document, 'tables', subject.table);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title={table === undefined ? 'Decompose' : `Decompose ${table.name}`}
      description="Smaller tables without the repetition, proved to give back the same rows: one undo step."
      size="2xl"
      flush
    >
      {table === undefined || subject === undefined ? (
        <EmptyState icon="Table2" title="No table" text="Select the table to decompose first." />
      ) : (
        <Content document={document} table={table} asked={subject.choice} />
      )}
    </Dialog>
  );
}
