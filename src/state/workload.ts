import type { WorkloadImport } from '#engine/workload/import/read.ts';
import { err, type Result } from '#lib/result.ts';
import { documentStore } from './document.ts';
import { service } from './services.ts';
import { today } from './today.ts';

/** Reads queries for the open document, away from the main thread. @param name of the file; absent for what was pasted. */
export async function readQueries(text: string, name: string | undefined, signal: AbortSignal): Promise<Result<WorkloadImport>> {
  const runner = service('workload');
  if (runner === undefined) return err('no-reader', 'The studio is still starting. Try again in a moment.');
  const dialect = documentStore.getState().document.settings['settings']?.dialect ?? 'postgresql';
  return runner(text, { dialect, date: today(), ...(name === undefined ? {} : { name }) }, signal);
}
