import { recordIn } from '#model/collections.ts';
import type { Id } from '#model/types.ts';
import { documentStore, interactiveIds, run, undo } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { select } from '#state/view.ts';
import { askingStore, type PendingTransfer, stopAsking } from './asking.ts';
import { planTransfer, reorderCalls, type TransferPlan } from './transfer.ts';

function said({ label, along, renamed }: TransferPlan): string {
  const done = label.replace(/^Move/, 'Moved').replace(/^Copy/, 'Copied');
  const with_ = along.length === 0 ? '' : `, with ${along.join(', ')}`;
  const names = renamed.map((one) => ` ${one.from} is called ${one.to} there.`).join('');
  return `${done}${with_}.${names}`;
}

/** Does a planned transfer as one step. Yields why not. */
export function doTransfer(to: Id, plan: TransferPlan): string | undefined {
  const ran = run(plan.calls, plan.label);
  if (!ran.ok) return ran.problem.message;
  stopAsking();
  select(plan.columns.map((part) => ({ record: to, part })));
  const { revision } = documentStore.getState();
  const takeBack = () => {
    if (documentStore.getState().revision === revision) undo();
    else notify({ tone: 'info', text: 'Other changes came after it: undo them first (mod+Z).' });
  };
  notify({ tone: 'info', text: said(plan), action: { label: 'Undo', run: takeBack } });
  return undefined;
}

/** Moves or copies columns to another table; asks first where that gives something up. */
export function transferColumns(transfer: PendingTransfer & { readonly to: Id }): void {
  const { document } = documentStore.getState();
  const plan = planTransfer(document, transfer, interactiveIds());
  if (!plan.ok) notify({ tone: 'warn', text: plan.problem.message });
  else if (plan.value.lost.length > 0) askingStore.setState({ transfer });
  else {
    const problem = doTransfer(transfer.to, plan.value);
    if (problem !== undefined) notify({ tone: 'warn', text: problem });
  }
}

/** Asks for the table that columns go to. */
export function askTransfer(from: Id, columns: readonly Id[], copy: boolean): void {
  if (columns.length > 0) askingStore.setState({ transfer: { from, columns, copy } });
}

/** Brings columns of a table to a gap between its rows. */
export function reorderColumns(tableId: Id, columns: readonly Id[], gap: number): void {
  const table = recordIn(documentStore.getState().document, 'tables', tableId);
  if (table === undefined) return;
  const calls = reorderCalls(table, columns, gap);
  if (calls.length === 0) return;
  const label = columns.length === 1 ? `Move a column of ${table.name}` : `Move ${columns.length} columns of ${table.name}`;
  const ran = run(calls, label);
  if (!ran.ok) notify({ tone: 'warn', text: ran.problem.message });
}
