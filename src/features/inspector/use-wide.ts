import { type RefCallback, useCallback, useRef, useState } from 'react';

/** Whether an element is at least so wide, in pixels. The ref goes on the element. */
export function useWide(least: number): readonly [RefCallback<HTMLElement>, boolean] {
  const [wide, setWide] = useState(false);
  const watcher = useRef<ResizeObserver | undefined>(undefined);
  const ref = useCallback<RefCallback<HTMLElement>>(
    (element) => {
      watcher.current?.disconnect();
      if (element === null) return;
      watcher.current = new ResizeObserver(([entry]) => setWide((entry?.contentRect.width ?? 0) >= least));
      watcher.current.observe(element);
    },
    [least],
  );
  return [ref, wide];
}
