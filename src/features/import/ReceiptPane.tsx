import { useMemo } from 'react';
import { receiptDocument } from '#engine/documents/receipt.ts';
import type { ReceiptStatement } from '#engine/sql/receipt.ts';
import { rememberedReceipt } from '#engine/sql/sources.ts';
import { findRecord } from '#model/collections.ts';
import { documentStore } from '#state/document.ts';
import { useDocumentState, useResults } from '#state/hooks.ts';
import { notify } from '#state/notices.ts';
import { reveal } from '#state/view.ts';
import { download } from '#ui/download.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { ReceiptView } from './ReceiptView.tsx';
import { RoundTripView } from './RoundTripView.tsx';

function open(statement: ReceiptStatement): void {
  const { record } = statement;
  if (record === undefined) return;
  if (findRecord(documentStore.getState().document, record) === undefined)
    notify({ tone: 'info', text: 'It is not in the document any more.' });
  else reveal({ record }, 'receipt');
}

/** Of the import that was just made, else of what the document remembers. */
function useReceipt() {
  const last = useResults((state) => state.receipt);
  const document = useDocumentState((state) => state.document);
  const { sources } = document;
  // biome-ignore lint/correctness/useExhaustiveDependencies: nothing but the sources tells of the import
  const remembered = useMemo(() => rememberedReceipt(document), [sources]);
  return last ?? remembered;
}

/** The receipt of the last import: what became of each statement, where it stands, and what it became. */
export function ReceiptPane() {
  const last = useReceipt();
  const trip = useResults((state) => state.roundTrip);
  if (last === undefined) {
    return trip !== undefined && trip.different > 0 ? (
      <RoundTripView trip={trip} />
    ) : (
      <EmptyState
        icon="FileText"
        title="Nothing was imported yet"
        text="The receipt of an import says what became of every statement."
      />
    );
  }
  const markdown = () => {
    const { document } = documentStore.getState();
    download('import-receipt.md', receiptDocument({ document, roundTrip: trip }), 'text/markdown');
  };
  const json = () => download('import-receipt.json', JSON.stringify(last.receipt, null, 2), 'application/json');
  const receipt = (
    <ReceiptView
      files={last.files}
      receipt={last.receipt}
      onOpen={open}
      end={
        <span className="flex">
          <IconButton icon="FileText" label="Download the receipt as a document" size="sm" tooltipSide="top" onClick={markdown} />
          <IconButton icon="Download" label="Download the receipt as JSON" size="sm" tooltipSide="top" onClick={json} />
        </span>
      }
    />
  );
  if (trip === undefined || trip.different === 0) return receipt;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <RoundTripView trip={trip} />
      <div className="min-h-0 flex-1">{receipt}</div>
    </div>
  );
}
