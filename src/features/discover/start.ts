import type { SurveyFile } from '#engine/discover/survey.ts';
import type { Dialect, Id } from '#model/types.ts';
import { discoverStore, openDiscover, refuseData, searchData, USUAL_SECONDS } from '#state/discover.ts';
import { documentStore } from '#state/document.ts';
import { viewStore } from '#state/view.ts';
import type { RowFile } from '#verify/row-types.ts';
import { DATA_FILES } from './data-files.ts';
import { type DataFile, readRowFiles } from './given.ts';

/** What SQL is taken for that does not say what it is. */
export function dialectOfDocument(): Dialect {
  return documentStore.getState().document.settings['settings']?.dialect ?? 'postgresql';
}

/** The files of rows, when all are such. */
function rowsAlone(files: readonly RowFile[]): readonly SurveyFile[] | undefined {
  const rows = files.flatMap((file) => (file.kind === 'data' ? [{ name: file.name, text: file.text }] : []));
  return rows.length === files.length ? rows : undefined;
}

/**
 * Looks at files of data that were dropped or chosen; SQL and databases among them are opened to choose from.
 * @param onto the table they are for, when they are for one.
 */
export async function startWithDataFiles(files: readonly DataFile[], onto?: Id): Promise<void> {
  openDiscover(onto);
  const read = await readRowFiles(files, dialectOfDocument());
  // The person may have closed it meanwhile.
  if (viewStore.getState().dialog !== 'discover') return;
  if (!read.ok) {
    refuseData(read.problem);
    return;
  }
  const rows = rowsAlone(read.value);
  if (rows === undefined) await (await import('#state/row-database.ts')).openRowDatabase(read.value);
  else await searchData({ files: rows, nulls: 'equal', seconds: USUAL_SECONDS, onto });
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
  const read = await readRowFiles(files, dialectOfDocument());
  const rows = read.ok ? rowsAlone(read.value) : undefined;
  if (!read.ok) refuseData(read.problem);
  else if (rows !== undefined) await searchData({ ...now.given, files: [...now.given.files, ...rows] });
  else {
    const message = 'SQL and databases cannot be added to files of rows: begin with them, and open the files beside them there.';
    refuseData({ code: 'no-rows', message });
  }
}

/** Lets the person choose files. */
export function chooseFiles(then: (files: readonly File[]) => Promise<void>): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = DATA_FILES;
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    if (files.length > 0) void then(files);
  });
  input.click();
}

/** Lets the person choose files of data. @param more they come beside those that were looked at. */
export function chooseDataFiles(onto?: Id, more = false): void {
  chooseFiles((files) => (more ? addDataFiles(files) : startWithDataFiles(files, onto)));
}
