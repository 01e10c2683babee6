import { createStore } from 'zustand/vanilla';
import type { Id } from '#model/types.ts';
import { documentStore } from '#state/document.ts';
import { resultsStore } from '#state/results.ts';
import type { LensContext, LensId, LensScale, Reading } from './lens.ts';
import { lensOf } from './registry.ts';

export interface LensState {
  readonly lens: LensId;
  readonly scale: LensScale;
  /** What the lens says of each table; the same object as long as it says the same. Empty for the structure. */
  readonly readings: ReadonlyMap<Id, Reading>;
}

const NOTHING: ReadonlyMap<Id, Reading> = new Map();
const NO_SCALE: LensScale = { palette: 'ordered', steps: [] };

/** How the tables are looked at: view state, neither saved nor undone. */
export const lensStore = createStore<LensState>(() => ({ lens: 'structure', scale: NO_SCALE, readings: NOTHING }));

const same = (a: Reading | undefined, b: Reading) =>
  a !== undefined && a.step === b.step && a.mark === b.mark && a.says === b.says && a.flag === b.flag;

/** Reads every table; what says the same as before is the same object, and the whole map when nothing changed. */
export function readAll(lens: LensId, context: LensContext, before: ReadonlyMap<Id, Reading>): ReadonlyMap<Id, Reading> {
  const read = lensOf(lens).read(context);
  const next = new Map<Id, Reading>();
  let changed = false;
  for (const id of Object.keys(context.document.tables)) {
    const reading = read(id);
    if (reading === undefined) continue;
    const old = before.get(id);
    const kept = old !== undefined && same(old, reading) ? old : reading;
    changed ||= kept !== old;
    next.set(id, kept);
  }
  return changed || next.size !== before.size ? next : before;
}

function context(): LensContext {
  const { findings, normalForms, workload } = resultsStore.getState();
  return { document: documentStore.getState().document, findings, normalForms, workload };
}

function refresh(): void {
  const { lens, readings, scale } = lensStore.getState();
  if (lens === 'structure') return;
  const given = context();
  const next = readAll(lens, given, readings);
  const nextScale = lensOf(lens).scale(given);
  const steady = JSON.stringify(nextScale) === JSON.stringify(scale) ? scale : nextScale;
  if (next !== readings || steady !== scale) lensStore.setState({ readings: next, scale: steady });
}

/** Looks through another lens. */
export function setLens(lens: LensId): void {
  if (lens === 'structure') lensStore.setState({ lens, scale: NO_SCALE, readings: NOTHING });
  else {
    const given = context();
    lensStore.setState({ lens, scale: lensOf(lens).scale(given), readings: readAll(lens, given, NOTHING) });
  }
}

/** The tables of one step, in the document's order. */
export function tablesOfStep({ readings }: LensState, step: number): readonly Id[] {
  return [...readings].flatMap(([id, reading]) => (reading.step === step ? [id] : []));
}

/** How many tables each step has. */
export function stepCounts({ readings, scale }: LensState): readonly number[] {
  const counts = scale.steps.map(() => 0);
  for (const { step } of readings.values()) counts[step] = (counts[step] ?? 0) + 1;
  return counts;
}

/** Keeps the readings in step with the model and what the engine found, once a frame at most. Returns how to stop. */
export function followLens(): () => void {
  let frame = 0;
  let seen: LensContext | undefined;
  const soon = () => {
    if (lensStore.getState().lens === 'structure' || frame !== 0) return;
    const now = context();
    const { document } = now;
    if (
      seen !== undefined &&
      seen.document.tables === document.tables &&
      seen.document.types === document.types &&
      seen.document.queries === document.queries &&
      seen.findings === now.findings &&
      seen.normalForms === now.normalForms &&
      seen.workload === now.workload
    )
      return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      seen = now;
      refresh();
    });
  };
  const offs = [documentStore.subscribe(soon), resultsStore.subscribe(soon)];
  return () => {
    cancelAnimationFrame(frame);
    for (const off of offs) off();
  };
}
