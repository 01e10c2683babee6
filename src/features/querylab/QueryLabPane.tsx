import { useMemo } from 'react';
import { useStore } from 'zustand';
import { TRAITS } from '#engine/dialects/base/traits.ts';
import { explainPlan } from '#engine/planner/explain-plan.ts';
import { indexesOfPlan } from '#engine/planner/plan.ts';
import type { PlanFinding } from '#engine/planner/plan-finding.ts';
import { type FieldMark, SqlField } from '#features/sql/index.ts';
import { shortNumber } from '#lib/amounts.ts';
import { documentStore } from '#state/document.ts';
import {
  cancelLab,
  chooseInLab,
  type LabMode,
  type LabPlan,
  type LabProblem,
  planInLab,
  type QueryLabState,
  queryLabStore,
  readInLab,
  setLabMode,
  setLabText,
} from '#state/query-lab.ts';
import { reveal } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { cx } from '#ui/cx.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Pill } from '#ui/Pill.tsx';
import { Progress } from '#ui/Progress.tsx';
import { Segments } from '#ui/Segments.tsx';
import { Select } from '#ui/Select.tsx';
import { PlanFindings } from './PlanFindings.tsx';
import { PlanTree } from './PlanTree.tsx';

const MODES = [
  { value: 'plan', label: 'Query', title: 'Plans a query with the indexes there are, at the declared size of the tables' },
  { value: 'paste', label: 'Paste EXPLAIN', title: 'Draws a plan from your own server' },
] as const;

/** Queries to choose from; more are found in the workload. */
const CHOICES = 200;

function ChooseQuery({ query }: { readonly query: string | undefined }) {
  const queries = useStore(documentStore, (state) => state.document.queries);
  const options = useMemo(
    () =>
      Object.values(queries)
        .slice(0, CHOICES)
        .map(({ id, name, sql }) => ({
          value: id,
          label: name.trim() === '' ? sql.replaceAll(/\s+/g, ' ').trim().slice(0, 48) : name,
        })),
    [queries],
  );
  if (options.length === 0) return null;
  const chosen = options.some(({ value }) => value === query) ? query : '';
  return (
    <Select
      label="Query of the workload"
      size="sm"
      value={chosen ?? ''}
      options={options}
      placeholder="Of the workload …"
      onValueChange={(id) => chooseInLab(id)}
      className="min-w-0 max-w-72 flex-1"
    />
  );
}

function Facts({ shown }: { readonly shown: LabPlan }) {
  const { plan, version } = shown;
  const { root, executionMs, planningMs } = plan;
  const buffers = root.actual === undefined ? 0 : root.actual.sharedHit + root.actual.sharedRead;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
      {version === undefined ? <Pill tone="plain">pasted</Pill> : <Pill tone="accent">PostgreSQL {version} at declared scale</Pill>}
      <span>
        Cost <span className="font-mono text-ink">{shortNumber(root.totalCost)}</span>
      </span>
      <span>
        Rows <span className="font-mono text-ink">{shortNumber(root.actual?.rows ?? root.rows)}</span>
      </span>
      {executionMs === undefined ? null : (
        <span>
          Ran <span className="font-mono text-ink">{shortNumber(executionMs)} ms</span>
        </span>
      )}
      {planningMs === undefined ? null : (
        <span>
          Planned in <span className="font-mono text-ink">{shortNumber(planningMs)} ms</span>
        </span>
      )}
      {buffers === 0 ? null : (
        <span>
          Pages <span className="font-mono text-ink">{shortNumber(buffers)}</span>
        </span>
      )}
    </p>
  );
}

/** Selects what a finding speaks of and shows it on the canvas. */
function show({ refs }: PlanFinding): void {
  if (refs.table === undefined) return;
  const part = refs.index?.part ?? refs.columns?.[0];
  reveal({ record: refs.table, ...(part === undefined ? {} : { part }) }, 'querylab');
}

function Shown({ shown }: { readonly shown: LabPlan }) {
  const now = useStore(documentStore, (state) => state.document);
  const marked = useMemo(() => indexesOfPlan(shown.plan), [shown]);
  const explained = useMemo(() => explainPlan(shown.of, shown.plan), [shown]);
  return (
    <section
      aria-label="Plan"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach it (axe: scrollable-region-focusable)
      tabIndex={0}
      // What is only read aloud is placed by it, so that it makes nothing else scroll.
      className="relative flex min-w-0 flex-1 flex-col gap-2 overflow-auto bg-raised px-3.5 py-2.5"
    >
      <Facts shown={shown} />
      {shown.version !== undefined && shown.of !== now ? (
        <p className="flex items-center gap-1.5 text-xs text-warn">
          <Icon name="TriangleAlert" size={12} /> The model has changed since: plan it again.
        </p>
      ) : null}
      <PlanTree label="Steps of the plan" plan={shown.plan} marked={marked} explained={explained} />
      <PlanFindings explained={explained} onShow={show} />
    </section>
  );
}

function Result({ state }: { readonly state: QueryLabState }) {
  const { mode, busy } = state;
  const { shown, problem } = state[mode];
  if (busy !== undefined && mode === 'plan')
    return (
      <div className="grid min-w-0 flex-1 place-items-center p-6">
        <div className="flex w-80 max-w-full flex-col gap-2.5">
          <p className="truncate first-letter:uppercase" aria-live="polite">
            {busy.what} …
          </p>
          <Progress done={busy.done} label="Plan" />
          <div className="flex justify-end">
            <Button onClick={cancelLab}>Cancel</Button>
          </div>
        </div>
      </div>
    );
  if (problem !== undefined)
    return (
      <div role="alert" className="flex min-w-0 flex-1 flex-col gap-1 overflow-auto p-4 leading-5">
        <p className="flex items-center gap-1.5 font-semibold text-bad">
          <Icon name="CircleAlert" size={14} />
          {problem.line === undefined ? 'No plan' : `No plan: line ${problem.line}, column ${problem.column ?? 1}`}
        </p>
        <p className="text-ink-2 [overflow-wrap:anywhere]">{problem.message}</p>
      </div>
    );
  if (shown !== undefined) return <Shown shown={shown} />;
  return (
    <div className="min-w-0 flex-1">
      {mode === 'plan' ? (
        <EmptyState
          icon="ListTree"
          title="How would PostgreSQL answer it?"
          text="Its own planner runs here, told the declared sizes of your tables. No rows are needed, and none are stored."
        />
      ) : (
        <EmptyState
          icon="ClipboardPaste"
          title="A plan from production"
          text="Paste what EXPLAIN (ANALYZE, BUFFERS) gives, as text or as JSON: it is drawn and explained, and nothing leaves this browser."
        />
      )}
    </div>
  );
}

/** The place in the text that a problem is of. */
function marksOf(text: string, { line, column = 1, message }: LabProblem): readonly FieldMark[] {
  if (line === undefined) return [];
  let start = 0;
  for (let left = line; left > 1 && start >= 0; left--) start = text.indexOf('\n', start) + 1;
  const at = Math.min(text.length, start + column - 1);
  return [{ start: at, end: at + 1, severity: 'error', message }];
}

/** One query and its plan: planned here at the declared scale, or pasted. */
export function QueryLabPane() {
  const state = useStore(queryLabStore);
  const dialect = useStore(documentStore, ({ document }) => document.settings['settings']?.dialect ?? 'postgresql');
  const { mode } = state;
  const run = mode === 'plan' ? () => void planInLab() : readInLab;
  const { problem, text } = state[mode];
  const marks = useMemo(() => (problem === undefined ? [] : marksOf(text, problem)), [problem, text]);
  const noPlanner = mode === 'plan' && TRAITS[dialect].planner !== true;
  return (
    <div className="flex h-full min-h-0">
      <div className="flex w-[40%] min-w-52 shrink-0 flex-col border-line border-r">
        <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b px-3 py-1.5">
          <Segments<LabMode>
            label="Where the plan comes from"
            value={mode}
            segments={MODES}
            onValueChange={setLabMode}
            className="text-xs"
          />
          <div className={cx('flex min-w-0 flex-1 items-center gap-2', mode === 'plan' && 'basis-56')}>
            {mode === 'plan' ? <ChooseQuery query={state.query} /> : null}
            <Button
              size="sm"
              variant="primary"
              icon="Play"
              className="ml-auto"
              disabled={noPlanner || state.busy !== undefined}
              title={noPlanner ? `No planner of ${TRAITS[dialect].label} runs in a browser` : undefined}
              onClick={run}
            >
              {mode === 'plan' ? 'Plan' : 'Draw'}
            </Button>
          </div>
        </div>
        <div className="min-h-0 flex-1">
          <SqlField
            key={mode}
            label={mode === 'plan' ? 'Query' : 'Output of EXPLAIN'}
            text={text}
            dialect={mode === 'plan' ? dialect : undefined}
            marks={marks}
            onDraft={(typed) => typed !== undefined && setLabText(mode, typed)}
            onRun={run}
          />
        </div>
      </div>
      <Result state={state} />
    </div>
  );
}
