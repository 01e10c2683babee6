import type { Node } from '@xyflow/react';
import { createStore } from 'zustand/vanilla';
import { overlaps } from '#lib/grid.ts';
import type { Id } from '#model/types.ts';
import { viewStore } from '#state/view.ts';
import { editingStore } from './editing.ts';
import type { SceneChange, SceneNode } from './scene.ts';
import { stage } from './stage.ts';

/** What React Flow is given: the nodes in sight and a margin round them, nothing else. */
export const mountedStore = createStore<{ readonly nodes: Node[] }>(() => ({ nodes: [] }));

const made = new WeakMap<SceneNode, Node>();

/** React Flow's object for a node: the same one as long as the node is the same. */
function flowNode(node: SceneNode): Node {
  const known = made.get(node);
  if (known !== undefined) return known;
  const { x, y, width, height } = node.box;
  const flow: Node = {
    id: node.id,
    type: node.kind === 'note' ? 'note' : 'table',
    position: { x, y },
    data: node as unknown as Record<string, unknown>,
    width,
    height,
    measured: { width, height },
  };
  made.set(node, flow);
  return flow;
}

/** In the far view: the node that keys act on and the one being edited, where their rows can be read. */
function alone(): Id[] {
  if (!stage.showsRows) return [];
  const sight = stage.sight();
  const wanted = new Set([editingStore.getState().at?.object, viewStore.getState().selection.at(-1)?.record]);
  return [...wanted].filter((id): id is Id => {
    const box = id === undefined ? undefined : stage.scene.grid.get(id);
    return box !== undefined && overlaps(box, sight);
  });
}

/** Brings the mounted nodes up to date; React hears of it only when the set or one of them changed. */
export function cull(): void {
  if (stage.lingers) return;
  const ids = stage.far ? alone() : stage.scene.grid.query(stage.sight()).sort();
  const nodes = ids.flatMap((id) => {
    const node = stage.scene.nodes.get(id);
    return node === undefined ? [] : [flowNode(node)];
  });
  const before = mountedStore.getState().nodes;
  const same = before.length === nodes.length && nodes.every((node, at) => node === before[at]);
  if (!same) mountedStore.setState({ nodes });
}

/** Whether a change is but a step of the running drag. */
function isStep(change: SceneChange | undefined): boolean {
  if (stage.moving.size === 0 || change === undefined || change.nodes === 'all') return false;
  for (const id of change.nodes) if (!stage.moving.has(id)) return false;
  return true;
}

/**
 * Moves mounted nodes on the page itself: between the beginning and the end of a drag React hears nothing. It is given
 * the places where things stay once the drag has ended.
 */
function shift(ids: Iterable<Id>): void {
  for (const id of ids) {
    const box = stage.scene.grid.get(id);
    const element = stage.element?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
    if (box !== undefined && element != null) element.style.transform = `translate(${box.x}px,${box.y}px)`;
  }
}

/** Keeps the mounted nodes in step with the stage, at most once a frame. Returns how to stop. */
export function keepMounted(): () => void {
  let frame = 0;
  const follow = (change: SceneChange | undefined) => {
    if (isStep(change)) shift(change?.nodes as ReadonlySet<Id>);
    else ask();
  };
  const ask = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      cull();
    });
  };
  const offs = [
    viewStore.subscribe((now, before) => {
      if (stage.far && now.selection !== before.selection) ask();
    }),
    editingStore.subscribe(() => {
      if (stage.far) ask();
    }),
    stage.on('view', ask),
    stage.on('scene', follow),
    stage.on('moving', ask),
    stage.on('mode', cull),
  ];
  cull();
  return () => {
    cancelAnimationFrame(frame);
    for (const off of offs) off();
  };
}
