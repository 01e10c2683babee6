import type { Action } from '#state/actions.ts';
import { openDialog } from '#state/view.ts';

export const actions: readonly Action[] = [
  {
    id: 'view.palette',
    label: 'Find a table, column or action',
    group: 'Go',
    icon: 'Search',
    keys: ['mod+k', 'mod+p'],
    keywords: ['command', 'search', 'palette'],
    run: () => openDialog('palette'),
  },
];
