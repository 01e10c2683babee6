import { useState } from 'react';
import type { Dependency, Id } from '#model/types.ts';
import { today } from '#state/today.ts';
import { Button } from '#ui/Button.tsx';
import { Pill } from '#ui/Pill.tsx';
import { Popover } from '#ui/Popover.tsx';
import { Segments } from '#ui/Segments.tsx';
import { Select } from '#ui/Select.tsx';
import { TextField } from '#ui/TextField.tsx';
import { setPart } from '../edit.ts';
import { draftOf, type ExemptionDraft, exemptionOf, KEEPERS, statusOf } from '../logic/exemption.ts';

const KINDS = [
  { value: 'counts', label: 'Counts', title: 'It counts for the normal form; what it breaks is a problem' },
  { value: 'temporal', label: 'Temporal', title: 'The value was true at a time, such as a price when ordered: never normalised' },
  { value: 'accepted', label: 'Accepted', title: 'The repetition is wanted: it stays in the badge and is no problem' },
] as const;

interface ExemptionProps {
  readonly table: Id;
  readonly dependency: Dependency;
  /** The dependency as text, for who hears it. */
  readonly text: string;
}

function Form({ table, dependency, onDone }: ExemptionProps & { readonly onDone: () => void }) {
  const [draft, setDraft] = useState<ExemptionDraft>(draftOf(dependency.exempt));
  const [problem, setProblem] = useState<string>();
  const change = (more: Partial<ExemptionDraft>) => {
    setDraft({ ...draft, ...more });
    setProblem(undefined);
  };
  const apply = () => {
    const exempt = exemptionOf(draft, today());
    const why = typeof exempt === 'string' ? exempt : setPart(table, 'dependencies', dependency.id, { exempt });
    if (why === undefined) onDone();
    else setProblem(why);
  };
  return (
    <form
      className="flex w-72 flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <Segments
        label="What the dependency counts for"
        value={draft.kind}
        segments={KINDS}
        onValueChange={(kind) => change({ kind })}
      />
      <p className="text-xs leading-4 text-ink-2">{KINDS.find(({ value }) => value === draft.kind)?.title}.</p>
      {draft.kind === 'counts' ? null : (
        <TextField label="Reason" value={draft.reason} error={problem} onChange={(reason) => change({ reason })} />
      )}
      {draft.kind === 'accepted' ? (
        <>
          <span className="text-xs text-ink-2">Kept equal by</span>
          <Select
            label="Kept equal by"
            value={draft.maintenance}
            options={KEEPERS}
            onValueChange={(maintenance) => change({ maintenance })}
          />
          <TextField
            label="May lag behind by"
            placeholder="not at all"
            value={draft.staleness}
            onChange={(staleness) => change({ staleness })}
          />
        </>
      ) : null}
      <Button type="submit" variant="primary" className="self-end">
        Apply
      </Button>
    </form>
  );
}

/** What a dependency counts for, as a mark that opens its form: counts, temporal, or accepted with a reason. */
export function ExemptionMark(props: ExemptionProps) {
  const [open, setOpen] = useState(false);
  const status = statusOf(props.dependency);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={`What ${props.text} counts for`}
      align="end"
      trigger={
        <button
          type="button"
          title={status.title}
          aria-label={`${status.label}: change what ${props.text} counts for`}
          className="rounded-full"
        >
          <Pill tone={status.tone}>{status.label}</Pill>
        </button>
      }
    >
      <Form {...props} onDone={() => setOpen(false)} />
    </Popover>
  );
}
