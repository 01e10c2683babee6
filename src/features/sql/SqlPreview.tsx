import './editor/sql.css';
import { useEffect, useRef, useState } from 'react';
import type { Dialect } from '#model/types.ts';
import { Spinner } from '#ui/Spinner.tsx';

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
  return (
    <div className="relative h-full min-h-0">
      <div ref={host} className="nokey h-full" />
      {ready || failed !== undefined ? null : (
        <div className="absolute inset-0 grid place-items-center">
          <Spinner label="Loading the editor" size={18} />
        </div>
      )}
      {failed === undefined ? null : (
        <p role="alert" className="absolute inset-x-0 top-0 p-4 text-bad">
          The editor could not be loaded: {failed} Reload the page to try again.
        </p>
      )}
    </div>
  );
}
