import type { Action } from '#state/actions.ts';
import { documentStore } from '#state/document.ts';
import { sessionStore } from '#state/session.ts';
import { openDialog } from '#state/view.ts';
import { copyDocument, discardDocument, downloadIt, makeDocument, saveToDisk } from './document-work.ts';

const openId = () => sessionStore.getState().documentId;

/** What can be done with documents as a whole. */
export const actions: readonly Action[] = [
  {
    id: 'file.new',
    label: 'New document',
    group: 'File',
    icon: 'FilePlus',
    keywords: ['create', 'empty'],
    run: () => void makeDocument(),
  },
  {
    id: 'file.documents',
    label: 'Open a document',
    group: 'File',
    icon: 'FileText',
    keys: ['mod+o'],
    keywords: ['list', 'documents'],
    run: () => openDialog('documents'),
  },
  {
    id: 'file.design',
    label: 'Design document: decisions and preview',
    group: 'File',
    icon: 'BookOpen',
    keywords: ['decision', 'adr', 'waiver', 'markdown', 'documentation'],
    run: () => openDialog('design'),
  },
  {
    id: 'file.duplicate',
    label: 'Duplicate the document',
    group: 'File',
    icon: 'Copy',
    when: () => openId() !== undefined,
    run: () => void copyDocument(openId() ?? ''),
  },
  { id: 'file.save', label: 'Save to disk', group: 'File', icon: 'Save', keys: ['mod+s'], run: () => void saveToDisk() },
  {
    id: 'file.saveAs',
    label: 'Save to disk as …',
    group: 'File',
    icon: 'FileDown',
    keys: ['mod+shift+s'],
    run: () => void saveToDisk({ as: true }),
  },
  {
    id: 'file.download',
    label: 'Download the document',
    group: 'File',
    icon: 'Download',
    keywords: ['json', 'copy'],
    run: downloadIt,
  },
  {
    id: 'file.delete',
    label: 'Delete the document',
    group: 'File',
    icon: 'Trash2',
    when: () => openId() !== undefined && documentStore.getState().readOnly === undefined,
    run: () => void discardDocument(openId() ?? ''),
  },
];
