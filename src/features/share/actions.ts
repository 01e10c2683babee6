import type { Action } from '#state/actions.ts';
import { openDialog } from '#state/view.ts';

export const actions: readonly Action[] = [
  {
    id: 'file.share',
    label: 'Share a link …',
    group: 'File',
    icon: 'Share2',
    keywords: ['link', 'url', 'address', 'send', 'read-only', 'copy'],
    run: () => openDialog('share'),
  },
];
