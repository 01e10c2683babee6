import { useCallback, useMemo, useState } from 'react';
import { isShown } from '#model/derive/diagrams.ts';
import type { Document, Id } from '#model/types.ts';
import { putOnDiagram, shownDiagram } from '#state/diagrams.ts';
import { documentStore } from '#state/document.ts';
import { openDialog, select } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { PickList } from './PickList.tsx';
import type { Pickable } from './pick.ts';

/** The tables and views that are not on a diagram. */
function addable(document: Document, diagram: Id): readonly Pickable[] {
  const schemas = Object.keys(document.schemas).length > 1;
  const absent = (one: { readonly id: Id }) => !isShown(document, diagram, one.id);
  const tables = Object.values(document.tables).filter((one) => one.partitionOf === undefined && absent(one));
  return [...tables, ...Object.values(document.views).filter(absent)]
    .map((one) => {
      const words = [
        schemas ? document.schemas[one.schema]?.name : undefined,
        'query' in one ? 'view' : undefined,
        ...('query' in one ? [] : (one.tags ?? []).map((tag) => `#${tag}`)),
      ].filter((word) => word !== undefined);
      return { id: one.id, label: one.name, ...(words.length === 0 ? {} : { hint: words.join(' · ') }) };
    })
    .toSorted((a, b) => a.label.localeCompare(b.label));
}

/** Chooses tables and views to put on the shown diagram. */
export function AddTablesDialog() {
  const diagram = shownDiagram();
  const items = useMemo(() => (diagram === undefined ? [] : addable(documentStore.getState().document, diagram.id)), [diagram]);
  const [picked, setPicked] = useState<ReadonlySet<Id>>(new Set());
  const [shown, setShown] = useState<readonly Pickable[]>(items);
  const onFound = useCallback((list: readonly Pickable[]) => setShown(list), []);
  if (diagram === undefined) return null;
  const every = shown.length > 0 && shown.every((one) => picked.has(one.id));
  const toggle = (ids: readonly Id[], on: boolean) =>
    setPicked((before) => {
      const next = new Set(before);
      for (const id of ids)
        if (on) next.add(id);
        else next.delete(id);
      return next;
    });
  const add = () => {
    openDialog(undefined);
    if (picked.size === 0) return;
    void putOnDiagram([...picked]).then((fresh) => select(fresh.map((record) => ({ record }))));
  };
  const count = picked.size;
  return (
    <Dialog
      open
      onOpenChange={() => openDialog(undefined)}
      title={`Add tables to ${diagram.name}`}
      description={
        items.length === 0 ? 'Every table and view is on this diagram.' : 'Enter picks, Ctrl or ⌘ with Enter adds what is picked.'
      }
      flush
      footer={
        <>
          <Button
            variant="ghost"
            className="mr-auto"
            disabled={shown.length === 0}
            onClick={() =>
              toggle(
                shown.map((one) => one.id),
                !every,
              )
            }
          >
            {every ? 'Pick none of these' : `Pick all ${shown.length}`}
          </Button>
          <Button onClick={() => openDialog(undefined)}>Cancel</Button>
          <Button variant="primary" disabled={count === 0} onClick={add}>
            {count === 0 ? 'Add' : `Add ${count} ${count === 1 ? 'table' : 'tables'}`}
          </Button>
        </>
      }
    >
      <PickList
        items={items}
        label="Find a table or view"
        picked={picked}
        onPick={({ id }) => toggle([id], !picked.has(id))}
        onDone={add}
        onFound={onFound}
      />
    </Dialog>
  );
}
