import type { Action } from '#state/actions.ts';
import { openDialog } from '#state/view.ts';

export const actions: readonly Action[] = [
  {
    id: 'file.export',
    label: 'Export …',
    group: 'File',
    icon: 'Download',
    keys: ['mod+e'],
    keywords: ['download', 'sql', 'markdown', 'migrations', 'svg', 'png', 'picture', 'zip', 'design document'],
    run: () => openDialog('export'),
  },
];
