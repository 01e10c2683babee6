import type { ContextMenu, DropdownMenu } from 'radix-ui';
import { cx } from './cx.ts';
import { Icon } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';
import type { MenuItem } from './menu-items.ts';

/** The parts that Radix' two kinds of menus have in common. */
type Parts = Pick<
  typeof DropdownMenu | typeof ContextMenu,
  'Item' | 'CheckboxItem' | 'Sub' | 'SubTrigger' | 'SubContent' | 'Portal' | 'Separator' | 'Label'
>;

export const MENU_BOX =
  'z-60 max-h-(--radix-popper-available-height) min-w-48 max-w-96 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-ink shadow-pop';

const LINE =
  'flex h-7 pointer-coarse:h-10 cursor-default items-center gap-2 rounded px-2 outline-none data-highlighted:bg-accent-soft data-highlighted:text-accent data-disabled:opacity-45';

function Line({ item }: { readonly item: Extract<MenuItem, { onSelect: () => void }> }) {
  return (
    <>
      <span className="grid w-4 place-items-center">
        {item.checked === true ? (
          <Icon name="Check" size={14} />
        ) : item.icon === undefined ? null : (
          <Icon name={item.icon} size={14} />
        )}
      </span>
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      {item.hint === undefined ? null : <span className="text-xs text-ink-3">{item.hint}</span>}
      {item.keys === undefined ? null : <Kbd keys={item.keys} />}
    </>
  );
}

function key(item: MenuItem, at: number): string {
  return item.kind === 'separator' ? `separator ${at}` : `${item.kind ?? 'item'} ${item.label} ${at}`;
}

/** Draws a list of lines with the parts of either kind of menu. */
export function MenuLines({ items, parts }: { readonly items: readonly MenuItem[]; readonly parts: Parts }) {
  const { Item, CheckboxItem, Sub, SubTrigger, SubContent, Portal, Separator, Label } = parts;
  return items.map((item, at) => {
    switch (item.kind) {
      case 'separator':
        return <Separator key={key(item, at)} className="my-1 h-px bg-line" />;
      case 'heading':
        return (
          <Label key={key(item, at)} className="px-2 py-1 text-xs font-semibold text-ink-3">
            {item.label}
          </Label>
        );
      case 'sub':
        return (
          <Sub key={key(item, at)}>
            <SubTrigger className={cx(LINE, 'data-[state=open]:bg-sunken')}>
              <span className="grid w-4 place-items-center">
                {item.icon === undefined ? null : <Icon name={item.icon} size={14} />}
              </span>
              <span className="min-w-0 flex-1 truncate">{item.label}</span>
              <Icon name="ChevronRight" size={14} />
            </SubTrigger>
            <Portal>
              <SubContent className={MENU_BOX} collisionPadding={8}>
                <MenuLines items={item.items} parts={parts} />
              </SubContent>
            </Portal>
          </Sub>
        );
      default: {
        const shared = {
          className: cx(LINE, item.danger === true && 'text-bad data-highlighted:bg-bad-soft data-highlighted:text-bad'),
          disabled: item.disabled === true,
          onSelect: item.onSelect,
        };
        return item.checked === undefined ? (
          <Item key={key(item, at)} {...shared}>
            <Line item={item} />
          </Item>
        ) : (
          <CheckboxItem key={key(item, at)} checked={item.checked} {...shared}>
            <Line item={item} />
          </CheckboxItem>
        );
      }
    }
  });
}
