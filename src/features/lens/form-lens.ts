import type { NormalForm } from '#engine/normalize/verdict.ts';
import { formText } from '#engine/normalize/verdict-text.ts';
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
    note: 'With ? no dependency is declared: the form holds if there is none beside the keys. With + a higher form is open.',
    steps: [
      { label: 'BCNF, 4NF', sign: 'B', tone: 0 },
      { label: '3NF, or not 4NF', sign: '3', tone: 1 },
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
      const { highest, byAssumption, complete, multivalued = [] } = verdict;
      const fourth = multivalued.length > 0 ? ', not 4NF' : '';
      return {
        // Values that combine freely repeat as a transitive fact does.
        step: multivalued.length > 0 ? Math.max(1, STEP[highest]) : STEP[highest],
        mark: formText(verdict),
        says: byAssumption
          ? `${highest} by assumption`
          : complete
            ? `${formText(verdict)}${fourth}`
            : `at least ${highest}, not all decided`,
      };
    },
};
