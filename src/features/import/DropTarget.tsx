import { useEffect, useState } from 'react';
import { recordIn } from '#model/collections.ts';
import { documentStore } from '#state/document.ts';
import { Icon } from '#ui/Icon.tsx';
import { droppedFiles } from './dropped.ts';

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}

/** Something on the screen, such as a dialog, wants the files for itself. */
function takenElsewhere(event: DragEvent): boolean {
  return event.target instanceof Element && event.target.closest('[data-takes-files]') !== null;
}

/** The table on the canvas that files were dropped on: rows of data are taken for rows of it. */
function tableUnder(event: DragEvent): string | undefined {
  const node = event.target instanceof Element ? event.target.closest('[data-id]') : null;
  const id = node?.getAttribute('data-id') ?? undefined;
  return id !== undefined && recordIn(documentStore.getState().document, 'tables', id) !== undefined ? id : undefined;
}

/** Takes files dropped anywhere on the window, and says so while they hover. */
export function DropTarget() {
  const [hovering, setHovering] = useState(false);
  useEffect(() => {
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event) || takenElsewhere(event)) return;
      depth += 1;
      setHovering(true);
    };
    const leave = (event: DragEvent) => {
      if (!carriesFiles(event) || takenElsewhere(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setHovering(false);
    };
    const over = (event: DragEvent) => {
      if (!carriesFiles(event) || event.dataTransfer === null || takenElsewhere(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth = 0;
      setHovering(false);
      if (takenElsewhere(event)) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.dataTransfer === null) return;
      const files = droppedFiles(event.dataTransfer);
      const onto = tableUnder(event);
      void import('./start.ts').then(({ startWithFiles }) => startWithFiles(files, onto));
    };
    window.addEventListener('dragenter', enter, true);
    window.addEventListener('dragleave', leave, true);
    window.addEventListener('dragover', over, true);
    window.addEventListener('drop', drop, true);
    return () => {
      window.removeEventListener('dragenter', enter, true);
      window.removeEventListener('dragleave', leave, true);
      window.removeEventListener('dragover', over, true);
      window.removeEventListener('drop', drop, true);
    };
  }, []);
  if (!hovering) return null;
  return (
    <div className="pointer-events-none fixed inset-2 z-80 grid place-items-center rounded-xl border-2 border-accent border-dashed bg-accent-soft/85">
      <div className="flex flex-col items-center gap-1 text-accent">
        <p className="flex items-center gap-2 text-base font-semibold">
          <Icon name="Upload" size={20} /> Drop SQL files, a folder or an archive of them, or a .crowfoot.json
        </p>
        <p>Or rows of data (CSV, TSV, JSON lines), here or on a table, to see what depends on what</p>
      </div>
    </div>
  );
}
