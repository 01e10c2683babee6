import type { WorkloadQuery } from './query-types.ts';
import type { Note } from './validate-notes.ts';

/** Sums of shares such as 0.1 + 0.2 + 0.7 come out a little above 1. */
const ROUNDING = 1e-9;

/** Notes figures of a query that mean nothing ([Q2]). */
export function defectsOfQuery(query: WorkloadQuery, note: Note): void {
  for (const name of ['callsPerHour', 'latencyMs'] as const) {
    if ((query[name] ?? 0) < 0) note('negative', name, `${query[name]} is below 0.`);
  }
  query.parameters?.forEach((parameter, at) => {
    let sum = 0;
    parameter.values.forEach(({ share = 0 }, n) => {
      if (share < 0 || share > 1) note('bad-share', `parameters[${at}].values[${n}].share`, 'A share lies between 0 and 1.');
      sum += share;
    });
    if (sum > 1 + ROUNDING) {
      note('bad-share', `parameters[${at}].values`, `The shares of ${parameter.name} add up to ${sum}: more than all calls.`);
    }
  });
}
