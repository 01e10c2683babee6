import { DropdownMenu as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { MENU_BOX, MenuLines } from './MenuLines.tsx';
import { type MenuItems, resolveItems } from './menu-items.ts';
import { NotesFocus, useReturnFocus } from './use-return-focus.ts';

export interface MenuProps {
  /** The button that opens it; it must take a ref and props. */
  readonly trigger: ReactNode;
  readonly items: MenuItems;
  readonly align?: 'start' | 'center' | 'end';
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
}

/** A menu that drops from a button. */
export function Menu({ trigger, items, align = 'start', side = 'bottom' }: MenuProps) {
  const [open, setOpen] = useState(false);
  const focus = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={setOpen} modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className={MENU_BOX}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={focus.closed}
        >
          <NotesFocus focus={focus} />
          {open ? <MenuLines items={resolveItems(items)} parts={Radix} /> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
