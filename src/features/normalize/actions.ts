import { recordIn } from '#model/collections.ts';
import type { Id } from '#model/types.ts';
import type { Action } from '#state/actions.ts';
import { askDecomposition } from '#state/decomposition.ts';
import { documentStore } from '#state/document.ts';
import { viewStore } from '#state/view.ts';

/** The one table that is selected, or that everything selected belongs to. */
function chosen(): Id | undefined {
  const ids = new Set(viewStore.getState().selection.map(({ record }) => record));
  const [only] = ids;
  if (ids.size !== 1 || only === undefined) return undefined;
  return recordIn(documentStore.getState().document, 'tables', only)?.id;
}

/** Normal forms: taking a table apart. */
export const actions: readonly Action[] = [
  {
    id: 'normalize.decompose',
    label: 'Decompose …',
    group: 'Model',
    icon: 'Columns3',
    keywords: ['normalize', 'normal form', '3NF', 'BCNF', '4NF', 'split', 'dependency', 'synthesis', 'lossless'],
    when: () => documentStore.getState().readOnly === undefined && chosen() !== undefined,
    run: () => {
      const table = chosen();
      if (table !== undefined) askDecomposition(table);
    },
  },
];
