import { useState } from 'react';
import { recordIn } from '#model/collections.ts';
import { run } from '#state/document.ts';
import { select } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Checkbox } from '#ui/Checkbox.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { TextField } from '#ui/TextField.tsx';
import { type ConceptDraft, conceptCall } from './concept-relation.ts';
import { KindSwitch } from './KindSwitch.tsx';
import type { OverlayState } from './overlay.ts';
import { stage } from './stage.ts';

function sentence(child: string, parent: string, { kind, childNeeds, parentNeeds }: ConceptDraft): string {
  const many = (least: boolean) => (least ? 'one or more' : 'any number');
  const one = (least: boolean) => (least ? 'exactly one' : 'at most one');
  const up = kind === 'many-to-many' ? many(childNeeds) : one(childNeeds);
  const down = kind === 'one-to-one' ? one(parentNeeds) : many(parentNeeds);
  return `Each of ${child} has ${up} of ${parent}; each of ${parent} has ${down} of ${child}.`;
}

export interface ConceptRelationProps {
  readonly proposal: NonNullable<OverlayState['proposal']>;
  readonly onClose: () => void;
}

/** A relationship of the concept: who relates to how many, without keys and columns. */
export function ConceptRelation({ proposal, onClose }: ConceptRelationProps) {
  const [draft, setDraft] = useState<ConceptDraft>({
    child: proposal.from.table,
    parent: proposal.to.table,
    kind: 'one-to-many',
    name: '',
    childNeeds: true,
    parentNeeds: false,
  });
  const [failed, setFailed] = useState<string | undefined>();
  const nameOf = (id: string) => recordIn(stage.scene.document, 'tables', id)?.name ?? id;
  const [child, parent] = [nameOf(draft.child), nameOf(draft.parent)];
  const change = (patch: Partial<ConceptDraft>) => setDraft((old) => ({ ...old, ...patch }));
  const apply = () => {
    const result = run(conceptCall(draft));
    if (!result.ok) {
      setFailed(result.problem.message);
      return;
    }
    const made = result.value.find(({ collection }) => collection === 'relationships');
    if (made !== undefined) select([{ record: made.id }]);
    onClose();
  };
  return (
    <form
      className="flex w-84 flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <div className="flex items-center gap-2">
        <b className="min-w-0 flex-1 truncate font-semibold">
          {child} – {parent}
        </b>
        <IconButton
          icon="ArrowLeftRight"
          label="Change the sides over"
          onClick={() => change({ child: draft.parent, parent: draft.child })}
        />
      </div>
      <KindSwitch kind={draft.kind} onChange={(kind) => change({ kind })} />
      <Checkbox
        checked={draft.childNeeds}
        onCheckedChange={(childNeeds) => change({ childNeeds })}
        label={`Each of ${child} needs one of ${parent}`}
      />
      <Checkbox
        checked={draft.parentNeeds}
        onCheckedChange={(parentNeeds) => change({ parentNeeds })}
        label={`Each of ${parent} needs one of ${child}`}
      />
      <TextField label="Called (optional)" value={draft.name} placeholder="places" onChange={(name) => change({ name })} />
      <p className="text-ink-2 text-xs leading-[18px]">{sentence(child, parent, draft)}</p>
      {failed === undefined ? null : (
        <p role="alert" className="text-bad text-xs">
          {failed}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" autoFocus>
          Relate them
        </Button>
      </div>
    </form>
  );
}
