import { AlertDialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { NotesFocus, useReturnFocus } from './use-return-focus.ts';

export interface AlertDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description: string;
  /** What the button that goes on says: the verb, such as `Delete`. */
  readonly confirm: string;
  readonly danger?: boolean;
  readonly onConfirm: () => void;
  /** Details between description and buttons. */
  readonly children?: ReactNode;
}

/** A question that must be answered before going on. */
export function AlertDialog({ open, onOpenChange, title, description, confirm, danger, onConfirm, children }: AlertDialogProps) {
  const focus = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(10_14_20/0.45)]" />
        <Radix.Content
          data-modal=""
          onCloseAutoFocus={focus.closed}
          className="fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100vh-32px)] w-[440px] max-w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 flex-col gap-3 rounded-xl border border-line bg-raised p-5 shadow-pop outline-none"
        >
          <NotesFocus focus={focus} />
          <Radix.Title className="text-[15px] leading-6 font-semibold tracking-[-0.01em]">{title}</Radix.Title>
          <Radix.Description className="text-ink-2">{description}</Radix.Description>
          {children === undefined ? null : <div className="min-h-0 overflow-y-auto">{children}</div>}
          <div className="mt-1 flex justify-end gap-2">
            <Radix.Cancel asChild>
              <Button variant="line">Cancel</Button>
            </Radix.Cancel>
            <Radix.Action asChild>
              <Button variant={danger === true ? 'danger' : 'primary'} onClick={onConfirm}>
                {confirm}
              </Button>
            </Radix.Action>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
