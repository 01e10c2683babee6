export { actions } from './actions.ts';
export { DocumentBanners } from './DocumentBanners.tsx';
export { DocumentsDialog } from './DocumentsDialog.tsx';
