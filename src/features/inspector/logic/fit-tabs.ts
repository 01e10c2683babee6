/** What is needed of a tab to know its width. */
export interface Fitted {
  readonly value: string;
  readonly label: string;
}

const CHARACTER = 6.5;
const PADDING = 17;
const MORE = 50;

/** Width of a tab in pixels, from its text (Inter 12 px, the bold of the chosen one included). */
export function tabWidth(label: string): number {
  return Math.ceil(label.length * CHARACTER) + PADDING;
}

/**
 * Which tabs stand in a row of this width and which go into the menu behind it, both in order. The chosen tab always
 * stands in the row: it takes the place of the last one that would.
 */
export function fitTabs<T extends Fitted>(
  tabs: readonly T[],
  width: number,
  chosen: string,
): { readonly shown: readonly T[]; readonly more: readonly T[] } {
  const total = tabs.reduce((sum, tab) => sum + tabWidth(tab.label), 0);
  if (total <= width) return { shown: tabs, more: [] };
  const active = tabs.find((tab) => tab.value === chosen);
  const room = width - MORE;
  const shown: T[] = [];
  let used = 0;
  for (const tab of tabs) {
    if (used + tabWidth(tab.label) > room) break;
    shown.push(tab);
    used += tabWidth(tab.label);
  }
  if (active !== undefined && !shown.includes(active)) {
    while (shown.length > 0 && used + tabWidth(active.label) > room) used -= tabWidth(shown.pop()?.label ?? '');
    shown.push(active);
  }
  return { shown, more: tabs.filter((tab) => !shown.includes(tab)) };
}
