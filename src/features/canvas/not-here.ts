import { findRecord, recordIn } from '#model/collections.ts';
import { nameOf } from '#model/commands/lookup.ts';
import type { Area, Note } from '#model/layout-types.ts';
import type { Ref } from '#model/types.ts';
import { goToDiagram, putOnDiagram } from '#state/diagrams.ts';
import { showEverything } from '#state/narrow.ts';
import { notify } from '#state/notices.ts';
import { stage } from './stage.ts';

/**
 * Brings something into sight that another pane asks for: from another diagram where it can only be there, from behind a
 * filter, or, where it is not on this diagram, by offering to put it on.
 */
export function revealAnywhere(ref: Ref): void {
  const { document, diagram, members } = stage.scene;
  const found = findRecord(document, ref.record);
  if (found === undefined) return;
  if (found.collection === 'diagrams') {
    goToDiagram(ref.record);
    return;
  }
  if (found.collection === 'areas' || found.collection === 'notes') goToDiagram((found.record as Area | Note).diagram);
  else if (stage.boundsOf([ref]) === undefined) {
    const id = recordIn(document, 'tables', ref.record)?.partitionOf?.parent ?? ref.record;
    const ends = recordIn(document, 'relationships', ref.record);
    const wanted = ends === undefined ? [id] : [ends.child, ends.parent];
    if (wanted.some((one) => members.has(one))) showEverything();
    else if (recordIn(document, 'tables', id) !== undefined || recordIn(document, 'views', id) !== undefined) {
      const put = () => void putOnDiagram([id], stage.middle()).then(() => stage.reveal(ref));
      const text = `${nameOf(document, id)} is not on the diagram ${nameOf(document, diagram)}.`;
      notify({ tone: 'info', text, action: { label: 'Put it there', run: put } });
      return;
    }
  }
  stage.reveal(ref);
}
