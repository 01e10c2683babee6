import { useEffect, useMemo, useRef, useState } from 'react';
import type { ImportFile } from '#state/import.ts';
import { Button } from '#ui/Button.tsx';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { lastOfPath, moved, shortNames } from './file-list.ts';

export interface FileOrderProps {
  readonly files: readonly ImportFile[];
  readonly onDone: (files: readonly ImportFile[]) => void;
}

type Deed = 'earlier' | 'later' | 'out';

const DEEDS = [
  { deed: 'earlier', icon: 'ArrowUp', label: (name: string) => `${name} earlier` },
  { deed: 'later', icon: 'ArrowDown', label: (name: string) => `${name} later` },
  { deed: 'out', icon: 'X', label: (name: string) => `Leave ${name} out` },
] as const;

/** The files in the order they are folded in; which come first may be changed, and files left out. */
export function FileOrder({ files: given, onDone }: FileOrderProps) {
  const [files, setFiles] = useState(given);
  const [dragged, setDragged] = useState<number>();
  const list = useRef<HTMLOListElement>(null);
  const short = useMemo(() => shortNames(given.map((file) => file.name)), [given]);
  const [next, setNext] = useState<{ readonly at: number; readonly deed: Deed }>();
  // The focus goes with the file, or to the one that takes its place.
  useEffect(() => {
    if (next === undefined) return;
    list.current?.children[next.at]?.querySelector<HTMLElement>(`[data-deed=${next.deed}]`)?.focus();
  }, [next]);
  const step = (at: number, to: number | undefined) => setFiles(moved(files, at, to));
  const can = (deed: Deed, at: number) =>
    deed === 'earlier' ? at > 0 : deed === 'later' ? at < files.length - 1 : files.length > 1;
  const act = (deed: Deed, at: number) => {
    if (!can(deed, at)) return;
    const to = deed === 'out' ? undefined : deed === 'earlier' ? at - 1 : at + 1;
    step(at, to);
    setNext({ at: to ?? Math.min(at, files.length - 2), deed });
  };
  return (
    <div className="flex w-112 max-w-full flex-col gap-2">
      <p className="text-ink-2 text-xs">Each file changes what those before it made, as migrations do.</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to by keyboard; the focus begins here */}
      <ol ref={list} aria-label="Files" tabIndex={0} className="max-h-76 overflow-y-auto rounded-md border border-line">
        {files.map((file, at) => {
          const name = lastOfPath(file.name);
          const folder = file.name.slice(0, file.name.length - name.length);
          return (
            <li
              key={file.name}
              draggable
              className={cx(
                'flex min-h-9 items-center gap-1 border-line border-b py-1 pr-1.5 pl-1 last:border-b-0',
                dragged === at && 'bg-accent-soft',
              )}
              onDragStart={() => setDragged(at)}
              onDragEnd={() => setDragged(undefined)}
              onDragOver={(event) => event.preventDefault()}
              onDrop={(event) => {
                event.preventDefault();
                if (dragged !== undefined) step(dragged, at);
                setDragged(undefined);
              }}
            >
              <Icon name="GripVertical" size={14} className="cursor-grab text-ink-3" />
              <span className="w-6 shrink-0 text-right text-ink-3 text-xs tabular-nums">{at + 1}</span>
              <span className="min-w-0 flex-1 pl-1.5 font-mono text-xs leading-4.5" title={file.name}>
                <span className="block [overflow-wrap:anywhere]">{name}</span>
                {folder === '' ? null : <span className="block truncate text-[11px] text-ink-3">{folder}</span>}
              </span>
              {DEEDS.map(({ deed, icon, label }) => (
                <IconButton
                  key={deed}
                  data-deed={deed}
                  icon={icon}
                  size="sm"
                  tooltipSide="top"
                  label={label(short.get(file.name) ?? file.name)}
                  // Not disabled, which would take the focus away from the keyboard at the end of the way.
                  aria-disabled={!can(deed, at)}
                  className="aria-disabled:opacity-40"
                  onClick={() => act(deed, at)}
                />
              ))}
            </li>
          );
        })}
      </ol>
      <div className="flex items-center justify-end gap-2">
        <span role="status" className="min-w-0 flex-1 text-ink-3 text-xs">
          {files.length < given.length ? `${given.length - files.length} left out` : ''}
        </span>
        <Button size="sm" disabled={files === given} onClick={() => setFiles(given)}>
          As it was
        </Button>
        <Button size="sm" variant="primary" onClick={() => onDone(files)}>
          Read in this order
        </Button>
      </div>
    </div>
  );
}
