import { Toast as Radix } from 'radix-ui';
import { type RefObject, useEffect, useRef } from 'react';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';

export interface ToastItem {
  readonly id: number;
  readonly tone: 'info' | 'ok' | 'warn' | 'bad';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  readonly sticky?: boolean;
}

const TONES = {
  info: { icon: 'Info', color: 'text-accent' },
  ok: { icon: 'CircleCheck', color: 'text-ok' },
  warn: { icon: 'TriangleAlert', color: 'text-warn' },
  bad: { icon: 'CircleAlert', color: 'text-bad' },
} as const;

/** Pixels above and below messages beside a dialog. */
const APART = 16;

/** Tells dialogs by `--toasts` how much of the screen's lower edge the messages take: their height and what keeps them apart. */
function useRoom(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const box = list.current;
    if (box === null) return;
    const root = document.documentElement;
    const sizes = new ResizeObserver(() => {
      const height = box.getBoundingClientRect().height;
      if (height === 0) root.style.removeProperty('--toasts');
      else root.style.setProperty('--toasts', `${Math.ceil(height) + APART}px`);
    });
    sizes.observe(box);
    return () => {
      sizes.disconnect();
      root.style.removeProperty('--toasts');
    };
  }, [list]);
}

/** What is being said at the edge of the screen. Sticky ones stay; the others leave after a while unless hovered. */
export function Toasts({ items, onDismiss }: { readonly items: readonly ToastItem[]; readonly onDismiss: (id: number) => void }) {
  const list = useRef<HTMLOListElement>(null);
  useRoom(list);
  return (
    <Radix.Provider swipeDirection="right" label="Message">
      {items.map((item) => (
        <Radix.Root
          key={item.id}
          duration={item.sticky === true ? Number.POSITIVE_INFINITY : item.action === undefined ? 5000 : 9000}
          type={item.tone === 'bad' ? 'foreground' : 'background'}
          onOpenChange={(open) => {
            if (!open) onDismiss(item.id);
          }}
          onEscapeKeyDown={(event) => {
            // Elsewhere the key means what the person is in, such as a dialog below the message.
            if (!(event.target instanceof Element && event.target.closest('[data-toasts]') !== null)) event.preventDefault();
          }}
          className="flex items-start gap-2 rounded-[9px] border border-line-strong bg-raised py-2 pr-2 pl-3 shadow-pop"
        >
          <span className={`mt-0.5 ${TONES[item.tone].color}`}>
            <Icon name={TONES[item.tone].icon} />
          </span>
          <Radix.Description className="min-w-0 flex-1 py-0.5 break-words">{item.text}</Radix.Description>
          {item.action === undefined ? null : (
            <Radix.Action asChild altText={item.action.label}>
              <Button size="sm" onClick={item.action.run}>
                {item.action.label}
              </Button>
            </Radix.Action>
          )}
          <Radix.Close asChild>
            <IconButton icon="X" label="Dismiss" size="sm" />
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport
        ref={list}
        data-toasts=""
        // A dialog hides everything else from assistive technology but live regions: a message must stay within reach.
        aria-live="off"
        // Beside a panel with buttons at its lower end they stand over the canvas. Over a dialog they stand at the lower edge of the
        // screen, and the dialog ends above them (`--toasts`), so that none of its controls is covered.
        className="fixed right-3 bottom-9 z-80 m-0 flex w-[380px] max-w-[calc(100vw-24px)] list-none flex-col gap-2 p-0 outline-none [body:has([data-dialog])_&]:pointer-events-auto [body:has([data-dialog])_&]:right-auto [body:has([data-dialog])_&]:bottom-2 [body:has([data-dialog])_&]:left-1/2 [body:has([data-dialog])_&]:max-h-[30vh] [body:has([data-dialog])_&]:w-[560px] [body:has([data-dialog])_&]:-translate-x-1/2 [body:has([data-dialog])_&]:overflow-y-auto [body:has([data-panel]):not(:has([data-dialog]))_&]:top-13 [body:has([data-panel]):not(:has([data-dialog]))_&]:right-auto [body:has([data-panel]):not(:has([data-dialog]))_&]:bottom-auto [body:has([data-panel]):not(:has([data-dialog]))_&]:left-1/2 [body:has([data-panel]):not(:has([data-dialog]))_&]:-translate-x-1/2"
      />
    </Radix.Provider>
  );
}
