import { createStore } from 'zustand/vanilla';
import type { Id } from '#model/types.ts';
import { beginGesture, documentStore, endGesture, run } from '#state/document.ts';
import { layoutDocument } from '#state/layout.ts';
import { notify } from '#state/notices.ts';
import { viewStore } from '#state/view.ts';
import { moveTo, said } from './edits.ts';
import { stage } from './stage.ts';

/** A layout being computed. */
export interface Tidying {
  readonly done: number;
  readonly what: string;
  readonly cancel: () => void;
}

export const tidyStore = createStore<{ readonly running?: Tidying | undefined }>(() => ({}));

const ANIMATED_UP_TO = 150;
const DURATION = 150;

/** Moves things to their new places within a moment, as a part of the running gesture. */
function glide(places: ReadonlyMap<Id, { x: number; y: number }>): Promise<void> {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches || places.size > ANIMATED_UP_TO || stage.far;
  if (calm) return Promise.resolve();
  const from = new Map(
    [...places.keys()].flatMap((id) => {
      const box = stage.scene.grid.get(id);
      return box === undefined ? [] : [[id, box] as const];
    }),
  );
  stage.drag(new Set(from.keys()));
  const start = performance.now();
  return new Promise((resolve) => {
    const step = (now: number) => {
      const t = Math.min(1, (now - start) / DURATION);
      const eased = 1 - (1 - t) ** 3;
      if (t >= 1) {
        resolve();
        return;
      }
      moveTo(
        new Map(
          [...from].map(([id, box]) => {
            const to = places.get(id) ?? box;
            return [id, { x: box.x + (to.x - box.x) * eased, y: box.y + (to.y - box.y) * eased }];
          }),
        ),
      );
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
}

/** Lays out these objects, or everything; one undo step. What is not laid out stays where it is. */
export async function tidy(only?: readonly Id[]): Promise<void> {
  if (tidyStore.getState().running !== undefined) return;
  const { document, readOnly } = documentStore.getState();
  if (readOnly !== undefined) {
    notify({ tone: 'info', text: readOnly });
    return;
  }
  const abort = new AbortController();
  const cancel = () => abort.abort();
  tidyStore.setState({ running: { done: 0, what: 'Arranging', cancel } });
  const { diagram } = stage.scene;
  const onProgress = (done: number, what: string) => tidyStore.setState({ running: { done, what, cancel } });
  const laid = await layoutDocument(document, diagram, {
    ...(only === undefined ? {} : { only }),
    signal: abort.signal,
    onProgress,
  });
  tidyStore.setState({ running: undefined });
  if (!laid.ok) {
    if (laid.problem.code !== 'cancelled') notify({ tone: 'bad', text: laid.problem.message });
    return;
  }
  if (laid.value.calls.length === 0) return;
  beginGesture();
  await glide(laid.value.places);
  said(run(laid.value.calls));
  endGesture(only === undefined ? 'Arrange the diagram' : `Arrange ${laid.value.places.size} objects`);
  stage.drag(new Set());
  if (only === undefined) stage.fit();
}

/** Lays out what is selected when that is several, otherwise everything. */
export function tidySelectionOrAll(): void {
  const ids = new Set(viewStore.getState().selection.map((ref) => ref.record));
  const nodes = [...ids].filter((id) => stage.scene.nodes.has(id) && stage.scene.nodes.get(id)?.kind !== 'note');
  void tidy(nodes.length > 1 ? nodes : undefined);
}
