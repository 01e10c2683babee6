import { useSyncExternalStore } from 'react';
import { ghostStore } from '#state/ghosts.ts';
import { leave } from '#state/places.ts';
import { Button } from '#ui/Button.tsx';
import { stage } from './stage.ts';
import { visibleRect } from './viewport.ts';

function subscribe(changed: () => void): () => void {
  const offs = [stage.on('view', changed), stage.on('scene', changed)];
  return () => {
    for (const off of offs) off();
  };
}

/** Whether there is a diagram, but nothing of it in sight. */
function isLost(): boolean {
  const { scene, viewport, screen } = stage;
  // What is proposed may stand where nothing else is.
  if (screen.width === 0 || scene.nodes.size === 0 || ghostStore.getState().shown !== undefined) return false;
  return scene.grid.query(visibleRect(viewport, screen), 1).length === 0;
}

function backToTables(): void {
  leave();
  stage.fit();
  stage.focus();
}

/** The way back for who has lost sight of everything. */
export function Rescue() {
  const lost = useSyncExternalStore(subscribe, isLost);
  if (!lost) return null;
  return (
    <div
      data-own=""
      role="status"
      className="absolute top-4 left-1/2 z-8 flex -translate-x-1/2 items-center gap-3 rounded-lg border border-line bg-raised px-3 py-2 shadow-pop"
    >
      <span className="text-ink-2">Nothing of the diagram is in sight here.</span>
      <Button size="sm" icon="Maximize" onClick={backToTables}>
        Back to the tables
      </Button>
    </div>
  );
}
