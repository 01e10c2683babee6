import { listenToSideButtons } from '#features/places/mouse.ts';
import { provideActions } from '#state/bindings.ts';
import { listenToClipboard } from './clipboard.ts';
import { CONTRIBUTIONS } from './contributions.ts';

/**
 * Lets a person do things: every feature's actions, the clipboard, the side buttons of a mouse. It travels apart from the
 * frame, which can be seen without it.
 */
export function startDeeds(): void {
  provideActions(CONTRIBUTIONS);
  listenToClipboard();
  listenToSideButtons();
}
