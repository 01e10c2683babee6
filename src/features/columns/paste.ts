import { recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { documentStore, run } from '#state/document.ts';
import { readAside } from '#state/import.ts';
import { notify } from '#state/notices.ts';
import { select } from '#state/view.ts';
import { askingStore, type PendingPaste } from './asking.ts';
import { addLabel, resolveAll } from './commands.ts';
import { type PastedRow, pastedKind, readPasted } from './pasted.ts';
import { columnsRead, type PastedPart, scriptFor } from './pasted-sql.ts';
import { addCalls, type Resolved } from './resolve.ts';
import { writeShorthand } from './shorthand.ts';

/** Pasted text as it is understood. */
export interface ReadPaste {
  readonly rows: readonly PastedRow[];
  readonly parts: readonly PastedPart[];
  readonly left: readonly string[];
  /** Why nothing of it could be read. */
  readonly problem?: string;
}

/** Reads pasted text. SQL goes through the reader of SQL, all else is read here. */
export async function readPaste(text: string): Promise<ReadPaste> {
  if (pastedKind(text) !== 'sql') return { rows: readPasted(text), parts: [], left: [] };
  const { document } = documentStore.getState();
  const read = await readAside([{ name: 'pasted.sql', text: scriptFor(document, text) }]);
  if (!read.ok) return { rows: [], parts: [], left: [], problem: read.problem.message };
  const wrong = read.value.receipt.statements.find((one) => one.state === 'error');
  if (wrong !== undefined) {
    // Line by line, what is right in it can still be taken.
    const lines = readPasted(text).filter((row) => row.typed !== undefined || !/^(create\b.*\(|\)\s*;?)$/i.test(row.text));
    return { rows: lines, parts: [], left: [], problem: wrong.reason ?? 'It is not SQL.' };
  }
  const columns = columnsRead(document, text, read.value.document);
  if (!columns.ok) return { rows: [], parts: [], left: [], problem: columns.problem.message };
  const { typed, parts, left } = columns.value;
  return { rows: typed.map((one, at) => ({ line: at + 1, text: writeShorthand(one), typed: one })), parts, left };
}

/** One row against the document: it fits, it fits with something to say, or it does not. */
export interface JudgedRow extends PastedRow {
  readonly state: 'fits' | 'doubt' | 'wrong';
  readonly resolved?: Resolved;
  readonly says?: string;
}

/** Judges rows for a table, one after the other, so that they do not take each other's names. */
export function judge(document: Document, table: Table, rows: readonly PastedRow[]): readonly JudgedRow[] {
  const judged: JudgedRow[] = [];
  let now = table;
  for (const row of rows) {
    if (row.typed === undefined) {
      judged.push({ ...row, state: 'wrong', says: row.problem ?? '' });
      continue;
    }
    const strict = resolveAll(document, now, [row.typed], { renames: true });
    const loose = strict.ok ? strict : resolveAll(document, now, [row.typed], { renames: true, unknownTypes: true });
    const [resolved] = loose.ok ? loose.value : [];
    if (resolved === undefined) {
      judged.push({ ...row, state: 'wrong', says: loose.ok ? '' : loose.problem.message });
      continue;
    }
    now = { ...now, columns: [...now.columns, resolved.column] };
    const says = strict.ok ? resolved.notes.join(' ') : `${strict.problem.message} It is kept as a type from elsewhere.`;
    judged.push({ ...row, state: says === '' ? 'fits' : strict.ok ? 'fits' : 'doubt', resolved, says });
  }
  return judged;
}

function partCalls(table: Table, added: readonly Resolved[], parts: readonly PastedPart[]): CommandCall[] {
  const ids = (names: readonly string[]) => names.flatMap((name) => added.find((one) => one.column.name === name)?.column.id ?? []);
  return parts.flatMap((part): CommandCall[] => {
    const columns = ids(part.columns);
    if (columns.length < part.columns.length) return [];
    const old = table.keys.find((key) => key.kind === 'primary')?.columns ?? [];
    if (part.kind === 'check')
      return [{ name: 'addCheck', args: { table: table.id, part: { expression: part.expression ?? '' } } }];
    if (part.kind === 'primary') return [{ name: 'setPrimaryKey', args: { table: table.id, columns: [...old, ...columns] } }];
    if (part.kind === 'unique') return [{ name: 'addKey', args: { table: table.id, part: { kind: 'unique', columns } } }];
    return [{ name: 'addIndex', args: { table: table.id, part: { elements: columns.map((column) => ({ column })) } } }];
  });
}

/** Adds judged rows that fit, as one step. Yields why not. */
export function addJudged(
  { table: id, below }: Pick<PendingPaste, 'table' | 'below'>,
  rows: readonly JudgedRow[],
  { parts, left }: Pick<ReadPaste, 'parts' | 'left'>,
): string | undefined {
  const { document } = documentStore.getState();
  const table = recordIn(document, 'tables', id);
  const columns = rows.flatMap((row) => row.resolved ?? []);
  if (table === undefined) return 'The table is not in the document any more.';
  if (columns.length === 0) return 'None of it can be taken as a column.';
  const after = table.columns.findIndex((one) => one.id === below);
  const at = after < 0 ? table.columns.length : after + 1;
  const ran = run([...addCalls(document, table, columns, at), ...partCalls(table, columns, parts)], addLabel(table, columns));
  if (!ran.ok) return ran.problem.message;
  const count = columns.length === 1 ? 'One column' : `${columns.length} columns`;
  const notes = [...columns.flatMap((one) => one.notes), ...(left.length === 0 ? [] : [`Left out: ${left.join(', ')}.`])];
  notify({ tone: notes.length === 0 ? 'ok' : 'info', text: [`${count} added to ${table.name}.`, ...notes].join(' ') });
  select(columns.map(({ column }) => ({ record: id, part: column.id })));
  return undefined;
}

function takeOrAsk(pending: PendingPaste, read: ReadPaste): void {
  const { document } = documentStore.getState();
  const table = recordIn(document, 'tables', pending.table);
  if (table === undefined) return;
  const rows = judge(document, table, read.rows);
  const fine = read.problem === undefined && rows.length > 0 && rows.every((row) => row.state === 'fits');
  if (!fine || addJudged(pending, rows, read) !== undefined) askingStore.setState({ paste: pending });
}

/**
 * Takes pasted text as columns of a table: at once and as one step when every row can be taken, else by a dialog that
 * says what is wrong with which. False = the text is none, or nothing may be edited.
 */
export function pasteColumns(table: Id, text: string, below?: Id): boolean {
  const { readOnly } = documentStore.getState();
  if (text.trim() === '') return false;
  if (readOnly !== undefined) {
    notify({ tone: 'info', text: readOnly });
    return true;
  }
  const pending = { table, below, text };
  if (pastedKind(text) === 'sql') void readPaste(text).then((read) => takeOrAsk(pending, read));
  else takeOrAsk(pending, { rows: readPasted(text), parts: [], left: [] });
  return true;
}
