import type { Finding } from '#engine/finding.ts';
import { type Tally, tally } from '#lib/tally.ts';
import type { Id } from '#model/types.ts';
import { hasTables, type Lens } from './lens.ts';

const STEP = { info: 1, warning: 2, error: 3 } as const;
const WORD = { info: 'note', warning: 'warning', error: 'error' } as const;

/** Open findings by the record they stand at: how many, and how bad. */
export function findingTallies(findings: readonly Finding[]): ReadonlyMap<Id, Tally> {
  const found = new Map<Id, Tally>();
  for (const { at, severity, waivedBy } of findings) {
    const record = at[0]?.record;
    if (record !== undefined && waivedBy === undefined) found.set(record, tally(found.get(record), severity));
  }
  return found;
}

/** The worst finding of each table and how many there are. */
export const findingsLens: Lens = {
  id: 'findings',
  label: 'Findings',
  icon: 'ListChecks',
  key: '3',
  available: hasTables,
  scale: () => ({
    palette: 'ordered',
    steps: [
      { label: 'Nothing found', sign: '✓', tone: 0 },
      { label: 'Notes', sign: 'i', tone: 1 },
      { label: 'Warnings', sign: '▲', tone: 2 },
      { label: 'Errors', sign: '●', tone: 4 },
    ],
  }),
  read: ({ findings }) => {
    const tallies = findingTallies(findings);
    return (table) => {
      const found = tallies.get(table);
      if (found === undefined) return { step: 0, mark: '✓', says: 'nothing found' };
      const sign = found.worst === 'error' ? '●' : found.worst === 'warning' ? '▲' : 'i';
      return {
        step: STEP[found.worst],
        mark: `${sign} ${found.count}`,
        says: `${found.count} ${found.count === 1 ? 'finding' : 'findings'}, the worst is ${found.worst === 'info' ? 'a' : 'an'} ${WORD[found.worst]}`.replace(
          'an warning',
          'a warning',
        ),
      };
    };
  },
};
