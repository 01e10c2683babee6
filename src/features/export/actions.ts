import type { Action } from '#state/actions.ts';
import { documentStore } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { openDialog } from '#state/view.ts';

/** Copies what is selected, else the whole diagram, as the studio shows it. */
async function copyPicture(as: 'image' | 'svg'): Promise<void> {
  const [work, { lastChoice }] = await Promise.all([import('./picture-work.ts'), import('./choice.ts')]);
  const copy = as === 'image' ? work.copyImage : work.copySvg;
  const copied = await copy(documentStore.getState().document, lastChoice(), work.quickIds());
  if (!copied.ok) notify({ tone: 'bad', text: copied.problem.message, sticky: true });
  else notify({ tone: 'ok', text: as === 'image' ? 'The picture is on the clipboard.' : 'The SVG is on the clipboard as text.' });
}

export const actions: readonly Action[] = [
  {
    id: 'file.export',
    label: 'Export …',
    group: 'File',
    icon: 'Download',
    keys: ['mod+e'],
    keywords: [
      'download',
      'sql',
      'markdown',
      'migrations',
      'svg',
      'png',
      'pdf',
      'print',
      'html',
      'picture',
      'zip',
      'design document',
    ],
    run: () => openDialog('export'),
  },
  {
    id: 'picture.copy',
    label: 'Copy as image',
    group: 'File',
    icon: 'Image',
    keys: ['mod+alt+c'],
    keywords: ['picture', 'png', 'clipboard', 'selection', 'diagram'],
    run: () => void copyPicture('image'),
  },
  {
    id: 'picture.copy-svg',
    label: 'Copy as SVG text',
    group: 'File',
    icon: 'Image',
    keywords: ['picture', 'vector', 'clipboard', 'selection', 'diagram'],
    run: () => void copyPicture('svg'),
  },
];
