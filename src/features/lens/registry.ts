import type { Document } from '#model/types.ts';
import { findingsLens } from './findings-lens.ts';
import { formLens } from './form-lens.ts';
import { heatLens } from './heat-lens.ts';
import type { Lens, LensId } from './lens.ts';
import { securityLens } from './security-lens.ts';
import { sizeLens } from './size-lens.ts';

const nothing = () => undefined;

/** The model as it is: schemas have their tints. */
const structureLens: Lens = {
  id: 'structure',
  label: 'Structure',
  icon: 'Table2',
  key: '1',
  available: () => true,
  scale: () => ({ palette: 'ordered', steps: [] }),
  read: () => nothing,
};

/** What a version adds, changes and removes. Not offered while a document holds no version to compare with. */
const diffLens: Lens = {
  id: 'diff',
  label: 'Changes',
  icon: 'Replace',
  key: '7',
  available: () => false,
  scale: () => ({
    palette: 'change',
    steps: [
      { label: 'Added', sign: '+', tone: 0 },
      { label: 'Changed', sign: '~', tone: 1 },
      { label: 'Removed', sign: '−', tone: 2 },
    ],
  }),
  read: () => nothing,
};

/** Every lens there is, in the order of its keys. */
export const LENSES: readonly Lens[] = [structureLens, formLens, findingsLens, heatLens, sizeLens, securityLens, diffLens];

export function lensOf(id: LensId): Lens {
  return LENSES.find((one) => one.id === id) ?? structureLens;
}

/** The lenses that have something to show of a document. */
export function lensesFor(document: Document): readonly Lens[] {
  return LENSES.filter((one) => one.available(document));
}
