import type { Node } from '@xyflow/react';
import { createStore } from 'zustand/vanilla';
import type { SceneNode } from './scene.ts';
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

/** Brings the mounted nodes up to date; React hears of it only when the set or one of them changed. */
export function cull(): void {
  const ids = stage.far ? [] : stage.scene.grid.query(stage.sight()).sort();
  const nodes = ids.flatMap((id) => {
    const node = stage.scene.nodes.get(id);
    return node === undefined ? [] : [flowNode(node)];
  });
  const before = mountedStore.getState().nodes;
  const same = before.length === nodes.length && nodes.every((node, at) => node === before[at]);
  if (!same) mountedStore.setState({ nodes });
}

/** Keeps the mounted nodes in step with the stage, at most once a frame. Returns how to stop. */
export function keepMounted(): () => void {
  let frame = 0;
  const ask = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      cull();
    });
  };
  const offs = [stage.on('view', ask), stage.on('scene', ask), stage.on('mode', cull)];
  cull();
  return () => {
    cancelAnimationFrame(frame);
    for (const off of offs) off();
  };
}
