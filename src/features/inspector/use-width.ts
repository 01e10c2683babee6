import { type RefCallback, useCallback, useRef, useState } from 'react';

/** Width of an element in whole pixels, 0 before it is known. The ref goes on the element. */
export function useWidth(): readonly [RefCallback<HTMLElement>, number] {
  const [width, setWidth] = useState(0);
  const watcher = useRef<ResizeObserver | undefined>(undefined);
  const ref = useCallback<RefCallback<HTMLElement>>((element) => {
    watcher.current?.disconnect();
    if (element === null) return;
    watcher.current = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    watcher.current.observe(element);
  }, []);
  return [ref, width];
}
