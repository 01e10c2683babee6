import { dependencyText } from '#engine/normalize/dependency-text.ts';
import { KEEPERS } from '#features/inspector/index.ts';
import type { Dependency, Table } from '#model/types.ts';
import { Checkbox } from '#ui/Checkbox.tsx';
import { Select } from '#ui/Select.tsx';
import { TextField } from '#ui/TextField.tsx';
import type { KeepDraft } from './keep.ts';
import { OptionFrame } from './PlanCard.tsx';
import type { Option } from './words.ts';

export interface KeepCardProps {
  readonly table: Table;
  readonly open: readonly Dependency[];
  readonly draft: KeepDraft;
  readonly onDraft: (draft: KeepDraft) => void;
  readonly current: Option;
  readonly onChoose: (option: Option) => void;
}

function Form({ table, open, draft, onDraft }: Pick<KeepCardProps, 'table' | 'open' | 'draft' | 'onDraft'>) {
  const { ids, exemption } = draft;
  const say = (more: Partial<KeepDraft['exemption']>) => onDraft({ ...draft, exemption: { ...exemption, ...more } });
  return (
    <>
      {open.map((one) => (
        <Checkbox
          key={one.id}
          className="[&>label]:min-w-0 [&>label]:font-mono [&>label]:text-[11.5px] [&>label]:[overflow-wrap:anywhere]"
          label={dependencyText(one, table.columns)}
          checked={ids.includes(one.id)}
          onCheckedChange={(on) => onDraft({ ...draft, ids: on ? [...ids, one.id] : ids.filter((id) => id !== one.id) })}
        />
      ))}
      <TextField
        label="Reason"
        value={exemption.reason}
        placeholder="Read on every page, changes once a year"
        onChange={(reason) => say({ reason })}
      />
      <div className="flex flex-col gap-1">
        <span className="text-xs text-ink-2">Kept equal by</span>
        <Select
          label="Kept equal by"
          value={exemption.maintenance}
          options={KEEPERS}
          onValueChange={(maintenance) => say({ maintenance })}
        />
      </div>
      <TextField
        label="May lag behind by"
        placeholder="not at all"
        value={exemption.staleness}
        onChange={(staleness) => say({ staleness })}
      />
    </>
  );
}

/** Leaves the table as it is, with the reason in the document. */
export function KeepCard(props: KeepCardProps) {
  const { open, current, onChoose } = props;
  return (
    <OptionFrame option="keep" current={current} onChoose={onChoose} disabled={open.length === 0}>
      {open.length === 0 ? (
        <p className="text-xs text-ink-2">No declared dependency breaks a normal form: there is nothing to accept.</p>
      ) : current === 'keep' ? (
        <Form {...props} />
      ) : (
        <ul className="flex flex-col gap-1 font-mono text-[11.5px] text-ink-2">
          {open.map((one) => (
            <li key={one.id} className="[overflow-wrap:anywhere]">
              {dependencyText(one, props.table.columns)}
            </li>
          ))}
        </ul>
      )}
    </OptionFrame>
  );
}
