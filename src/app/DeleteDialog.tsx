import { useStore } from 'zustand';
import { cancelDeletion, deleteNow, deletionStore } from '#state/deletion.ts';
import { type Dependent, type Effect, recordInWords } from '#state/dependents.ts';
import { useDocumentState } from '#state/hooks.ts';
import { AlertDialog } from '#ui/AlertDialog.tsx';

const EFFECTS: readonly { readonly effect: Effect; readonly title: string }[] = [
  { effect: 'goes', title: 'Deleted with it' },
  { effect: 'changes', title: 'Changed so that it no longer refers to it' },
  { effect: 'breaks', title: 'Names it in SQL and will need an edit' },
];
const SHOWN = 12;

function Group({ title, list }: { readonly title: string; readonly list: readonly Dependent[] }) {
  if (list.length === 0) return null;
  return (
    <section aria-label={title} className="mb-2">
      <h3 className="text-xs font-semibold text-ink-2">{title}</h3>
      <ul className="mt-0.5">
        {list.slice(0, SHOWN).map((one) => (
          <li key={`${one.ref.record}/${one.ref.part ?? ''}`} className="truncate pl-2">
            {one.what}
          </li>
        ))}
        {list.length > SHOWN ? <li className="pl-2 text-ink-3">and {list.length - SHOWN} more</li> : null}
      </ul>
    </section>
  );
}

/** Asks before a deletion that others depend on, naming them. */
export function DeleteDialog() {
  const pending = useStore(deletionStore, (state) => state.pending);
  const document = useDocumentState((state) => state.document);
  if (pending === undefined) return null;
  const [first] = pending.refs;
  const what =
    pending.refs.length > 1 || first === undefined
      ? `these ${pending.refs.length} objects`
      : first.part === undefined
        ? recordInWords(document, first.record)
        : `this part of ${recordInWords(document, first.record)}`;
  return (
    <AlertDialog
      open
      onOpenChange={(open) => {
        if (!open) cancelDeletion();
      }}
      title={`Delete ${what}?`}
      description="Other parts of the design depend on it. It can be undone in one step."
      confirm="Delete"
      danger
      onConfirm={() => deleteNow(pending.refs)}
    >
      {EFFECTS.map(({ effect, title }) => (
        <Group key={effect} title={title} list={pending.dependents.filter((one) => one.effect === effect)} />
      ))}
    </AlertDialog>
  );
}
