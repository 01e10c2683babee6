import { ok } from '#lib/result.ts';
import type { Migration } from './migrations.ts';

/**
 * Version 3 adds what other dialects than PostgreSQL say, and the files a design came from. All of it is optional, so that a
 * file of version 2 means what it meant.
 */
export const dialectsAndSources: Migration = {
  to: 3,
  what: 'imported files; prefix lengths, character sets, partition lists and other words of further dialects',
  up: (file) => ok(file),
};
