import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Comparison, PlanKind } from '#engine/decompose/comparison-types.ts';
import { askRefactoring, PlanView, usePlanBy } from '#features/refactor/index.ts';
import { recordIn } from '#model/collections.ts';
import type { Document, Table } from '#model/types.ts';
import { decompositionStore } from '#state/decomposition.ts';
import { documentStore } from '#state/document.ts';
import { resultsStore } from '#state/results.ts';
import { today } from '#state/today.ts';
import { openDialog, select } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Progress } from '#ui/Progress.tsx';
import { Spinner } from '#ui/Spinner.tsx';
import { TabPanel, Tabs } from '#ui/Tabs.tsx';
import { applyDecomposition, applyKeep } from './apply.ts';
import { GhostDiagram } from './GhostDiagram.tsx';
import { KeepCard } from './KeepCard.tsx';
import { keepCalls, keepDraft, openDependencies } from './keep.ts';
import { PlanCard, RefusedCard } from './PlanCard.tsx';
import { ProofView } from './ProofView.tsx';
import { decomposition } from './planner.ts';
import { ScriptView } from './ScriptView.tsx';
import { TryView } from './TryView.tsx';
import { useChoice } from './use-choice.ts';
import { type Comparing, useComparison } from './use-comparison.ts';
import { useLate } from './use-late.ts';
import { useTrial } from './use-trial.ts';
import { OPTIONS, sameTables } from './words.ts';

type Tab = 'plans' | 'proof' | 'changes' | 'script' | 'try';

const TABS = [
  { value: 'plans', label: 'Side by side' },
  { value: 'proof', label: 'Proof' },
  { value: 'changes', label: 'What changes' },
  { value: 'script', label: 'Migration SQL' },
  { value: 'try', label: 'Try it' },
] as const;

const close = () => openDialog(undefined);

/** Said while plans are worked out; how far it is only when that takes a while. */
function Waiting({ comparing }: { readonly comparing: Comparing }) {
  const late = useLate(1000);
  return (
    <div className="grid flex-1 place-items-center">
      {late ? (
        <div className="flex w-80 flex-col gap-2">
          <Progress done={comparing.done} label="Working out the decompositions" />
          <p role="status" className="text-xs text-ink-2">
            {comparing.what}
          </p>
        </div>
      ) : (
        <Spinner label="Working out the decompositions" size={20} />
      )}
    </div>
  );
}

/** Why no plan can be made at all, and what to do about it. */
function Refusal({ table, code, message }: { readonly table: Table; readonly code: string; readonly message: string }) {
  return (
    <div role="alert" className="mb-4 flex items-center gap-4 rounded-lg bg-warn-soft px-4 py-3">
      <p className="min-w-0 flex-1 text-warn">{message}</p>
      {code === 'no-key' ? (
        <Button
          icon="KeyRound"
          onClick={() => {
            select([{ record: table.id }]);
            askRefactoring('surrogate');
          }}
        >
          Add a surrogate key …
        </Button>
      ) : null}
    </div>
  );
}

interface BodyProps {
  readonly document: Document;
  readonly table: Table;
  readonly asked: PlanKind;
  readonly comparison: Comparison;
}

/** What is settled, what it would do, and how to do it. */
function useWork({ document, table, asked, comparison }: BodyProps) {
  const choice = useChoice(document, table, comparison, asked);
  const { chosen, option, plans } = choice;
  const sound = chosen !== undefined && Object.keys(chosen.problems).length === 0;
  const wanted = useMemo(
    () => (chosen === undefined || !sound ? undefined : { proposal: chosen.plan.proposal, settled: chosen.settled }),
    [chosen, sound],
  );
  const planned = usePlanBy(wanted, decomposition);
  const open = useMemo(() => openDependencies(table, resultsStore.getState().normalForms[table.id]), [table]);
  const [draft, setDraft] = useState(() => keepDraft(open));
  const keep = keepCalls(table.id, draft, today());
  const refusals = new Set(plans.map(({ problem }) => problem?.code));
  const refused = refusals.size === 1 ? plans[0]?.problem : undefined;
  const why =
    option === 'keep'
      ? open.length === 0 || keep.ok
        ? undefined
        : keep.problem.message
      : sound
        ? planned?.ok === false
          ? planned.problem.message
          : undefined
        : Object.values(chosen?.problems ?? {})[0];
  const apply = () => {
    if (option === 'keep') {
      if (keep.ok) applyKeep(table, keep.value);
    } else if (planned?.ok === true) applyDecomposition(planned.value);
  };
  const ready = option === 'keep' ? keep.ok && open.length > 0 : planned?.ok === true;
  return { ...choice, wanted, planned, open, draft, setDraft, refused, why, apply, ready };
}

type Work = ReturnType<typeof useWork>;

function Plans({ table, work }: { readonly table: Table; readonly work: Work }) {
  const { plans, option, setOption, refused } = work;
  const cards = plans.map(({ kind, chosen, problem }, at) => {
    if (chosen === undefined)
      return <RefusedCard key={kind} option={kind} current={option} reason={problem?.message ?? ''} onChoose={setOption} />;
    const twin = plans
      .slice(0, at)
      .find((one) => one.chosen !== undefined && sameTables(one.chosen.plan.proposal, chosen.plan.proposal));
    const same = twin === undefined ? undefined : OPTIONS[twin.kind].title;
    return <PlanCard key={kind} chosen={chosen} current={option} onChoose={setOption} same={same} />;
  });
  return (
    <>
      {refused === undefined ? null : <Refusal table={table} code={refused.code} message={refused.message} />}
      <div
        role="radiogroup"
        aria-label="Decompositions"
        className="grid min-h-full auto-cols-[minmax(214px,1fr)] grid-flow-col items-start gap-3"
      >
        {refused === undefined ? cards : null}
        <KeepCard table={table} open={work.open} draft={work.draft} onDraft={work.setDraft} current={option} onChoose={setOption} />
      </div>
    </>
  );
}

const NOTHING = <p className="py-6 text-center text-xs text-ink-2">The table stays as it is: only the reason is recorded.</p>;

function Body(props: BodyProps) {
  const { document, table, comparison } = props;
  const work = useWork(props);
  const [tab, setTab] = useState<Tab>('plans');
  const trial = useTrial(document);
  const { chosen, planned } = work;
  const plan = planned?.ok === true ? planned.value.plan : undefined;
  const postgres = (document.settings['settings']?.dialect ?? 'postgresql') === 'postgresql';
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
              able={postgres}
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
        <Button onClick={close}>Cancel</Button>
        <Button variant="primary" disabled={!work.ready} onClick={work.apply}>
          {work.option === 'keep' ? 'Keep as it is' : 'Decompose'}
        </Button>
      </footer>
    </>
  );
}

function Content({ document, table, asked }: Omit<BodyProps, 'comparison'>) {
  const comparing = useComparison(document, table.id);
  if (comparing.result === undefined) return <Waiting comparing={comparing} />;
  if (!comparing.result.ok) return <EmptyState icon="CircleAlert" title="No plan" text={comparing.result.problem.message} />;
  return <Body document={document} table={table} asked={asked} comparison={comparing.result.value} />;
}

/** The ways to take a table apart, side by side, with their proofs and what each would do. */
export function DecomposeDialog() {
  const subject = useStore(decompositionStore, (state) => state.subject);
  // A plan is for the document as it was when the dialog opened; edits from elsewhere are noticed when it is applied.
  const document = useMemo(() => documentStore.getState().document, []);
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
