import { useEffect, useRef, useState } from 'react';
import { mismatchWords, pairWords, relationshipWords } from '#features/inspector/index.ts';
import { recordIn } from '#model/collections.ts';
import { useView } from '#state/hooks.ts';
import { stage } from './stage.ts';

const DELAY_MS = 350;

interface Shown {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** What the relationship under the pointer says, when the pointer rests on it. */
export function EdgeTip() {
  const hovered = useView(({ hovered: id }) =>
    id !== undefined && recordIn(stage.scene.document, 'relationships', id) !== undefined ? id : undefined,
  );
  const [shown, setShown] = useState<Shown | undefined>();
  const pointer = useRef({ x: 0, y: 0 });
  useEffect(() => {
    const { element } = stage;
    const follow = (event: PointerEvent) => {
      const corner = element?.getBoundingClientRect();
      pointer.current = { x: event.clientX - (corner?.left ?? 0), y: event.clientY - (corner?.top ?? 0) };
    };
    element?.addEventListener('pointermove', follow);
    return () => element?.removeEventListener('pointermove', follow);
  }, []);
  useEffect(() => {
    if (hovered === undefined) {
      setShown(undefined);
      return undefined;
    }
    const timer = setTimeout(() => setShown({ id: hovered, ...pointer.current }), DELAY_MS);
    return () => clearTimeout(timer);
  }, [hovered]);
  const { document } = stage.scene;
  const one = shown === undefined || hovered !== shown.id ? undefined : recordIn(document, 'relationships', shown.id);
  if (shown === undefined || one === undefined) return null;
  const left = Math.min(shown.x + 14, stage.screen.width - 300);
  const top = Math.min(shown.y + 16, stage.screen.height - 90);
  return (
    <div
      role="tooltip"
      className="pointer-events-none absolute z-9 w-max max-w-72 rounded-md border border-line bg-raised px-2.5 py-1.5 text-xs leading-[18px] shadow-pop"
      style={{ left, top }}
    >
      <p className="break-words font-mono text-[11.5px]">{pairWords(document, one)}</p>
      <p className="text-ink-2">{relationshipWords(document, one)}</p>
      {mismatchWords(document, one).map((said) => (
        <p key={said} className="text-warn">
          {said}
        </p>
      ))}
    </div>
  );
}
