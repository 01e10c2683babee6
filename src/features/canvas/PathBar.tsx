import { useEffect } from 'react';
import { useStore } from 'zustand';
import { recordIn } from '#model/collections.ts';
import { useDocumentState } from '#state/hooks.ts';
import { clearPath, pathStore } from '#state/query-path.ts';
import { openDialog } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Icon } from '#ui/Icon.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { stage } from './stage.ts';

const tablesText = (count: number) => `${count} ${count === 1 ? 'table' : 'tables'}`;

/** Says whose path is lit on the canvas, and brings it into sight. */
export function PathBar() {
  const path = useStore(pathStore, (state) => state.path);
  const name = useDocumentState(({ document }) => recordIn(document, 'queries', path?.query ?? '')?.name);
  const id = path?.query;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query moves the view, an edit of it does not
  useEffect(() => {
    if (path === undefined) return;
    const bounds = stage.boundsOf([...path.tables].map((record) => ({ record })));
    if (bounds !== undefined) stage.fit(bounds);
    stage.focus();
  }, [id]);
  if (path === undefined || name === undefined) return null;
  const absent = [...path.tables].filter((table) => !stage.scene.nodes.has(table)).length;
  return (
    <section
      data-own=""
      data-over=""
      aria-label={`Path of ${name}`}
      className="absolute top-14 left-3 z-8 flex max-w-[min(420px,60%)] items-center gap-1.5 rounded-lg border border-accent bg-raised py-1 pr-1 pl-3 shadow-pop"
    >
      <Icon name="Workflow" size={14} className="text-accent" />
      <span className="min-w-0 truncate font-medium">{name}</span>
      <span role="status" className="shrink-0 text-xs text-ink-2">
        {tablesText(path.tables.size)}
        {absent === 0 ? '' : `, ${absent} not on this diagram`}
      </span>
      <Button size="sm" variant="ghost" onClick={() => openDialog('workload', path.query)}>
        Open
      </Button>
      <IconButton icon="X" label="Clear the path" keys="escape" size="sm" onClick={clearPath} />
    </section>
  );
}
