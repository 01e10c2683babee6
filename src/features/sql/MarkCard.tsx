import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { previewFix, showProblem } from '#features/problems/index.ts';
import { showDock } from '#state/panes.ts';
import { Button } from '#ui/Button.tsx';
import { Icon } from '#ui/Icon.tsx';
import type { MarksShown } from './editor/sql-pane.ts';
import type { Mark } from './logic/marks.ts';

const LOOK = {
  error: { icon: 'CircleAlert', tone: 'text-bad' },
  warning: { icon: 'TriangleAlert', tone: 'text-warn' },
  info: { icon: 'Info', tone: 'text-accent' },
} as const;

const GAP = 6;
const LINE = 19;
/** How far from the card the pointer may be and still mean it. */
const NEAR = 24;

function OneMark({ mark, onClose }: { readonly mark: Mark; readonly onClose: () => void }) {
  const { finding } = mark;
  const { icon, tone } = LOOK[mark.severity];
  return (
    <section className="flex flex-col gap-1.5 border-line border-t pt-2.5 first:border-t-0 first:pt-0">
      <h3 className="flex items-start gap-1.5 font-semibold">
        <Icon name={icon} size={14} className={`mt-[3px] shrink-0 ${tone}`} />
        <span className="min-w-0 [overflow-wrap:anywhere]">{mark.title}</span>
      </h3>
      {mark.body.map((text) => (
        <p key={text} className="text-ink-2 [overflow-wrap:anywhere]">
          {text}
        </p>
      ))}
      <div className="flex flex-wrap items-center gap-2 pt-0.5">
        {finding?.fixes.map((fix, i) => (
          <Button
            key={fix.label}
            size="sm"
            variant={i === 0 ? 'primary' : 'line'}
            onClick={() => {
              onClose();
              previewFix(finding, fix);
            }}
          >
            {fix.label}…
          </Button>
        ))}
        {finding?.at[0] === undefined ? null : (
          <Button
            size="sm"
            onClick={() => {
              onClose();
              showDock('problems');
              showProblem(finding);
            }}
          >
            Show in Problems
          </Button>
        )}
        <span className="ml-auto min-w-0 truncate font-mono text-[11px] text-ink-3">{mark.source}</span>
      </div>
    </section>
  );
}

/** What is to be said about an underlined place: what, why, what to do, and the fixes. */
export function MarkCard({ shown, onClose }: { readonly shown: MarksShown; readonly onClose: () => void }) {
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number }>();

  useLayoutEffect(() => {
    const box = card.current?.getBoundingClientRect();
    if (box === undefined) return;
    const left = Math.max(GAP, Math.min(shown.x, window.innerWidth - box.width - GAP));
    const below = shown.y + LINE + 2;
    const top = below + box.height + GAP <= window.innerHeight ? below : Math.max(GAP, shown.y - box.height - 2);
    setPlace({ left, top });
  }, [shown]);

  useEffect(() => {
    if (shown.focus) card.current?.querySelector('button')?.focus();
  }, [shown]);

  useEffect(() => {
    const pressed = (event: PointerEvent) => {
      if (event.target instanceof Node && card.current?.contains(event.target) !== true) onClose();
    };
    window.addEventListener('pointerdown', pressed, true);
    return () => window.removeEventListener('pointerdown', pressed, true);
  }, [onClose]);

  // Escape, and a pointer that goes elsewhere without touching the card, close it; the way from the place to the card does not.
  useEffect(() => {
    if (shown.focus) return;
    // The pointer may have gone on before this listens.
    if (shown.over?.matches(':hover') === false && card.current?.matches(':hover') !== true) {
      onClose();
      return;
    }
    const moved = ({ clientX, clientY }: PointerEvent) => {
      const box = card.current?.getBoundingClientRect();
      if (box === undefined || Math.abs(clientY - shown.y - LINE / 2) <= LINE) return;
      const beside = clientX < box.left - NEAR || clientX > box.right + NEAR;
      if (beside || clientY < box.top - NEAR || clientY > box.bottom + NEAR) onClose();
    };
    const escaped = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape') onClose();
    };
    window.addEventListener('pointermove', moved);
    window.addEventListener('keydown', escaped, true);
    return () => {
      window.removeEventListener('pointermove', moved);
      window.removeEventListener('keydown', escaped, true);
    };
  }, [shown, onClose]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };

  return createPortal(
    <div
      ref={card}
      role="dialog"
      aria-label="About this place"
      className="fixed z-40 flex max-h-[min(420px,calc(100vh-12px))] w-[384px] max-w-[calc(100vw-12px)] flex-col gap-2.5 overflow-y-auto rounded-lg border border-line bg-raised p-3 shadow-pop"
      style={place === undefined ? { left: 0, top: 0, visibility: 'hidden' } : place}
      onKeyDown={onKeyDown}
      onMouseLeave={shown.focus ? undefined : onClose}
    >
      {shown.marks.slice(0, 5).map((mark) => (
        <OneMark key={`${mark.source}\n${mark.title}\n${mark.start}`} mark={mark} onClose={onClose} />
      ))}
    </div>,
    document.body,
  );
}
