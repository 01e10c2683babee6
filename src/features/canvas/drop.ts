import { putOnDiagram } from '#state/diagrams.ts';
import { documentStore } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { OBJECTS_KIND, readObjects } from '#state/object-drag.ts';
import { select } from '#state/view.ts';
import { moveTo } from './edits.ts';
import { stage } from './stage.ts';

/** Takes tables that are dragged here from the navigator. Returns how to stop. */
export function listenToDrops(element: HTMLElement): () => void {
  const over = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes(OBJECTS_KIND) !== true) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  };
  const drop = (event: DragEvent) => {
    const ids = readObjects(event.dataTransfer?.getData(OBJECTS_KIND));
    if (ids.length === 0) return;
    event.preventDefault();
    const { readOnly } = documentStore.getState();
    if (readOnly !== undefined) {
      notify({ tone: 'info', text: readOnly });
      return;
    }
    const at = stage.at(event);
    // What stands here already is brought to the point it was dropped on.
    const [only] = ids;
    const box = ids.length === 1 && only !== undefined ? stage.scene.members.get(only)?.box : undefined;
    if (box !== undefined && only !== undefined) moveTo(new Map([[only, { x: at.x - 40, y: at.y - 16 }]]));
    else void putOnDiagram(ids, { x: at.x - 40, y: at.y - 16 }, true);
    select(ids.map((record) => ({ record })));
    stage.focus();
  };
  element.addEventListener('dragover', over);
  element.addEventListener('drop', drop);
  return () => {
    element.removeEventListener('dragover', over);
    element.removeEventListener('drop', drop);
  };
}
