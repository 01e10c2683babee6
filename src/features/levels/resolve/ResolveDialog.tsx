import { useCallback, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Result } from '#lib/result.ts';
import { documentStore, run } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { openDialog, select } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
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
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) openDialog(undefined);
      }}
      title={title}
      description={what}
      size="lg"
      flush
      footer={
        <>
          <Button onClick={() => openDialog(undefined)}>Cancel</Button>
          <Button variant="primary" disabled={ready === undefined} onClick={confirm}>
            {action}
          </Button>
        </>
      }
    >
      <form
        className="grid min-h-[420px] flex-1 grid-cols-1 overflow-hidden min-[760px]:grid-cols-[320px_minmax(0,1fr)]"
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <div className="flex min-h-0 flex-col gap-4 overflow-y-auto border-line border-r px-5 py-4">
          {subject.kind === 'new-hierarchy' || subject.kind === 'hierarchy' ? (
            <HierarchyForm document={document} subject={subject} onPlan={onPlan} />
          ) : (
            <FactForm document={document} subject={subject} onPlan={onPlan} />
          )}
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to by keyboard */}
        <section aria-label="What changes" aria-live="polite" tabIndex={0} className="min-h-0 overflow-y-auto bg-surface px-5 py-4">
          <ResolutionView resolution={resolution} />
        </section>
        {/* Enter in a field confirms, as the button does. */}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

/** Resolves a fact of the concept into tables, with a preview; or records one, or takes a resolution back. */
export function ResolveDialog() {
  const subject = useStore(resolveStore, (state) => state.subject);
  return subject === undefined ? null : <Body subject={subject} />;
}
