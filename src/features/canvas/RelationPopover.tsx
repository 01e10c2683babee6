import { useState } from 'react';
import { useStore } from 'zustand';
import { recordIn } from '#model/collections.ts';
import { columnsOf } from '#model/derive/columns.ts';
import { lookOf } from '#model/derive/look.ts';
import { freeSpot } from '#model/derive/place.ts';
import type { Document, ReferentialAction, Table } from '#model/types.ts';
import { documentStore, run } from '#state/document.ts';
import { useDocumentState } from '#state/hooks.ts';
import { select } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Checkbox } from '#ui/Checkbox.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { Kbd } from '#ui/Kbd.tsx';
import { Popover } from '#ui/Popover.tsx';
import { Select } from '#ui/Select.tsx';
import { ConceptRelation } from './ConceptRelation.tsx';
import { KindSwitch } from './KindSwitch.tsx';
import { type OverlayState, overlayStore } from './overlay.ts';
import { hindrance, newColumnName, parentColumns, propose, type RelationDraft, relationCalls, swap } from './relation-draft.ts';
import { stage } from './stage.ts';

const ACTIONS: readonly { readonly value: ReferentialAction; readonly label: string }[] = [
  { value: 'no action', label: 'refuse (no action)' },
  { value: 'restrict', label: 'refuse at once (restrict)' },
  { value: 'cascade', label: 'do the same (cascade)' },
  { value: 'set null', label: 'set null' },
  { value: 'set default', label: 'set default' },
];

function close(): void {
  overlayStore.setState({ proposal: undefined });
  stage.focus();
}

function sentence(child: Table, parent: Table, { kind, optional }: RelationDraft): string {
  if (kind === 'many-to-many')
    return `Many rows of ${child.name} belong to many rows of ${parent.name}; a table between them holds the pairs.`;
  const has = optional ? 'at most one row' : 'exactly one row';
  const back = kind === 'one-to-one' ? 'at most one' : 'any number';
  return `Each row of ${child.name} has ${has} of ${parent.name}; each row of ${parent.name} has ${back} of ${child.name}.`;
}

/** Does it; the new relationship (or junction table) is selected. */
function apply(draft: RelationDraft): string | undefined {
  const { document } = documentStore.getState();
  const { grid, diagram } = stage.scene;
  const ends = [draft.child.table, draft.parent.table].flatMap((id) => grid.get(id) ?? []);
  const middle = { x: 0, y: 0 };
  for (const box of ends) {
    middle.x += (box.x + box.width / 2) / ends.length;
    middle.y += (box.y + box.height / 2) / ends.length;
  }
  const place = { diagram, ...freeSpot(grid, { width: 200, height: 90 }, middle) };
  const result = run(relationCalls(document, draft, place));
  if (!result.ok) return result.problem.message;
  const made = result.value.findLast(
    ({ collection, from }) => from === undefined && (collection === 'relationships' || collection === 'tables'),
  );
  const table = result.value.find(({ collection, from }) => from === undefined && collection === 'tables');
  const shown = table ?? made;
  if (shown !== undefined) select([{ record: shown.id }]);
  return undefined;
}

/** Stands for a column that is still to be made; no id is empty, but a select's value may not be either. */
const NEW = ' new';

type Changes = Partial<Omit<RelationDraft, 'column'>> & { readonly column?: string | undefined };

/** What a letter changes: the kind, which is the child, whether it may be without a parent. */
function byKey(document: Document, draft: RelationDraft, key: string): RelationDraft | undefined {
  switch (key.toLowerCase()) {
    case '1':
      return { ...draft, kind: 'one-to-one' };
    case 'n':
      return { ...draft, kind: 'one-to-many' };
    case 'm':
      return { ...draft, kind: 'many-to-many' };
    case 'x':
      return swap(document, draft);
    case 'o':
      return { ...draft, optional: !draft.optional };
    default:
      return undefined;
  }
}

interface FieldsProps {
  readonly document: Document;
  readonly draft: RelationDraft;
  readonly child: Table;
  readonly change: (patch: Changes) => void;
}

function KeyFields({ document, draft, child, change }: FieldsProps) {
  const fresh = { value: NEW, label: `a new column ${newColumnName(document, draft)}` };
  const options = [fresh, ...columnsOf(document, child).map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <div className="grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-2">
      <span className="text-ink-2 text-xs">Key is held by</span>
      <Select
        label="Column of the child"
        size="sm"
        value={draft.column ?? NEW}
        options={options}
        onValueChange={(id) => change({ column: id === NEW ? undefined : id })}
      />
      <span className="text-ink-2 text-xs">On delete</span>
      <Select
        label="When the parent is deleted"
        size="sm"
        value={draft.onDelete}
        options={ACTIONS}
        onValueChange={(onDelete) => change({ onDelete })}
      />
      <span className="text-ink-2 text-xs">On update</span>
      <Select
        label="When the parent's key changes"
        size="sm"
        value={draft.onUpdate}
        options={ACTIONS}
        onValueChange={(onUpdate) => change({ onUpdate })}
      />
      <span />
      <Checkbox
        checked={draft.optional}
        onCheckedChange={(optional) => change({ optional })}
        label={`A row of ${child.name} may be without one`}
      />
    </div>
  );
}

function Form({ proposal }: { readonly proposal: NonNullable<OverlayState['proposal']> }) {
  const document = useDocumentState((state) => state.document);
  const [draft, setDraft] = useState(() => propose(document, proposal.from, proposal.to));
  const [failed, setFailed] = useState<string | undefined>();
  const child = recordIn(document, 'tables', draft.child.table);
  const parent = recordIn(document, 'tables', draft.parent.table);
  if (child === undefined || parent === undefined) return null;
  const change = (patch: Changes) => {
    setFailed(undefined);
    setDraft((old) => {
      const { column, ...rest } = { ...old, ...patch };
      return column === undefined ? rest : { ...rest, column };
    });
  };
  const wrong = hindrance(document, draft) ?? failed;
  const target = parentColumns(document, draft)
    .map((id) => columnsOf(document, parent).find((one) => one.id === id)?.name)
    .join(', ');
  return (
    <form
      className="flex w-84 flex-col gap-3"
      onKeyDown={(event) => {
        const next = event.ctrlKey || event.metaKey || event.altKey ? undefined : byKey(document, draft, event.key);
        if (next === undefined || (event.target instanceof Element && event.target.closest('[role=combobox]') !== null)) return;
        event.preventDefault();
        setFailed(undefined);
        setDraft(next);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        const problem = hindrance(document, draft) ?? apply(draft);
        if (problem === undefined) close();
        else setFailed(problem);
      }}
    >
      <div className="flex items-center gap-2">
        <div className="grid min-w-0 flex-1 grid-cols-[auto_1fr] gap-x-3 leading-5">
          <span className="text-ink-2">{draft.kind === 'many-to-many' ? 'One side' : 'Child'}</span>
          <b className="truncate font-semibold">{child.name}</b>
          <span className="text-ink-2">{draft.kind === 'many-to-many' ? 'Other side' : 'Parent'}</span>
          <span className="truncate">
            <b className="font-semibold">{parent.name}</b>{' '}
            <span className="text-ink-2">{draft.kind === 'many-to-many' ? '' : target}</span>
          </span>
        </div>
        <IconButton icon="ArrowLeftRight" label="Change child and parent over" onClick={() => setDraft(swap(document, draft))} />
      </div>
      <KindSwitch kind={draft.kind} onChange={(kind) => change({ kind })} />
      <p className="text-ink-2 text-xs leading-[18px]">{sentence(child, parent, draft)}</p>
      {draft.kind === 'many-to-many' ? null : <KeyFields document={document} draft={draft} child={child} change={change} />}
      {wrong === undefined ? null : (
        <p role="alert" className="text-bad text-xs">
          {wrong}
        </p>
      )}
      <p className="flex items-center gap-1 text-[11px] text-ink-3">
        <Kbd keys="1" /> <Kbd keys="n" /> <Kbd keys="m" /> kind <Kbd keys="x" /> turn <Kbd keys="o" /> optional
      </p>
      <div className="flex items-center justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" variant="primary" autoFocus>
          Relate them
        </Button>
      </div>
    </form>
  );
}

/** Room that the popover takes, roughly, with its distance. */
const WIDTH = 376;
const HEIGHT = 340;

/** Beside the two tables where there is room, so that both stay in sight; else where the pointer was let go. */
function besideBoth({ from, to, at }: NonNullable<OverlayState['proposal']>) {
  const bounds = stage.boundsOf([{ record: from.table }, { record: to.table }]);
  const corner = stage.element?.getBoundingClientRect();
  if (bounds === undefined || corner === undefined) return { anchor: at, side: 'bottom' as const };
  const { x, y, zoom } = stage.viewport;
  const box = {
    x: bounds.x * zoom + x + corner.left,
    y: bounds.y * zoom + y + corner.top,
    width: bounds.width * zoom,
    height: bounds.height * zoom,
  };
  const room = {
    right: window.innerWidth - box.x - box.width >= WIDTH,
    left: box.x >= WIDTH,
    bottom: window.innerHeight - box.y - box.height >= HEIGHT,
    top: box.y >= HEIGHT,
  };
  const side = (['right', 'left', 'bottom', 'top'] as const).find((one) => room[one]);
  return side === undefined ? { anchor: at, side: 'bottom' as const } : { anchor: box, side };
}

/** Says who is child and who parent of a relationship just drawn, lets it be turned and refined, and makes it on Enter. */
export function RelationPopover() {
  const proposal = useStore(overlayStore, (state) => state.proposal);
  if (proposal === undefined) return null;
  return (
    <Popover open label="New relationship" {...besideBoth(proposal)} onOpenChange={(open) => (open ? undefined : close())}>
      {lookOf(stage.scene.document).level === 'conceptual' ? (
        <ConceptRelation proposal={proposal} onClose={close} />
      ) : (
        <Form key={`${proposal.from.table}/${proposal.to.table}/${proposal.at.x}`} proposal={proposal} />
      )}
    </Popover>
  );
}
