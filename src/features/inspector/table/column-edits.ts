import { recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Id, Table } from '#model/types.ts';
import { requestDeletion } from '#state/deletion.ts';
import { addPart, addPartCall, editAloud, movePart, now, removePartsCall, setPartCall } from '../edit.ts';
import { freeName, soleIndex, soleUnique } from '../logic/marks.ts';

/** Adds a column of type text at a position; its name is then typed over. */
export function addColumnAt(table: Table, at: number): Id | undefined {
  const document = now();
  const taken = columnsOf(document, recordIn(document, 'tables', table.id) ?? table).map((column) => column.name);
  const name = freeName('new_column', taken);
  return addPart(table.id, 'columns', { name, type: { kind: 'builtin', name: 'text' }, nullable: true }, at);
}

export function moveColumn(table: Id, column: Id, to: number): boolean {
  return movePart(table, 'columns', column, to);
}

export function askDeleteColumn(table: Id, column: Id): void {
  requestDeletion([{ record: table, part: column }]);
}

type Mark = 'primary' | 'unique' | 'index' | 'mandatory';

function markCalls(table: Table, column: Id, mark: Mark): readonly CommandCall[] {
  const nullable = table.columns.find((one) => one.id === column)?.nullable ?? true;
  if (mark === 'mandatory') return [setPartCall(table.id, 'columns', column, { nullable: !nullable })];
  if (mark === 'primary') {
    const primary = table.keys.find((key) => key.kind === 'primary')?.columns ?? [];
    const columns = primary.includes(column) ? primary.filter((id) => id !== column) : [...primary, column];
    return [{ name: 'setPrimaryKey', args: { table: table.id, columns } } as CommandCall];
  }
  if (mark === 'unique') {
    const key = soleUnique(table, column);
    return [
      key === undefined
        ? addPartCall(table.id, 'keys', { kind: 'unique', columns: [column] })
        : removePartsCall(table.id, 'keys', [key]),
    ];
  }
  const index = soleIndex(table, column);
  return [
    index === undefined
      ? addPartCall(table.id, 'indexes', { elements: [{ column }] })
      : removePartsCall(table.id, 'indexes', [index]),
  ];
}

/** Puts a column into the primary key, makes it unique, indexes it or forbids null; the same again takes it back. */
export function toggleMark(table: Id, column: Id | undefined, mark: Mark): void {
  const record = recordIn(now(), 'tables', table);
  if (record !== undefined && column !== undefined) editAloud(markCalls(record, column, mark));
}
