export { LensLegend } from './LensLegend.tsx';
export { LensMenu } from './LensMenu.tsx';
export type { Reading } from './lens.ts';
export { followLens, type LensState, lensStore } from './lens-store.ts';
