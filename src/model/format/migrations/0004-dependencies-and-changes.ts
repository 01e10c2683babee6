import { ok } from '#lib/result.ts';
import type { Migration } from './migrations.ts';

/**
 * Version 4 adds where a dependency was found and why it is left alone, and the SQL of changes that rows must follow. All of
 * it is optional, so that a file of version 3 means what it meant.
 */
export const dependenciesAndChanges: Migration = {
  to: 4,
  what: 'origin and exemption of dependencies; changes with the SQL that carries rows over',
  up: (file) => ok(file),
};
