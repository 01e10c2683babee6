import { ReactFlow, useReactFlow, useStoreApi, ViewportPortal } from '@xyflow/react';
import { lazy, Suspense, useEffect, useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { onDocumentChange } from '#state/document.ts';
import { ghostStore } from '#state/ghosts.ts';
import { viewStore } from '#state/view.ts';
import { AreaLayer } from './AreaLayer.tsx';
import { EdgeLayer } from './EdgeLayer.tsx';
import { editNear } from './edit-near.ts';
import { keepGuests } from './edits.ts';
import { FarLayer } from './FarLayer.tsx';
import { keepMounted, mountedStore } from './mounted.ts';
import { NoteNode } from './NoteNode.tsx';
import { revealAnywhere } from './not-here.ts';
import { Overlay } from './Overlay.tsx';
import type { SceneChange } from './scene.ts';
import { stage } from './stage.ts';
import { TableNode } from './TableNode.tsx';
import { MAX_ZOOM, MIN_ZOOM, NAMES_BELOW, type Viewport, visibleRect } from './viewport.ts';
import { followWhole } from './whole.ts';

const GhostLayer = lazy(() => import('./GhostLayer.tsx').then(({ GhostLayer: layer }) => ({ default: layer })));

const NODE_TYPES = { table: TableNode, note: NoteNode };
const NO_EDGES: never[] = [];
/** Left drags are ours (select, move, draw); middle and right ones move the canvas. */
const PAN_BUTTONS = [1];
const ANIMATION_MS = 140;
/** Below this zoom, the ends of relationships are specks. */
const ENDS_FROM = 0.24;

function reducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** What CSS needs to know of the zoom, written only in steps so that a gesture restyles nothing. */
function restyle(element: HTMLElement, ground: HTMLElement, { x, y, zoom }: Viewport): void {
  const detail = zoom < NAMES_BELOW ? 'names' : 'all';
  if (element.dataset['detail'] !== detail) element.dataset['detail'] = detail;
  const ends = zoom < ENDS_FROM ? 'off' : 'on';
  if (element.dataset['ends'] !== ends) element.dataset['ends'] = ends;
  const step = 2 ** (Math.round(Math.log2(zoom) * 2) / 2);
  const title = `${Math.max(11.5, Math.min(48, Math.round(11 / step)))}px`;
  if (element.style.getPropertyValue('--title') !== title) element.style.setProperty('--title', title);
  if (detail === 'names') {
    const big = `${Math.min(48, Math.round(11 / step))}px`;
    if (element.style.getPropertyValue('--big') !== big) {
      element.style.setProperty('--big', big);
      element.style.setProperty('--hair', `${Math.round((1.2 / step) * 10) / 10}`);
    }
  }
  const gap = zoom < 0.45 ? 0 : 20 * zoom;
  ground.style.visibility = gap === 0 ? 'hidden' : 'visible';
  if (gap === 0) return;
  ground.style.backgroundSize = `${gap}px ${gap}px`;
  ground.style.backgroundPosition = `${x % gap}px ${y % gap}px`;
}

/** Lets the stage know where React Flow looks, and move it. */
function Bridge({ ground }: { readonly ground: React.RefObject<HTMLDivElement | null> }) {
  const flow = useStoreApi();
  const { setViewport } = useReactFlow();
  useLayoutEffect(() => {
    let last: readonly number[] | undefined;
    let viewport: Viewport = stage.viewport;
    const follow = () => {
      const { transform, width, height } = flow.getState();
      if (transform !== last) {
        last = transform;
        viewport = { x: transform[0], y: transform[1], zoom: transform[2] };
        if (stage.element !== undefined && ground.current !== null) restyle(stage.element, ground.current, viewport);
      }
      stage.look(viewport, { width, height });
    };
    stage.drive = (to, animated) => {
      void setViewport(to, { duration: animated && !reducedMotion() ? ANIMATION_MS : 0 });
    };
    follow();
    const off = flow.subscribe(follow);
    return () => {
      off();
      stage.drive = undefined;
    };
  }, [flow, setViewport, ground]);
  return null;
}

/** Whether an edit changed so much at once (an import, a new layout) that the whole should be shown. */
function isUpheaval(change: SceneChange | undefined): boolean {
  if (change === undefined || stage.moving.size > 0 || stage.scene.restricted) return false;
  if (change.nodes === 'all') return change.fresh === true;
  const { nodes, grid } = stage.scene;
  if (change.nodes.size < 6 || change.nodes.size <= nodes.size * 0.6) return false;
  // Where most of it is in sight, as after an area was moved, the view stays.
  return grid.query(visibleRect(stage.viewport, stage.screen)).length < nodes.size * 0.5;
}

/** Brings into sight what other panes ask for, and the whole of a document just opened. */
function useJourneys(): void {
  useEffect(() => {
    let seen = viewStore.getState().reveal?.serial ?? 0;
    let wanted = true;
    // Another diagram is shown where it was looked at last; what an import brings is shown whole.
    let known = true;
    const showAll = () => {
      if (!wanted || stage.screen.width === 0 || stage.scene.bounds === undefined) return;
      wanted = false;
      const last = known ? stage.remembered() : undefined;
      if (last === undefined) stage.fit(undefined, false);
      else stage.go(last, false);
    };
    const offs = [
      stage.on('view', showAll),
      stage.on('scene', (change) => {
        // A first table drawn by hand stays where it was put.
        if (isUpheaval(change)) {
          wanted = true;
          known = change?.fresh === true;
        } else if (stage.scene.nodes.size > 0) wanted = false;
        showAll();
      }),
      viewStore.subscribe(({ reveal }) => {
        if (reveal === undefined || reveal.serial === seen) return;
        seen = reveal.serial;
        if (reveal.from !== 'canvas') revealAnywhere(reveal.ref);
      }),
      viewStore.subscribe(({ journey, diagram }, before) => {
        if (journey === undefined || journey === before.journey || journey.diagram !== diagram) return;
        wanted = false;
        stage.go(journey.viewport, diagram === before.diagram);
      }),
      viewStore.subscribe(({ rename }, before) => {
        if (rename === undefined || rename === before.rename) return;
        const { record, part } = rename.ref;
        // A navigator with the focus edits the name itself.
        if (document.activeElement?.closest('[data-pane=navigator]') != null || stage.boundsOf([rename.ref]) === undefined) return;
        if (stage.showsRows) stage.reveal(rename.ref);
        editNear(
          part === undefined ? { object: record, field: 'title' } : { object: record, column: part, field: 'name', typing: {} },
        );
      }),
    ];
    showAll();
    return () => {
      for (const off of offs) off();
    };
  }, []);
}

/** Tables that came without a place (typed as SQL, say) get the one the canvas chose, as part of the same step. */
function useGuests(): void {
  useEffect(
    () =>
      onDocumentChange(({ diff, source }) => {
        if (source !== 'edit') return;
        const arrived = diff.filter(
          ({ collection, from }) => from === undefined && (collection === 'tables' || collection === 'views'),
        );
        if (arrived.length > 0) queueMicrotask(() => keepGuests(new Set(arrived.map(({ id }) => id))));
      }),
    [],
  );
}

/** Drawn only while something is proposed: then it is loaded. */
function Proposed() {
  const any = useStore(ghostStore, (state) => state.shown !== undefined);
  return any ? (
    <Suspense fallback={null}>
      <GhostLayer />
    </Suspense>
  ) : null;
}

/** The drawing itself: far view, areas, lines, nodes and what a gesture shows, from bottom to top. */
export function Surface() {
  const nodes = useStore(mountedStore, (state) => state.nodes);
  const ground = useRef<HTMLDivElement>(null);
  useEffect(keepMounted, []);
  useEffect(() => stage.connect(), []);
  useJourneys();
  useEffect(() => followWhole(), []);
  useGuests();
  return (
    <>
      <div ref={ground} className="ground" />
      <FarLayer />
      <ReactFlow
        nodes={nodes}
        edges={NO_EDGES}
        nodeTypes={NODE_TYPES}
        defaultViewport={stage.viewport}
        minZoom={MIN_ZOOM}
        maxZoom={MAX_ZOOM}
        panOnDrag={PAN_BUTTONS}
        panActivationKeyCode="Space"
        panOnScroll
        zoomOnDoubleClick={false}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        elevateNodesOnSelect={false}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        deleteKeyCode={null}
        disableKeyboardA11y
      >
        <Bridge ground={ground} />
        <ViewportPortal>
          <AreaLayer />
          <EdgeLayer />
          <Proposed />
        </ViewportPortal>
      </ReactFlow>
      <Overlay />
    </>
  );
}
