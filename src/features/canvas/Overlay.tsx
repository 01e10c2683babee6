import { useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Rect } from '#lib/grid.ts';
import { useView } from '#state/hooks.ts';
import { segmentsOf } from './bends.ts';
import { edgeView } from './edge-view.ts';
import { type OverlayState, overlayStore } from './overlay.ts';
import { partOf } from './segments.ts';

import { stage } from './stage.ts';

function subscribe(changed: () => void): () => void {
  const offs = [stage.on('view', changed), stage.on('scene', changed), stage.on('moving', changed)];
  return () => {
    for (const off of offs) off();
  };
}

/** Small handles on the parts of the one selected relationship that can be dragged. */
function Handles({ id }: { readonly id: string }) {
  useSyncExternalStore(subscribe, () => stage.viewport);
  const shape = useSyncExternalStore(
    (changed) => stage.on('lines', changed),
    () => edgeView.shapeOf(id),
  );
  const chosen = useStore(overlayStore, () => partOf(id));
  if (shape === undefined || shape.stub) return null;
  const { x, y, zoom } = stage.viewport;
  return segmentsOf(shape.points).map(({ index, middle }, at) => (
    <rect
      key={index}
      className="grip"
      data-chosen={at === chosen}
      x={middle.x * zoom + x - 4}
      y={middle.y * zoom + y - 4}
      width={8}
      height={8}
      rx={2}
      fill={at === chosen ? 'var(--accent)' : 'var(--surface)'}
      stroke="var(--accent)"
    />
  ));
}

/** Columns on their way: the gap they go to, and what would happen, beside the pointer. */
function Carried({ at, text, line, target }: NonNullable<OverlayState['carried']>) {
  const { x, y, zoom } = stage.viewport;
  const left = at.x * zoom + x + 12;
  const top = at.y * zoom + y + 14;
  return (
    <>
      {target === undefined ? null : (
        <rect
          className="marquee"
          rx={9}
          x={target.x * zoom + x}
          y={target.y * zoom + y}
          width={target.width * zoom}
          height={target.height * zoom}
        />
      )}
      {line === undefined ? null : (
        <path className="gap" d={`M${line.x * zoom + x + 4} ${line.y * zoom + y}h${line.width * zoom - 8}`} />
      )}
      <foreignObject x={left} y={top} width={260} height={28}>
        <span className="carried">{text}</span>
      </foreignObject>
    </>
  );
}

function Shapes() {
  const { marquee, guides, wire, carried } = useStore(overlayStore);
  const viewport = useSyncExternalStore(subscribe, () => stage.viewport);
  const { x, y, zoom } = viewport;
  const rect = (box: Rect) => ({ x: box.x * zoom + x, y: box.y * zoom + y, width: box.width * zoom, height: box.height * zoom });
  return (
    <>
      {guides.map((guide) =>
        guide.axis === 'x' ? (
          <path key="x" className="guide" d={`M${guide.at * zoom + x} ${guide.from * zoom + y - 12}V${guide.to * zoom + y + 12}`} />
        ) : (
          <path key="y" className="guide" d={`M${guide.from * zoom + x - 12} ${guide.at * zoom + y}H${guide.to * zoom + x + 12}`} />
        ),
      )}
      {marquee === undefined ? null : <rect className="marquee" rx={3} {...rect(marquee)} />}
      {wire?.target === undefined ? null : <rect className="marquee" rx={4} {...rect(wire.target)} />}
      {carried === undefined ? null : <Carried {...carried} />}
      {wire === undefined ? null : (
        <path
          className="wire"
          d={`M${wire.from.x * zoom + x} ${wire.from.y * zoom + y}L${wire.to.x * zoom + x} ${wire.to.y * zoom + y}`}
        />
      )}
      {wire?.says === undefined ? null : <Carried at={wire.to} text={wire.says} />}
    </>
  );
}

/** What gestures show above everything: marquee, alignment lines, a relationship being drawn, grips of bends. */
export function Overlay() {
  const active = useStore(
    overlayStore,
    ({ marquee, guides, wire, carried }) =>
      marquee !== undefined || wire !== undefined || carried !== undefined || guides.length > 0,
  );
  const single = useView(({ selection }) => (selection.length === 1 ? selection[0]?.record : undefined));
  const relationship = single !== undefined && Object.hasOwn(stage.scene.document.relationships, single) ? single : undefined;
  return (
    <svg className="canvas-overlay" aria-hidden="true">
      {active ? <Shapes /> : null}
      {relationship === undefined ? null : <Handles id={relationship} />}
    </svg>
  );
}
