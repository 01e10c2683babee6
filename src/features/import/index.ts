export { actions } from './actions.ts';
export { ReceiptPane } from './ReceiptPane.tsx';
