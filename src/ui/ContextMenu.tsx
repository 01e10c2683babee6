import { ContextMenu as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { MENU_BOX, MenuLines } from './MenuLines.tsx';
import { type MenuItems, resolveItems } from './menu-items.ts';
import { NotesFocus, useReturnFocus } from './use-return-focus.ts';

export interface ContextMenuProps {
  readonly items: MenuItems;
  readonly onOpenChange?: (open: boolean) => void;
  /** The element it belongs to; it must take a ref and props. */
  readonly children: ReactNode;
}

/** A menu at the pointer (right click, long press, or the menu key). */
export function ContextMenu({ items, onOpenChange, children }: ContextMenuProps) {
  const [open, setOpen] = useState(false);
  const focus = useReturnFocus();
  return (
    <Radix.Root
      modal={false}
      onOpenChange={(next) => {
        setOpen(next);
        onOpenChange?.(next);
      }}
    >
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={MENU_BOX} collisionPadding={8} onCloseAutoFocus={focus.closed}>
          <NotesFocus focus={focus} />
          {open ? <MenuLines items={resolveItems(items)} parts={Radix} /> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
