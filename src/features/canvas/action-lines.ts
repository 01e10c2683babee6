import { actionsStore, perform } from '#state/actions.ts';
import { isIconName } from '#ui/icons.ts';
import type { MenuItem } from '#ui/menu-items.ts';

/** Menu lines of actions by id; what no one provides or cannot be done now is left out. */
export function actionLines(ids: readonly string[]): MenuItem[] {
  const { actions } = actionsStore.getState();
  return ids.flatMap((id): MenuItem[] => {
    const action = actions.find((one) => one.id === id);
    if (action === undefined || action.when?.() === false) return [];
    const icon = isIconName(action.icon) ? action.icon : undefined;
    return [{ label: action.label, icon, keys: action.keys?.[0], danger: id === 'edit.delete', onSelect: () => perform(id) }];
  });
}
