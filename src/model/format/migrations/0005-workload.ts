import { ok } from '#lib/result.ts';
import type { Migration } from './migrations.ts';

/** Version 5 adds the statements that the database has to serve. A file of version 4 means what it meant. */
export const workload: Migration = {
  to: 5,
  what: 'queries of the workload',
  up: (file) => ok(file),
};
