import type { IconName } from './icons.ts';

/** One line of a menu or context menu. */
export type MenuItem =
  | {
      readonly kind?: 'item';
      readonly label: string;
      readonly icon?: IconName | undefined;
      readonly keys?: string | undefined;
      /** Quiet text at the right, where no shortcut stands. */
      readonly hint?: string | undefined;
      readonly disabled?: boolean | undefined;
      readonly danger?: boolean | undefined;
      /** For a choice or toggle: whether it is on. */
      readonly checked?: boolean | undefined;
      readonly onSelect: () => void;
    }
  | { readonly kind: 'sub'; readonly label: string; readonly icon?: IconName | undefined; readonly items: readonly MenuItem[] }
  | { readonly kind: 'heading'; readonly label: string }
  | { readonly kind: 'separator' };

/** The lines, or how to make them when the menu opens. */
export type MenuItems = readonly MenuItem[] | (() => readonly MenuItem[]);

export function resolveItems(items: MenuItems): readonly MenuItem[] {
  return typeof items === 'function' ? items() : items;
}
