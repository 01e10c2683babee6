import '@xyflow/react/dist/base.css';
import './canvas.css';
import './notations.css';
import { ReactFlowProvider } from '@xyflow/react';
import { lazy, Suspense, useEffect, useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { DiagramBar } from '#features/diagrams/index.ts';
import { followLens, LensLegend, lensStore } from '#features/lens/index.ts';
import { ContextMenu } from '#ui/ContextMenu.tsx';
import { AskPopover } from './AskPopover.tsx';
import { contextItems } from './context-menu.ts';
import { listenToDrops } from './drop.ts';
import { EdgeTip } from './EdgeTip.tsx';
import { FarTip } from './FarTip.tsx';
import { Minimap } from './Minimap.tsx';
import { overlayStore } from './overlay.ts';
import { PathBar } from './PathBar.tsx';
import { listenToPointer } from './pointer.ts';
import { RelationPicker } from './RelationPicker.tsx';
import { RelationPopover } from './RelationPopover.tsx';
import { Rescue } from './Rescue.tsx';
import { Surface } from './Surface.tsx';
import { stage } from './stage.ts';
import { ToolPill } from './ToolPill.tsx';
import { listenToTouch } from './touch.ts';

const DependencyPopover = lazy(() =>
  import('./DependencyPopover.tsx').then(({ DependencyPopover: popover }) => ({ default: popover })),
);

/** Loaded when a dependency is first declared on the canvas. */
function Declaring() {
  const any = useStore(overlayStore, (state) => state.dependency !== undefined);
  return any ? (
    <Suspense fallback={null}>
      <DependencyPopover />
    </Suspense>
  ) : null;
}

/** The diagram: tables, relationships, areas and notes, drawn and edited in place. */
export function Canvas() {
  const element = useRef<HTMLDivElement>(null);
  const pressed = useRef({ x: 0, y: 0 });
  const lens = useStore(lensStore, (state) => (state.lens === 'structure' ? undefined : state.lens));
  useEffect(followLens, []);
  // What was fitted keeps clear of the legend that comes, and takes the room of the one that goes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes is what lies over the canvas
  useLayoutEffect(() => stage.fitAgain(), [lens]);
  useLayoutEffect(() => {
    const canvas = element.current;
    if (canvas === null) return;
    stage.element = canvas;
    const offs = [listenToPointer(canvas), listenToTouch(canvas), listenToDrops(canvas)];
    return () => {
      for (const off of offs) off();
      stage.element = undefined;
    };
  }, []);
  return (
    <ContextMenu items={() => contextItems(pressed.current)}>
      <div
        ref={element}
        onContextMenu={(event) => {
          pressed.current = stage.at(event);
        }}
        role="application"
        aria-label="Diagram"
        aria-describedby="canvas-help"
        data-pane-focus=""
        className="canvas @container touch-none"
        data-lens={lens}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the diagram takes keys of its own
        tabIndex={0}
      >
        <p id="canvas-help" className="sr-only">
          Arrow keys go from table to table, Enter goes into the columns, Shift T adds a table, R relates. The navigator lists
          everything as text.
        </p>
        <ReactFlowProvider>
          <Surface />
        </ReactFlowProvider>
        <Minimap />
        <Rescue />
        <DiagramBar />
        <LensLegend />
        <PathBar />
        <EdgeTip />
        <FarTip />
        <RelationPopover />
        <RelationPicker />
        <AskPopover />
        <Declaring />
        <ToolPill />
      </div>
    </ContextMenu>
  );
}
