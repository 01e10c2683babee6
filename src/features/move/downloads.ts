import { fileStem } from '#engine/documents/set.ts';
import { documentStore } from '#state/document.ts';
import { download } from '#ui/download.ts';
import type { Moved, MoveTarget } from '#worker/jobs-protocol.ts';
import { databaseName } from './words.ts';

function stem({ dialect, version }: MoveTarget): string {
  const name = documentStore.getState().document.settings['settings']?.name ?? 'database';
  return `${fileStem(name)}-${fileStem(databaseName(dialect, version))}`;
}

/** The DDL of the moved document as a file. */
export function downloadDdl({ ddl }: Moved, target: MoveTarget): void {
  download(`${stem(target)}.sql`, ddl, 'application/sql');
}

/** What to do to move the data as well, with every loss. */
export function downloadGuide({ guide }: Moved): void {
  download('migration-guide.md', guide, 'text/markdown');
}
