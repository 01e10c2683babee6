import { setPaneOpen } from '#state/panes.ts';
import { viewStore } from '#state/view.ts';

/** Opens the list of problems, which follows the selection. */
export function showProblems(): void {
  viewStore.setState({ dockTab: 'problems' });
  setPaneOpen('dock', true);
}
