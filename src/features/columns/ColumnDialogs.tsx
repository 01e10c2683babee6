import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { askingStore } from './asking.ts';

const PasteDialog = lazy(() => import('./PasteDialog.tsx').then(({ PasteDialog: dialog }) => ({ default: dialog })));
const TransferDialog = lazy(() => import('./TransferDialog.tsx').then(({ TransferDialog: dialog }) => ({ default: dialog })));

/** The dialogs about columns: each is loaded when it is first needed. */
export function ColumnDialogs() {
  const { paste, transfer } = useStore(askingStore);
  return (
    <Suspense fallback={null}>
      {paste === undefined ? null : <PasteDialog key={`${paste.table}/${paste.text}`} pending={paste} />}
      {transfer === undefined ? null : <TransferDialog key={`${transfer.from}/${transfer.columns.join()}`} pending={transfer} />}
    </Suspense>
  );
}
