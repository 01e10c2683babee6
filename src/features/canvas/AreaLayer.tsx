import { useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Area } from '#model/layout-types.ts';
import { useView } from '#state/hooks.ts';
import { editingStore } from './editing.ts';
import { stage } from './stage.ts';
import { TitleEditor } from './TitleEditor.tsx';

function AreaBox({ area }: { readonly area: Area }) {
  const selected = useView((view) => view.selection.some((ref) => ref.record === area.id));
  const editing = useStore(editingStore, ({ at }) => at?.object === area.id);
  const { x, y, width, height, tint } = area;
  return (
    <div
      className="canvas-area"
      data-selected={selected}
      style={
        {
          left: x,
          top: y,
          width,
          height,
          '--tint': `var(--s${tint})`,
          ...(editing ? { pointerEvents: 'all' } : {}),
        } as React.CSSProperties
      }
    >
      <b>{editing ? <TitleEditor id={area.id} name={area.name} /> : area.name}</b>
    </div>
  );
}

/** Areas, under everything else. In the far view the painter draws them. */
export function AreaLayer() {
  const areas = useSyncExternalStore(
    (changed) => {
      const offs = [stage.on('scene', changed), stage.on('mode', changed)];
      return () => {
        for (const off of offs) off();
      };
    },
    () => (stage.far && !stage.lingers ? undefined : stage.scene.areas),
  );
  return areas?.map((area) => <AreaBox key={area.id} area={area} />);
}
