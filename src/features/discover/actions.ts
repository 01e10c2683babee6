import { recordIn } from '#model/collections.ts';
import type { Id } from '#model/types.ts';
import type { Action } from '#state/actions.ts';
import { openDiscover } from '#state/discover.ts';
import { documentStore } from '#state/document.ts';
import { viewStore } from '#state/view.ts';

/** The one table that is selected, in whole or by its parts. */
function selectedTable(): Id | undefined {
  const records = new Set(viewStore.getState().selection.map((ref) => ref.record));
  const [only] = records;
  if (records.size !== 1 || only === undefined) return undefined;
  return recordIn(documentStore.getState().document, 'tables', only) === undefined ? undefined : only;
}

const KEYWORDS = ['csv', 'tsv', 'json lines', 'data', 'functional dependency', 'profile', 'keys', 'normalize', 'sample', 'rows'];

export const actions: readonly Action[] = [
  {
    id: 'discover.file',
    label: 'Discover dependencies in a file …',
    group: 'File',
    icon: 'Lightbulb',
    keywords: KEYWORDS,
    run: () => openDiscover(),
  },
  {
    id: 'discover.table',
    label: 'Discover dependencies of the table in a file …',
    group: 'Model',
    icon: 'Lightbulb',
    keywords: KEYWORDS,
    when: () => documentStore.getState().readOnly === undefined && selectedTable() !== undefined,
    run: () => openDiscover(selectedTable()),
  },
];
