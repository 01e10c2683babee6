import type { Dependent } from '#engine/queries.ts';
import { AlertDialog } from '#ui/AlertDialog.tsx';

export interface Removal {
  readonly dependents: readonly Dependent[];
  readonly answer: (confirmed: boolean) => void;
}

/** Asks before text that was deleted deletes an object which others need. */
export function RemovalDialog({ removal, onAnswer }: { readonly removal: Removal | undefined; readonly onAnswer: () => void }) {
  const answer = (confirmed: boolean) => {
    removal?.answer(confirmed);
    onAnswer();
  };
  const count = removal?.dependents.length ?? 0;
  return (
    <AlertDialog
      open={removal !== undefined}
      onOpenChange={(open) => {
        if (!open) answer(false);
      }}
      title="Delete what other objects need?"
      description={`The text no longer has something that ${count === 1 ? 'one object needs' : `${count} objects need`}. You can undo it.`}
      confirm="Delete"
      danger
      onConfirm={() => answer(true)}
    >
      <ul className="flex list-disc flex-col gap-0.5 pl-5 text-ink-2">
        {removal?.dependents.slice(0, 100).map(({ ref, label }) => (
          <li key={`${ref.record} ${ref.part ?? ''} ${label}`} className="[overflow-wrap:anywhere]">
            {label}
          </li>
        ))}
      </ul>
      {count > 100 ? <p className="pt-1 text-ink-3">and {count - 100} more</p> : null}
    </AlertDialog>
  );
}
