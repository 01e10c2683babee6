import './editor/sql.css';
import type { RefObject } from 'react';
import { Spinner } from '#ui/Spinner.tsx';

export interface EditorFrameProps {
  /** Where the editor is put. */
  readonly host: RefObject<HTMLDivElement | null>;
  readonly ready: boolean;
  /** Why it will not come. */
  readonly failed: string | undefined;
}

/** The place of an editor: its code is loaded when one is first shown, and may fail to. */
export function EditorFrame({ host, ready, failed }: EditorFrameProps) {
  return (
    <div className="relative h-full min-h-0">
      {/* `nokey`: the canvas takes no key that is pressed in here. */}
      <div ref={host} className="nokey h-full" />
      {ready || failed !== undefined ? null : (
        <div className="absolute inset-0 grid place-items-center">
          <Spinner label="Loading the editor" size={18} />
        </div>
      )}
      {failed === undefined ? null : (
        <p role="alert" className="absolute inset-x-0 top-0 p-4 text-bad">
          The editor could not be loaded: {failed} Reload the page to try again; the model is not affected.
        </p>
      )}
    </div>
  );
}
