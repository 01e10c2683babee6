import { useStore } from 'zustand';
import { lensStore, type Reading } from '#features/lens/index.ts';
import type { Id } from '#model/types.ts';

/** What the lens says of a table; nothing for the structure. */
export function useReading(id: Id): Reading | undefined {
  return useStore(lensStore, ({ readings }) => readings.get(id));
}

/** The tone of a reading as the style sheet knows it: `h0` to `h4`, or `d0` to `d2`. */
export function toneOf(reading: Reading | undefined): string | undefined {
  const { scale } = lensStore.getState();
  const step = reading === undefined ? undefined : scale.steps[reading.step];
  return step === undefined ? undefined : `${scale.palette === 'ordered' ? 'h' : 'd'}${step.tone}`;
}
