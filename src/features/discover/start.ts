import type { Id } from '#model/types.ts';
import { discoverStore, openDiscover, refuseData, searchData, USUAL_SECONDS } from '#state/discover.ts';
import { viewStore } from '#state/view.ts';
import { DATA_FILES } from './data-files.ts';
import { type DataFile, readDataFiles } from './given.ts';

/** Looks at files of data that were dropped or chosen. @param onto the table they are for, when they are for one. */
export async function startWithDataFiles(files: readonly DataFile[], onto?: Id): Promise<void> {
  openDiscover(onto);
  const read = await readDataFiles(files);
  // The person may have closed it meanwhile.
  if (viewStore.getState().dialog !== 'discover') return;
  if (read.ok) await searchData({ files: read.value, nulls: 'equal', seconds: USUAL_SECONDS, onto });
  else refuseData(read.problem);
}

/** Looks at pasted data. */
export async function startWithDataText(text: string, onto?: Id): Promise<void> {
  openDiscover(onto);
  await searchData({ files: [{ name: 'pasted data', text }], nulls: 'equal', seconds: USUAL_SECONDS, onto });
}

/** Adds files to those that were looked at: keys of one may stand in another. */
async function addDataFiles(files: readonly DataFile[]): Promise<void> {
  const { discover: now } = discoverStore.getState();
  if (now.stage !== 'found') return;
  const read = await readDataFiles(files);
  if (read.ok) await searchData({ ...now.given, files: [...now.given.files, ...read.value] });
  else refuseData(read.problem);
}

/** Lets the person choose files of data. @param more they come beside those that were looked at. */
export function chooseDataFiles(onto?: Id, more = false): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = DATA_FILES;
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    if (files.length > 0) void (more ? addDataFiles(files) : startWithDataFiles(files, onto));
  });
  input.click();
}
