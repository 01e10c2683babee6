import type { NormalForm } from '#engine/normalize/verdict.ts';
import { hasTables, type Lens } from './lens.ts';

const STEP: Readonly<Record<NormalForm, number>> = { '1NF': 3, '2NF': 2, '3NF': 1, EKNF: 1, BCNF: 0 };

/** The highest normal form each table is proved to be in. */
export const formLens: Lens = {
  id: 'form',
  label: 'Normal form',
  icon: 'Layers',
  key: '2',
  available: hasTables,
  scale: () => ({
    palette: 'ordered',
    note: 'With ? no dependency is declared: the form holds if there is none beside the keys.',
    steps: [
      { label: 'BCNF', sign: 'B', tone: 0 },
      { label: '3NF', sign: '3', tone: 1 },
      { label: '2NF', sign: '2', tone: 2 },
      { label: '1NF', sign: '1', tone: 3 },
      { label: 'No key', sign: '0', tone: 4 },
    ],
  }),
  read:
    ({ normalForms }) =>
    (table) => {
      const verdict = Object.hasOwn(normalForms, table) ? normalForms[table] : undefined;
      if (verdict === undefined) return undefined;
      if (verdict.noKey) return { step: 4, mark: 'no key', says: 'no enforced key' };
      const { highest, byAssumption } = verdict;
      return {
        step: STEP[highest],
        mark: byAssumption ? `${highest} ?` : highest,
        says: byAssumption ? `${highest} by assumption` : highest,
      };
    },
};
