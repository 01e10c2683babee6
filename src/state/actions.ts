import { createStore } from 'zustand/vanilla';

/** Something a person can do. One list feeds menus, the command box, keys, context menus and the shortcuts sheet. */
export interface Action {
  /** Such as `canvas.fit`. */
  readonly id: string;
  /** Such as `Fit the whole diagram`. */
  readonly label: string;
  readonly group: 'File' | 'Edit' | 'View' | 'Canvas' | 'Model' | 'Go' | 'Check' | 'Help';
  /** Name of a lucide icon, such as `Maximize`. */
  readonly icon?: string;
  /** Such as `mod+z`, `shift+1`, `t`; several mean alternatives. `mod` is Ctrl or Command. A person may bind others. */
  readonly keys?: readonly string[];
  readonly keywords?: readonly string[];
  /** Where the keys work: everywhere, or only with the focus on the canvas (single letters belong there). */
  readonly where?: 'everywhere' | 'canvas';
  /** Whether it can be done now; absent = always. */
  readonly when?: () => boolean;
  /** For a setting: whether it is how things are now. */
  readonly checked?: () => boolean;
  readonly run: () => void;
}

/** Filled at start-up from each feature's list, and again whenever a person binds other keys. */
export const actionsStore = createStore<{ readonly actions: readonly Action[] }>(() => ({ actions: [] }));

/** Does an action by id if it can be done now; one wished for before the list has come is done when it comes. */
export function perform(id: string): void {
  const { actions } = actionsStore.getState();
  if (actions.length === 0) {
    const off = actionsStore.subscribe(() => {
      off();
      perform(id);
    });
    return;
  }
  const action = actions.find((one) => one.id === id);
  if (action !== undefined && (action.when?.() ?? true)) action.run();
}

/** The key of an action as it is bound now; undefined when it has none. */
export function keysOf(id: string, actions: readonly Action[] = actionsStore.getState().actions): string | undefined {
  return actions.find((one) => one.id === id)?.keys?.[0];
}
