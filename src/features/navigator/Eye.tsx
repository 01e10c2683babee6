import { recordIn } from '#model/collections.ts';
import { isShown } from '#model/derive/diagrams.ts';
import type { Document, Id } from '#model/types.ts';
import { putOnDiagram, takeOffDiagram } from '#state/diagrams.ts';
import { documentStore } from '#state/document.ts';
import { useDocumentState, useView } from '#state/hooks.ts';
import { viewStore } from '#state/view.ts';
import { Icon } from '#ui/Icon.tsx';

/** Whether something stands on the shown diagram; undefined for what stands on none. */
function stands(document: Document, diagram: Id, id: Id): boolean | undefined {
  const table = recordIn(document, 'tables', id);
  if (table === undefined ? recordIn(document, 'views', id) === undefined : table.partitionOf !== undefined) return undefined;
  return isShown(document, diagram, id);
}

/** Whether a table or view stands on the diagram that is looked at now. */
export function standsHere(id: Id): boolean | undefined {
  return stands(documentStore.getState().document, viewStore.getState().diagram, id);
}

/** Says whether a table or view is on the shown diagram; a press puts it on or takes it off. The row's menu does the same. */
export function Eye({ id }: { readonly id: Id }) {
  const diagram = useView((state) => state.diagram);
  const shown = useDocumentState(({ document }) => stands(document, diagram, id));
  const readOnly = useDocumentState((state) => state.readOnly !== undefined);
  if (shown === undefined || (readOnly && shown)) return null;
  const press = () => {
    if (readOnly) return;
    if (shown) takeOffDiagram([id]);
    else void putOnDiagram([id]);
  };
  return (
    <>
      {shown ? null : <span className="sr-only">, not on this diagram</span>}
      <span
        aria-hidden="true"
        data-eye={shown}
        title={shown ? 'Take off this diagram' : 'Put on this diagram'}
        className="-my-1 grid size-5 shrink-0 place-items-center rounded text-ink-3 hover:bg-sunken hover:text-ink data-[eye=true]:hidden group-hover/row:data-[eye=true]:grid"
        onClick={(event) => {
          event.stopPropagation();
          press();
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        <Icon name={shown ? 'Eye' : 'EyeOff'} size={13} />
      </span>
    </>
  );
}
