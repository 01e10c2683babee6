import { createStore } from 'zustand/vanilla';
import { recordIn } from '#model/collections.ts';
import type { Id } from '#model/types.ts';
import { documentStore } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { select } from '#state/view.ts';
import { addResolved, resolveAll } from './commands.ts';
import { pastedKind, readPasted } from './pasted.ts';
import type { TypedColumn } from './shorthand.ts';

/** Pasted columns that cannot be taken as they are: shown with what is wrong, row by row. */
export interface PendingPaste {
  readonly table: Id;
  readonly below?: Id | undefined;
  readonly text: string;
}

export const pasteStore = createStore<{ readonly pending?: PendingPaste | undefined }>(() => ({}));

/** Adds typed columns as one step, whatever their names; says what was renamed. Yields why not. */
export function addPasted(tableId: Id, typed: readonly TypedColumn[], below: Id | undefined): string | undefined {
  const { document, readOnly } = documentStore.getState();
  const table = recordIn(document, 'tables', tableId);
  if (table === undefined) return 'The table is not in the document any more.';
  if (readOnly !== undefined) return readOnly;
  const resolved = resolveAll(document, table, typed, { renames: true });
  if (!resolved.ok) return resolved.problem.message;
  const added = addResolved(tableId, resolved.value, below);
  if (!added.ok) return added.problem.message;
  const notes = resolved.value.flatMap((one) => one.notes);
  const count = added.value.length === 1 ? 'One column' : `${added.value.length} columns`;
  notify({ tone: 'info', text: [`${count} added to ${table.name}.`, ...notes].join(' ') });
  select(added.value.map((part) => ({ record: tableId, part })));
  return undefined;
}

/** What keeps a typed column from being taken, in words. */
export function pasteProblem(tableId: Id, typed: TypedColumn): string | undefined {
  const { document } = documentStore.getState();
  const table = recordIn(document, 'tables', tableId);
  if (table === undefined) return 'The table is not in the document any more.';
  const found = resolveAll(document, table, [typed], { renames: true });
  return found.ok ? undefined : found.problem.message;
}

/**
 * Takes pasted text as columns of a table: at once and as one step when every row can be taken, else by a dialog that
 * says what is wrong with which. False = the text is none.
 */
export function pasteColumns(table: Id, text: string, below?: Id): boolean {
  if (text.trim() === '') return false;
  const rows = pastedKind(text) === 'sql' ? undefined : readPasted(text);
  const typed = rows?.flatMap((row) => row.typed ?? []) ?? [];
  const whole = rows !== undefined && rows.length > 0 && typed.length === rows.length;
  if (!whole || addPasted(table, typed, below) !== undefined) pasteStore.setState({ pending: { table, below, text } });
  return true;
}
