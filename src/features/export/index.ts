export { actions } from './actions.ts';
export { ExportDialog } from './ExportDialog.tsx';
