import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { NotesFocus, useReturnFocus } from './use-return-focus.ts';

export interface PopoverProps {
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  /** The button that opens it, or with `anchor` the element it stands at. */
  readonly trigger?: ReactNode;
  /** For a popover opened by something else: the point or box beside which it stands, in pixels of the window. */
  readonly anchor?: { readonly x: number; readonly y: number; readonly width?: number; readonly height?: number };
  /** What it is, read aloud. */
  readonly label: string;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly align?: 'start' | 'center' | 'end';
  readonly className?: string;
  readonly children: ReactNode;
}

export function Popover({
  open,
  onOpenChange,
  trigger,
  anchor,
  label,
  side = 'bottom',
  align = 'start',
  className,
  children,
}: PopoverProps) {
  const focus = useReturnFocus();
  return (
    <Radix.Root {...(open === undefined ? {} : { open })} {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      {trigger === undefined ? null : <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      {anchor === undefined ? null : (
        <Radix.Anchor asChild>
          <span
            className="pointer-events-none fixed"
            style={{ left: anchor.x, top: anchor.y, width: anchor.width ?? 0, height: anchor.height ?? 0 }}
          />
        </Radix.Anchor>
      )}
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={focus.closed}
          className={cx(
            'z-60 max-h-(--radix-popper-available-height) max-w-[min(480px,calc(100vw-16px))] overflow-y-auto rounded-[9px] border border-line-strong bg-raised p-3 text-ink shadow-pop outline-none',
            className,
          )}
        >
          <NotesFocus focus={focus} />
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
