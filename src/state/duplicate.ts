import { recordIn } from '#model/collections.ts';
import { freeName } from '#model/commands/lookup.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { transplant } from '#model/transplant.ts';
import type { Document, Ref } from '#model/types.ts';
import { documentStore, interactiveIds, run } from './document.ts';
import { notify } from './notices.ts';
import { select, viewStore } from './view.ts';

const OFFSET = 32;

function columnCalls(document: Document, refs: readonly Ref[]): CommandCall[] {
  return refs.flatMap((ref) => {
    const table = recordIn(document, 'tables', ref.record);
    const at = table?.columns.findIndex((one) => one.id === ref.part) ?? -1;
    const column = table?.columns[at];
    if (table === undefined || column === undefined) return [];
    const { id: _, identity: __, notNullName: ___, ...rest } = column;
    const name = freeName(`${column.name}_copy`, (one) => table.columns.some((other) => other.name === one));
    return [{ name: 'addColumn' as const, args: { table: table.id, column: { ...rest, name }, at: at + 1 } }];
  });
}

/** Copies what is selected, as one undo step, and selects the copies. */
export function duplicateSelection(): void {
  const { document } = documentStore.getState();
  const { selection, diagram } = viewStore.getState();
  const whole = selection.filter((ref) => ref.part === undefined).map((ref) => ref.record);
  const { put, refs } = transplant(document, document, whole, { ids: interactiveIds(), diagram, offset: OFFSET });
  const calls = columnCalls(document, selection);
  if (put.length > 0) calls.push({ name: 'putRecords', args: { label: 'Duplicate', put } });
  if (calls.length === 0) return;
  const ran = run(
    calls,
    refs.length + selection.length - whole.length === 1 ? 'Duplicate' : `Duplicate ${selection.length} objects`,
  );
  if (!ran.ok) notify({ tone: 'bad', text: ran.problem.message });
  else if (refs.length > 0) select(refs);
}
