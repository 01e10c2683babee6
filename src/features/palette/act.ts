import { previewFix, showProblem } from '#features/problems/index.ts';
import { recordIn } from '#model/collections.ts';
import { columnOf } from '#model/derive/columns.ts';
import { isShown } from '#model/derive/diagrams.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Document } from '#model/types.ts';
import { goToDiagram, putOnDiagram } from '#state/diagrams.ts';
import { documentStore } from '#state/document.ts';
import { setFilter } from '#state/narrow.ts';
import { focusPane, showDock } from '#state/panes.ts';
import { noteRecentAction } from '#state/preferences.ts';
import { nameToEdit } from '#state/rename.ts';
import { askRename, openDialog, reveal, viewStore } from '#state/view.ts';
import type { Item } from './item.ts';

/** Goes there, or does it: what Enter means. */
export function go(item: Item): void {
  openDialog(undefined);
  const { action, finding, diagram, tag, ref } = item;
  if (action !== undefined) {
    noteRecentAction(action.id);
    action.run();
  } else if (finding !== undefined) {
    showDock('problems');
    showProblem(finding);
  } else if (tag !== undefined) setFilter({ tags: [tag] });
  else {
    if (diagram !== undefined) goToDiagram(diagram);
    if (ref !== undefined) reveal(ref, 'palette');
  }
}

/** What mod+Enter does with an item, in words; undefined when there is nothing else to do with it. */
export function deedOf(document: Document, { action, finding, ref, kind }: Item): string | undefined {
  if (action !== undefined) return 'change its key';
  if (finding !== undefined) return finding.fixes.length > 0 ? 'preview the fix' : undefined;
  if (ref === undefined) return undefined;
  const drawable = kind === 'table' || kind === 'view';
  if (drawable && !isShown(document, viewStore.getState().diagram, ref.record)) return 'put it on this diagram';
  return nameToEdit(document, ref) === undefined ? undefined : 'rename it';
}

/** Does what {@link deedOf} says. */
export function act(item: Item): void {
  const { document } = documentStore.getState();
  const deed = deedOf(document, item);
  if (deed === undefined) return;
  const { action, finding, ref } = item;
  if (action !== undefined) {
    openDialog('shortcuts', action.id);
    return;
  }
  openDialog(undefined);
  const [fix] = finding?.fixes ?? [];
  if (finding !== undefined && fix !== undefined) {
    showDock('problems');
    showProblem(finding);
    previewFix(finding, fix);
  } else if (ref !== undefined && deed === 'put it on this diagram') {
    void putOnDiagram([ref.record]).then(() => reveal(ref, 'palette'));
  } else if (ref !== undefined) {
    reveal(ref, 'palette');
    // What the canvas shows is renamed there; the navigator has the name of everything else.
    if (item.kind !== 'table' && item.kind !== 'column' && item.kind !== 'view' && item.kind !== 'area') focusPane('navigator');
    askRename(ref);
  }
}

/** The quiet text at the end of a line: a column's type, a table's schema. */
export function hintOf(document: Document, item: Item): string | undefined {
  if (item.hint !== undefined || item.ref === undefined) return item.hint;
  const table = recordIn(document, 'tables', item.ref.record);
  if (table === undefined) return undefined;
  if (item.kind === 'column' && item.ref.part !== undefined) {
    const column = columnOf(document, table, item.ref.part);
    return column === undefined ? undefined : typeName(document, column.type);
  }
  const schema = recordIn(document, 'schemas', table.schema);
  return schema === undefined || schema.implicit === true ? undefined : schema.name;
}
