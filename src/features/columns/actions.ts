import { recordIn } from '#model/collections.ts';
import type { Id } from '#model/types.ts';
import type { Action } from '#state/actions.ts';
import { documentStore } from '#state/document.ts';
import { viewStore } from '#state/view.ts';
import { toggleMarks } from './commands.ts';
import { askTransfer } from './do-transfer.ts';
import type { Mark } from './grid.ts';

/** The selected columns, table by table. */
function selectedColumns(): ReadonlyMap<Id, readonly Id[]> {
  const { document } = documentStore.getState();
  const found = new Map<Id, Id[]>();
  for (const { record, part } of viewStore.getState().selection) {
    const table = part === undefined ? undefined : recordIn(document, 'tables', record);
    if (part === undefined || table?.columns.some(({ id }) => id === part) !== true) continue;
    found.set(record, [...(found.get(record) ?? []), part]);
  }
  return found;
}

const anyColumn = () => selectedColumns().size > 0;
const ofOneTable = () => selectedColumns().size === 1;

function marking(mark: Mark, label: string, icon: string, key: string): Action {
  return {
    id: `columns.${mark}`,
    label,
    group: 'Model',
    icon,
    keys: [key],
    where: 'canvas',
    keywords: ['column', 'key', 'constraint', 'composite'],
    when: anyColumn,
    run: () => {
      for (const [table, columns] of selectedColumns()) toggleMarks(table, columns, mark);
    },
  };
}

function transferring(copy: boolean): Action {
  return {
    id: copy ? 'columns.copyTo' : 'columns.moveTo',
    label: copy ? 'Copy columns to another table …' : 'Move columns to another table …',
    group: 'Model',
    icon: copy ? 'Copy' : 'ArrowRight',
    keywords: ['transfer', 'column', 'table'],
    when: ofOneTable,
    run: () => {
      const [first] = selectedColumns();
      if (first !== undefined) askTransfer(first[0], first[1], copy);
    },
  };
}

/** What can be done to selected columns wherever they are shown; several make one composite key or index. */
export const actions: readonly Action[] = [
  marking('primary', 'Primary key of the selected columns, on or off', 'KeyRound', 'k'),
  marking('unique', 'Unique over the selected columns, on or off', 'Diamond', 'u'),
  marking('index', 'Index over the selected columns, on or off', 'ListOrdered', 'i'),
  marking('mandatory', 'Selected columns must not be null, on or off', 'Check', 'm'),
  transferring(false),
  transferring(true),
];
