import type { Action } from '#state/actions.ts';
import { keyText } from '#ui/keys.ts';

const ORDER: readonly Action['group'][] = ['File', 'Edit', 'View', 'Canvas', 'Model', 'Go', 'Check', 'Help'];

/** Letters of a filter or a combination without what people write differently. */
const plain = (text: string) => text.toLowerCase().replaceAll(/[\s+]/g, '');

/** Whether an action is meant by a filter: its label, its other words, or its keys as this person's keyboard names them. */
export function isMeant(action: Action, filter: string, mac: boolean): boolean {
  const needle = filter.trim().toLowerCase();
  if (needle === '') return true;
  const words = [action.label, ...(action.keywords ?? [])].some((text) => text.toLowerCase().includes(needle));
  const keys = action.keys?.some(
    (one) => plain(keyText(one, mac)) === plain(needle) || plain(keyText(one, mac)).startsWith(plain(needle)),
  );
  return words || (plain(needle).length > 0 && keys === true);
}

/** The actions of the sheet by group. Without a filter those without a key are left out, unless all are asked for. */
export function sheetOf(
  actions: readonly Action[],
  filter: string,
  all: boolean,
  mac: boolean,
): readonly (readonly [Action['group'], readonly Action[]])[] {
  const shown = actions.filter(
    (action) => isMeant(action, filter, mac) && (all || filter.trim() !== '' || (action.keys?.length ?? 0) > 0),
  );
  return ORDER.map((group) => [group, shown.filter((action) => action.group === group)] as const).filter(
    ([, list]) => list.length > 0,
  );
}

/** Whether a combination acts only with the focus on the canvas: by its action, or because a bare letter would be typed elsewhere. */
export function onCanvasOnly(action: Action): boolean {
  return action.where === 'canvas' || action.keys?.some((keys) => /^(?:shift\+)?[a-z0-9]$/.test(keys)) === true;
}
