import { useEffect, useRef, useState } from 'react';
import type { Dialect } from '#model/types.ts';
import { EditorFrame } from './EditorFrame.tsx';

export interface SqlPreviewProps {
  /** What it is, read aloud. */
  readonly label: string;
  readonly text: string;
  readonly dialect: Dialect;
}

interface Shown {
  show(text: string, dialect: Dialect): void;
  dispose(): void;
}

/** SQL to look at, coloured; it can be searched and copied, not changed. */
export function SqlPreview({ label, text, dialect }: SqlPreviewProps) {
  const host = useRef<HTMLDivElement>(null);
  const shown = useRef<Shown>(undefined);
  const given = useRef({ text, dialect });
  given.current = { text, dialect };
  const [failed, setFailed] = useState<string>();
  const [ready, setReady] = useState(false);
  useEffect(() => {
    let stopped = false;
    import('./editor/preview.ts')
      .then(({ createPreview }) => {
        if (stopped || host.current === null) return;
        shown.current = createPreview(host.current, label);
        shown.current.show(given.current.text, given.current.dialect);
        setReady(true);
      })
      .catch((error: unknown) => setFailed(error instanceof Error ? error.message : String(error)));
    return () => {
      stopped = true;
      shown.current?.dispose();
      shown.current = undefined;
    };
  }, [label]);
  useEffect(() => shown.current?.show(text, dialect), [text, dialect]);
  return <EditorFrame host={host} ready={ready} failed={failed} />;
}
