import type { Action } from '#state/actions.ts';
import { isIconName } from '#ui/icons.ts';
import type { MenuItem } from '#ui/menu-items.ts';

/** An action of the list as a line of a menu; nothing when there is no such action. */
export function menuItem(actions: readonly Action[], id: string): MenuItem | undefined {
  const action = actions.find((one) => one.id === id);
  if (action === undefined) return undefined;
  return {
    label: action.label,
    icon: isIconName(action.icon) ? action.icon : undefined,
    keys: action.keys?.[0],
    disabled: !(action.when?.() ?? true),
    onSelect: action.run,
  };
}
