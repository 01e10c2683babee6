import type { ReceiptStatement } from '#engine/sql/receipt.ts';
import { findRecord } from '#model/collections.ts';
import { documentStore } from '#state/document.ts';
import { useResults } from '#state/hooks.ts';
import { notify } from '#state/notices.ts';
import { reveal } from '#state/view.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { ReceiptView } from './ReceiptView.tsx';
import { RoundTripView } from './RoundTripView.tsx';
import { saveText } from './save-text.ts';

function open(statement: ReceiptStatement): void {
  const { record } = statement;
  if (record === undefined) return;
  if (findRecord(documentStore.getState().document, record) === undefined)
    notify({ tone: 'info', text: 'It is not in the document any more.' });
  else reveal({ record }, 'receipt');
}

/** The receipt of the last import: what became of each statement, where it stands, and what it became. */
export function ReceiptPane() {
  const last = useResults((state) => state.receipt);
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
  const json = () => saveText('import-receipt.json', JSON.stringify(last.receipt, null, 2), 'application/json');
  const receipt = (
    <ReceiptView
      files={last.files}
      receipt={last.receipt}
      onOpen={open}
      end={<IconButton icon="Download" label="Download the receipt as JSON" size="sm" tooltipSide="top" onClick={json} />}
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
