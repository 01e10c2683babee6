import { boxesOf } from '#model/derive/place.ts';
import type { Id } from '#model/types.ts';
import { subjectAreas } from '#worker/layout/subjects.ts';
import { documentStore, run } from './document.ts';
import { notify } from './notices.ts';

/** Draws a named area round each of these sets of tables, as they stand now; one undo step. */
export function makeSubjects(diagram: Id, communities: readonly (readonly Id[])[]): void {
  const { document } = documentStore.getState();
  const boxes = boxesOf(document, diagram);
  const there = communities.map((ids) => ids.filter((id) => boxes.has(id))).filter((ids) => ids.length > 0);
  const calls = subjectAreas(document, diagram, there, (id) => boxes.get(id));
  const done = run(calls, `Make ${calls.length} subject areas`);
  if (!done.ok) notify({ tone: 'warn', text: done.problem.message });
}

/** Says what a layout found to belong together, and offers to make subject areas of it. A diagram that has areas is left in peace. */
export function offerSubjects(diagram: Id, communities: readonly (readonly Id[])[]): void {
  const { document, readOnly } = documentStore.getState();
  const has = Object.values(document.areas).some((area) => area.diagram === diagram);
  if (communities.length < 2 || has || readOnly !== undefined) return;
  notify({
    tone: 'info',
    text: `${communities.length} communities found: tables that refer mostly to each other.`,
    action: { label: 'Make them subject areas', run: () => makeSubjects(diagram, communities) },
  });
}
