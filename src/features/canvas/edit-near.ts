import { leave } from '#state/places.ts';
import { type Editing, startEditing } from './editing.ts';
import { stage } from './stage.ts';

const PATIENCE_MS = 1000;

/** Begins to edit what can be read; anything else is brought near first, for what is not drawn cannot take the focus. */
export function editNear(at: Editing): void {
  if (stage.showsRows) {
    startEditing(at);
    return;
  }
  leave();
  const off = stage.on('view', () => {
    if (!stage.showsRows) return;
    off();
    startEditing(at);
  });
  setTimeout(off, PATIENCE_MS);
  stage.reveal({ record: at.object });
}
