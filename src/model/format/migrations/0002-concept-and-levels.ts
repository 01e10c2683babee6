import { ok } from '#lib/result.ts';
import type { Migration } from './migrations.ts';

/**
 * Version 2 adds facts: how a diagram looks and what it shows, and what stands in the concept only. All of it is optional,
 * so that a file of version 1 means what it meant.
 */
export const conceptAndLevels: Migration = {
  to: 2,
  what: 'entities, associations, hierarchies and attributes of the concept; level, notation and choice of a diagram',
  up: (file) => ok(file),
};
