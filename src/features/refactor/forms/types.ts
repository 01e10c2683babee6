import { useEffect, useRef } from 'react';
import type { Refactoring } from '#engine/refactor/types.ts';
import type { Document, Ref } from '#model/types.ts';

export interface FormProps {
  readonly document: Document;
  readonly selection: readonly Ref[];
  /** What the form says now; undefined while something is missing. */
  readonly onAsk: (asked: Refactoring | undefined) => void;
}

/** Tells what the form says whenever that is something else than before. */
export function useAsk(asked: Refactoring | undefined, onAsk: FormProps['onAsk']): void {
  const said = useRef('none');
  const text = asked === undefined ? '' : JSON.stringify(asked);
  useEffect(() => {
    if (said.current === text) return;
    said.current = text;
    onAsk(asked);
  });
}
