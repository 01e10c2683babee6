/** Key names as the shortcuts list writes them (`mod+shift+z`), and how a person's own keyboard names them. */

export const IS_MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const MAC: Readonly<Record<string, string>> = { mod: '⌘', alt: '⌥', shift: '⇧', ctrl: '⌃' };
const OTHER: Readonly<Record<string, string>> = { mod: 'Ctrl', alt: 'Alt', shift: 'Shift', ctrl: 'Ctrl' };
const NAMED: Readonly<Record<string, string>> = {
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  enter: 'Enter',
  escape: 'Esc',
  delete: 'Del',
  backspace: 'Backspace',
  space: 'Space',
  tab: 'Tab',
  plus: '+',
};

/** The keys of a combination as caps to draw: `mod+shift+z` gives `Ctrl`, `Shift`, `Z` (or `⌘`, `⇧`, `Z`). */
export function keyCaps(combination: string, mac: boolean = IS_MAC): string[] {
  const names = mac ? MAC : OTHER;
  const pick = (table: Readonly<Record<string, string>>, part: string) => (Object.hasOwn(table, part) ? table[part] : undefined);
  return combination.split(/\+(?=.)/).map((part) => {
    const lower = part.toLowerCase();
    return pick(names, lower) ?? pick(NAMED, lower) ?? (part.length === 1 || /^f\d+$/i.test(part) ? part.toUpperCase() : part);
  });
}

/** A combination as text, for titles: `Ctrl+Shift+Z`. */
export function keyText(combination: string, mac: boolean = IS_MAC): string {
  return keyCaps(combination, mac).join(mac ? '' : '+');
}

/** A combination in the notation of `aria-keyshortcuts`. */
export function ariaKeys(combination: string, mac: boolean = IS_MAC): string {
  return combination
    .split(/\+(?=.)/)
    .map((part) =>
      part === 'mod'
        ? mac
          ? 'Meta'
          : 'Control'
        : part.length === 1
          ? part.toUpperCase()
          : (part[0]?.toUpperCase() ?? '') + part.slice(1),
    )
    .join('+');
}
