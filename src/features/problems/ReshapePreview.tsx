import { useMemo, useState } from 'react';
import { changeScript } from '#engine/documents/changes.ts';
import type { Finding, Fix } from '#engine/finding.ts';
import type { Reshape, ReshapePlan } from '#engine/reshape/types.ts';
import { applyPlan, type Planner, PlanView, usePlanBy } from '#features/refactor/index.ts';
import { SqlPreview } from '#features/sql/index.ts';
import { perform } from '#state/actions.ts';
import { notify } from '#state/notices.ts';
import { today } from '#state/today.ts';
import { select } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { Segments } from '#ui/Segments.tsx';
import { previewFix } from './go.ts';
import { problemsStore } from './problems-store.ts';

const reshaping: Planner<Reshape, ReshapePlan> = async (asked, document, parser, options) => {
  const { planReshape } = await import('#engine/reshape/plan.ts');
  return planReshape(document, parser, asked, { ...options, date: today() });
};

const VIEWS = [
  { value: 'changes', label: 'What changes' },
  { value: 'forward', label: 'SQL for rows' },
  { value: 'back', label: 'The way back' },
] as const;

type View = (typeof VIEWS)[number]['value'];

const close = () => problemsStore.setState({ preview: undefined });

function Script({ plan, way }: { readonly plan: ReshapePlan; readonly way: 'forward' | 'back' }) {
  const { change } = plan;
  const text = useMemo(() => (change === undefined ? '' : changeScript({ ...change, id: '' }, change[way], way)), [change, way]);
  if (change === undefined)
    return <p className="py-6 text-xs text-ink-2">For this database there is no script yet: the model changes, its DDL follows.</p>;
  return (
    <div className="h-[46vh] min-h-60 overflow-hidden rounded-md border border-line">
      <SqlPreview label="Migration SQL" text={text} dialect={change.dialect} />
    </div>
  );
}

/** What the refactoring of a problem would do: tables and columns, what it means and breaks, and the SQL that takes rows along. */
export function ReshapePreview({ finding, fix, asked }: { readonly finding: Finding; readonly fix: Fix; readonly asked: Reshape }) {
  const planned = usePlanBy(asked, reshaping);
  const [view, setView] = useState<View>('changes');
  const ready = planned?.ok === true ? planned.value : undefined;
  const apply = () => {
    if (ready === undefined) return;
    const made = applyPlan(ready);
    if (made === undefined) return;
    close();
    if (made.length > 0) select(made.map((record) => ({ record })));
    notify({ tone: 'ok', text: `${ready.plan.label}: done`, action: { label: 'Undo', run: () => perform('edit.undo') } });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title={fix.label}
      description={finding.message.what}
      size="lg"
      footer={
        <>
          {finding.fixes
            .filter((one) => one !== fix)
            .map((other) => (
              <Button key={other.label} variant="ghost" onClick={() => previewFix(finding, other)} className="mr-auto truncate">
                Instead: {other.label}
              </Button>
            ))}
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" disabled={ready === undefined} onClick={apply}>
            Apply
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Segments label="What to look at" value={view} segments={VIEWS} onValueChange={setView} className="w-96 max-w-full" />
        {view === 'changes' || ready === undefined ? <PlanView asked planned={planned} /> : <Script plan={ready.plan} way={view} />}
      </div>
    </Dialog>
  );
}
