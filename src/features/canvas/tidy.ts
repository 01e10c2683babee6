import { createStore } from 'zustand/vanilla';
import type { Id } from '#model/types.ts';
import { beginGesture, documentStore, endGesture, run } from '#state/document.ts';
import { layoutDocument } from '#state/layout.ts';
import { notify } from '#state/notices.ts';
import { makeSubjects, offerSubjects } from '#state/subjects.ts';
import { viewStore } from '#state/view.ts';
import type { LaidOut } from '#worker/layout/arrange.ts';
import type { Arranging } from '#worker/layout/ground.ts';
import { said } from './edits.ts';
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

/** Shows things on their way to their new places for a moment. The document hears of it only once, afterwards. */
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
      stage.carry(
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

/** What an arrangement is called in the list of steps. */
function labelOf({ only, area, way }: Arranging, count: number): string {
  if (way === 'rings') return `Arrange ${count} objects in rings`;
  const rows = way === 'grid' ? ' in rows' : '';
  if (area !== undefined) return `Arrange inside ${stage.scene.areas.find((one) => one.id === area)?.name ?? 'the area'}${rows}`;
  return only === undefined ? `Arrange the diagram${rows}` : `Arrange ${count} objects${rows}`;
}

function nothingMoved(): void {
  notify({ tone: 'info', text: 'Nothing is moved: everything stands where it would be put.' });
}

/** Computes a layout while the screen says how far it is. Undefined when it was called off or there is nothing to do. */
async function compute(arranging: Arranging): Promise<LaidOut | undefined> {
  if (tidyStore.getState().running !== undefined) return undefined;
  const { document, readOnly } = documentStore.getState();
  if (readOnly !== undefined) {
    notify({ tone: 'info', text: readOnly });
    return undefined;
  }
  const abort = new AbortController();
  const cancel = () => abort.abort();
  tidyStore.setState({ running: { done: 0, what: 'Arranging', cancel } });
  const onProgress = (done: number, what: string) => tidyStore.setState({ running: { done, what, cancel } });
  const laid = await layoutDocument(document, stage.scene.diagram, { ...arranging, signal: abort.signal, onProgress });
  tidyStore.setState({ running: undefined });
  if (!laid.ok) {
    if (laid.problem.code !== 'cancelled') notify({ tone: 'bad', text: laid.problem.message });
    return undefined;
  }
  if (documentStore.getState().document !== document) {
    notify({ tone: 'info', text: 'The document changed while it was arranged, so nothing was moved: arrange it again.' });
    return undefined;
  }
  if (laid.value.calls.length === 0) {
    nothingMoved();
    return undefined;
  }
  return laid.value;
}

/** Lays out the diagram or a part of it; one undo step. What is not laid out stays where it is. */
export async function tidy(arranging: Arranging = {}): Promise<void> {
  const laid = await compute(arranging);
  if (laid === undefined) return;
  const { diagram } = stage.scene;
  const before = documentStore.getState().document;
  beginGesture();
  await glide(laid.places);
  said(run(laid.calls));
  endGesture(labelOf(arranging, laid.places.size));
  stage.drag(new Set());
  if (documentStore.getState().document === before) nothingMoved();
  if (arranging.only === undefined && arranging.area === undefined && arranging.way !== 'rings') stage.fit();
  else stage.fit(stage.boundsOf([...laid.places.keys(), ...laid.areas.keys()].map((record) => ({ record }))));
  if (arranging.only === undefined && arranging.way === undefined) offerSubjects(diagram, laid.communities);
}

/** Lays out everything by what belongs together and draws an area round each such set; one undo step. */
export async function tidyIntoSubjects(): Promise<void> {
  const laid = await compute({});
  if (laid === undefined) return;
  const { diagram } = stage.scene;
  if (laid.communities.length < 2) {
    notify({
      tone: 'info',
      text: 'There is nothing to divide: up to 60 tables outside of areas are laid out as one picture. Select tables and press G to draw an area round them.',
    });
    return;
  }
  beginGesture();
  await glide(laid.places);
  said(run(laid.calls));
  makeSubjects(diagram, laid.communities);
  endGesture(`Make ${laid.communities.length} subject areas`);
  stage.drag(new Set());
  stage.fit();
}

/** Selected tables, views and notes, and the one selected area. */
export function chosen(): { readonly nodes: readonly Id[]; readonly area: Id | undefined } {
  const ids = [...new Set(viewStore.getState().selection.map((ref) => ref.record))];
  const nodes = ids.filter((id) => stage.scene.nodes.has(id) && stage.scene.nodes.get(id)?.kind !== 'note');
  const area = ids.length === 1 ? stage.scene.areas.find((one) => one.id === ids[0])?.id : undefined;
  return { nodes, area };
}

/** Lays out what is selected when that is several or an area, otherwise everything. */
export function tidySelectionOrAll(way?: 'grid'): void {
  const { nodes, area } = chosen();
  const how = way === undefined ? {} : { way };
  if (area !== undefined) void tidy({ area, ...how });
  else void tidy(nodes.length > 1 ? { only: nodes, ...how } : how);
}
