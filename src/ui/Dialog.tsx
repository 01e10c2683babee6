import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { IconButton } from './IconButton.tsx';
import { NotesFocus, useReturnFocus } from './use-return-focus.ts';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: string | undefined;
  readonly size?: 'sm' | 'md' | 'lg' | 'xl' | '2xl';
  /** Buttons at the bottom right. */
  readonly footer?: ReactNode;
  /** The body without padding, for lists and editors that fill it. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** As high as what is in it, in the middle; where messages need room below, less high. */
const GROWING = 'top-1/2 -translate-y-1/2 max-h-[calc(100vh-2*max(16px,var(--toasts,0px)))]';
/** Of one height. Messages that need room below take it from the lower end: the head stays where it is. */
const FIXED = 'top-[calc((100vh-var(--height))/2)] h-(--height) max-h-[calc((100vh+var(--height))/2-var(--toasts,0px))]';

const SIZES = {
  sm: `w-[420px] ${GROWING}`,
  md: `w-[560px] ${GROWING}`,
  lg: `w-[800px] ${GROWING}`,
  xl: `w-[1120px] [--height:min(760px,100vh-32px)] ${FIXED}`,
  '2xl': `w-[1320px] [--height:min(860px,100vh-32px)] ${FIXED}`,
} as const;

export function Dialog({ open, onOpenChange, title, description, size = 'md', footer, flush, children }: DialogProps) {
  const focus = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(10_14_20/0.45)]" />
        <Radix.Content
          data-modal=""
          data-dialog=""
          onCloseAutoFocus={focus.closed}
          onOpenAutoFocus={(event) => {
            // The dialog itself, not its first button: what it says is read first.
            event.preventDefault();
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
          }}
          onEscapeKeyDown={(event) => {
            // A field that takes its old text back by this key keeps it for itself.
            if (event.target instanceof Element && event.target.closest('[data-escape]') !== null) event.preventDefault();
          }}
          onKeyDown={(event) => {
            // A message shown above the dialog would take the key for itself.
            if (event.key !== 'Escape' || document.querySelector('[data-toasts] > *') === null) return;
            if (event.target instanceof Node && event.currentTarget.contains(event.target)) onOpenChange(false);
          }}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className={cx(
            'fixed left-1/2 z-50 flex max-w-[calc(100vw-32px)] -translate-x-1/2 flex-col rounded-xl border border-line bg-raised shadow-pop outline-none',
            SIZES[size],
          )}
        >
          <NotesFocus focus={focus} />
          <header className="flex items-start gap-2 border-line border-b py-3 pr-3 pl-5">
            <div className="min-w-0 flex-1">
              <Radix.Title
                title={title}
                className="line-clamp-2 text-[15px] leading-6 font-semibold tracking-[-0.01em] [overflow-wrap:anywhere]"
              >
                {title}
              </Radix.Title>
              {description === undefined ? null : (
                <Radix.Description className="text-xs leading-4.5 text-ink-2">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton icon="X" label="Close" keys="escape" />
            </Radix.Close>
          </header>
          <div className={cx('min-h-0 flex-1', flush === true ? 'flex flex-col overflow-hidden' : 'overflow-y-auto px-5 py-4')}>
            {children}
          </div>
          {footer === undefined ? null : (
            <footer className="flex items-center justify-end gap-2 border-line border-t px-5 py-3">{footer}</footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
