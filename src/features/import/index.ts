export { actions } from './actions.ts';
export { DropTarget } from './DropTarget.tsx';
export { ImportDialog } from './ImportDialog.tsx';
export { ReceiptPane } from './ReceiptPane.tsx';
export { StartCards } from './StartCards.tsx';
