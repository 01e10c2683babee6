export { actions } from './actions.ts';
export { DocumentsDialog } from './DocumentsDialog.tsx';
