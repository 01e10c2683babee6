import type { Action } from '#state/actions.ts';
import { resetImport } from '#state/import.ts';
import { openDialog } from '#state/view.ts';

function openImport(): void {
  resetImport();
  openDialog('import');
}

export const actions: readonly Action[] = [
  {
    id: 'file.import',
    label: 'Import SQL',
    group: 'File',
    icon: 'Upload',
    keys: ['mod+i'],
    keywords: ['paste', 'ddl', 'dump', 'pg_dump'],
    run: openImport,
  },
  {
    id: 'file.openFile',
    label: 'Open a file',
    group: 'File',
    icon: 'FolderOpen',
    keywords: ['sql', 'dump', 'crowfoot.json'],
    run: () => void import('./start.ts').then(({ chooseFiles }) => chooseFiles()),
  },
  {
    id: 'file.examples',
    label: 'Start from an example',
    group: 'File',
    icon: 'BookOpen',
    keywords: ['demo', 'template', 'saas', 'shop', 'blog'],
    run: openImport,
  },
];
