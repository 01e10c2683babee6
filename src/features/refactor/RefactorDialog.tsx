import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Refactoring } from '#engine/refactor/types.ts';
import { documentStore } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { openDialog, select } from '#state/view.ts';
import { PreviewDialog } from '#ui/PreviewDialog.tsx';
import { applyPlan } from './apply-plan.ts';
import { EnumForm } from './forms/EnumForm.tsx';
import { ExtractForm } from './forms/ExtractForm.tsx';
import { InlineForm } from './forms/InlineForm.tsx';
import { LookupForm } from './forms/LookupForm.tsx';
import { MoveForm } from './forms/MoveForm.tsx';
import { StandardForm } from './forms/StandardForm.tsx';
import { SurrogateForm } from './forms/SurrogateForm.tsx';
import type { FormProps } from './forms/types.ts';
import { PlanView } from './PlanView.tsx';
import { refactorStore } from './store.ts';
import type { RefactorKind } from './subject.ts';
import { type Planned, usePlan } from './use-plan.ts';
import { REFACTORINGS } from './words.ts';

const FORMS: { readonly [K in RefactorKind]: (props: FormProps) => React.ReactNode } = {
  extract: ExtractForm,
  inline: InlineForm,
  move: MoveForm,
  enumToLookup: EnumForm,
  lookupToEnum: LookupForm,
  surrogate: SurrogateForm,
  standard: StandardForm,
};

function apply(planned: Planned): void {
  const fresh = applyPlan(planned)?.map((record) => ({ record }));
  if (fresh === undefined) return;
  const kept = refactorStore.getState().subject.selection.filter((ref) => {
    const { tables } = documentStore.getState().document;
    return Object.hasOwn(tables, ref.record);
  });
  select(fresh.length > 0 ? fresh : [...new Set(kept.map((ref) => ref.record))].map((record) => ({ record })));
  notify({ tone: 'ok', text: `${planned.plan.label}: done` });
}

/** A refactoring: what is asked for on the left, what it would do on the right. */
export function RefactorDialog() {
  const subject = useStore(refactorStore, (state) => state.subject);
  const [asked, setAsked] = useState<Refactoring>();
  // A plan is for the document as it was when the dialog opened; edits from elsewhere are noticed when it is applied.
  const document = useMemo(() => documentStore.getState().document, []);
  const planned = usePlan(asked);
  const { title, what } = REFACTORINGS[subject.kind];
  const Form = FORMS[subject.kind];
  const ready = planned?.ok === true ? planned.value : undefined;
  return (
    <PreviewDialog
      title={title}
      description={what}
      size="xl"
      action="Apply"
      ready={ready !== undefined}
      onConfirm={() => ready !== undefined && apply(ready)}
      onClose={() => openDialog(undefined)}
      preview={<PlanView asked={asked !== undefined} planned={planned} />}
    >
      <Form document={document} selection={subject.selection} onAsk={setAsked} />
    </PreviewDialog>
  );
}
