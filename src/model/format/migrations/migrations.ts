import type { Result } from '#lib/result.ts';
import { conceptAndLevels } from './0002-concept-and-levels.ts';
import { dialectsAndSources } from './0003-dialects-and-sources.ts';
import { dependenciesAndChanges } from './0004-dependencies-and-changes.ts';
import { workload } from './0005-workload.ts';

/**
 * One step of the file format: from one version to the next. `up` gets the plain JSON of a file that was valid in its own
 * version and gives that of the next. One file a step in this folder, named `NNNN-what.ts`, listed below in order.
 */
export interface Migration {
  readonly to: number;
  readonly what: string;
  up(file: Readonly<Record<string, unknown>>): Result<Readonly<Record<string, unknown>>>;
}

/** Every step, oldest first. Version 1 is the first version: no file is older. */
export const MIGRATIONS: readonly Migration[] = [conceptAndLevels, dialectsAndSources, dependenciesAndChanges, workload];
