import type { Id } from '#model/types.ts';
import { searchData, USUAL_SECONDS } from '#state/discover.ts';
import { openRowDatabase, type RowsWanted, readRowFilesOf, refuseRowFiles } from '#state/row-database.ts';
import { viewStore } from '#state/view.ts';
import { type DataFile, readRowFiles } from './given.ts';
import { chooseFiles, dialectOfDocument } from './start.ts';

/** Puts files into the database that is open, or opens one with them. */
async function fillDatabase(files: readonly DataFile[]): Promise<void> {
  const read = await readRowFiles(files, dialectOfDocument());
  if (viewStore.getState().dialog !== 'discover') return;
  if (read.ok) await openRowDatabase(read.value);
  else refuseRowFiles(read.problem);
}

/** Lets the person choose what comes into the database. */
export function chooseDatabaseFiles(): void {
  chooseFiles(fillDatabase);
}

/** Looks at the rows of tables and of a query of the database that is open. */
export async function startWithRows(wanted: RowsWanted, onto?: Id): Promise<void> {
  const read = await readRowFilesOf(wanted);
  if (!read.ok || viewStore.getState().dialog !== 'discover') return;
  await searchData({ files: read.value, nulls: 'equal', seconds: USUAL_SECONDS, onto });
}
