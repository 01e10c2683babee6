import { useState } from 'react';
import type { ImportFile } from '#state/import.ts';
import { Button } from '#ui/Button.tsx';
import { IconButton } from '#ui/IconButton.tsx';

export interface FileOrderProps {
  readonly files: readonly ImportFile[];
  readonly onDone: (files: readonly ImportFile[]) => void;
}

/** One place up or down, or out of the list. */
export function moved(files: readonly ImportFile[], at: number, to: number | undefined): readonly ImportFile[] {
  const file = files[at];
  if (file === undefined) return files;
  const rest = files.filter((_, i) => i !== at);
  if (to === undefined) return rest;
  const place = Math.max(0, Math.min(rest.length, to));
  return [...rest.slice(0, place), file, ...rest.slice(place)];
}

/** The files in the order they are folded in; which come first may be changed, and files left out. */
export function FileOrder({ files: given, onDone }: FileOrderProps) {
  const [files, setFiles] = useState(given);
  const [dragged, setDragged] = useState<number>();
  const step = (at: number, to: number | undefined) => setFiles(moved(files, at, to));
  return (
    <div className="flex w-104 max-w-full flex-col gap-2">
      <p className="text-ink-2 text-xs">Each file changes what those before it made, as migrations do.</p>
      <ol aria-label="Files" className="max-h-72 overflow-y-auto rounded-md border border-line">
        {files.map((file, at) => (
          <li
            key={file.name}
            draggable
            className="flex h-8 items-center gap-1 border-line border-b px-2 last:border-b-0"
            onDragStart={() => setDragged(at)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              if (dragged !== undefined) step(dragged, at);
              setDragged(undefined);
            }}
          >
            <span className="w-6 shrink-0 text-right text-ink-3 text-xs tabular-nums">{at + 1}</span>
            <span className="min-w-0 flex-1 truncate pl-1 font-mono text-xs" title={file.name}>
              {file.name}
            </span>
            <IconButton
              icon="ArrowUp"
              size="sm"
              tooltipSide="top"
              label={`${file.name} earlier`}
              disabled={at === 0}
              onClick={() => step(at, at - 1)}
            />
            <IconButton
              icon="ArrowDown"
              size="sm"
              tooltipSide="top"
              label={`${file.name} later`}
              disabled={at === files.length - 1}
              onClick={() => step(at, at + 1)}
            />
            <IconButton
              icon="X"
              size="sm"
              tooltipSide="top"
              label={`Leave ${file.name} out`}
              disabled={files.length === 1}
              onClick={() => step(at, undefined)}
            />
          </li>
        ))}
      </ol>
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={() => setFiles(given)}>
          As it was
        </Button>
        <Button size="sm" variant="primary" onClick={() => onDone(files)}>
          Read in this order
        </Button>
      </div>
    </div>
  );
}
