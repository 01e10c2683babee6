import { useCallback, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Result } from '#lib/result.ts';
import { documentStore, run } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { openDialog, select } from '#state/view.ts';
import { PreviewDialog } from '#ui/PreviewDialog.tsx';
import { FactForm } from './FactForm.tsx';
import { HierarchyForm } from './HierarchyForm.tsx';
import { ResolutionView } from './ResolutionView.tsx';
import { resolveStore } from './store.ts';
import type { Subject } from './subject.ts';
import { type Planner, type Resolution, useResolution } from './use-resolution.ts';
import { WORDS } from './words.ts';

/** Does it as one undo step, and selects what came. */
function apply({ calls }: Resolution, label: string): void {
  const ran = run(calls, label);
  if (!ran.ok) {
    notify({ tone: 'bad', text: ran.problem.message });
    return;
  }
  openDialog(undefined);
  const fresh = ran.value.filter(({ collection, from }) => from === undefined && collection === 'tables');
  const facts = ran.value.filter(({ collection }) => collection === 'hierarchies');
  const shown = fresh.length > 0 ? fresh : facts.filter(({ to }) => to !== undefined);
  if (shown.length > 0) select(shown.map(({ id }) => ({ record: id })));
  notify({ tone: 'ok', text: `${label}: done` });
}

const NOTHING: Planner = () => Promise.resolve({ ok: true, value: [] });

function Body({ subject }: { readonly subject: Subject }) {
  // A plan is for the document as it was when the dialog opened.
  const document = useMemo(() => documentStore.getState().document, []);
  const [plan, setPlan] = useState<Planner>(() => NOTHING);
  const resolution: Result<Resolution> | undefined = useResolution(document, plan);
  const { title, what, action } = WORDS[subject.kind];
  const ready = resolution?.ok === true && resolution.value.calls.length > 0 ? resolution.value : undefined;
  const onPlan = useCallback((next: Planner) => setPlan(() => next), []);
  const confirm = () => {
    if (ready !== undefined) apply(ready, title);
  };
  return (
    <PreviewDialog
      title={title}
      description={what}
      size="lg"
      action={action}
      ready={ready !== undefined}
      onConfirm={confirm}
      onClose={() => openDialog(undefined)}
      preview={<ResolutionView resolution={resolution} />}
    >
      {subject.kind === 'new-hierarchy' || subject.kind === 'hierarchy' ? (
        <HierarchyForm document={document} subject={subject} onPlan={onPlan} />
      ) : (
        <FactForm document={document} subject={subject} onPlan={onPlan} />
      )}
    </PreviewDialog>
  );
}

/** Resolves a fact of the concept into tables, with a preview; or records one, or takes a resolution back. */
export function ResolveDialog() {
  const subject = useStore(resolveStore, (state) => state.subject);
  return subject === undefined ? null : <Body subject={subject} />;
}
