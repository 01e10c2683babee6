import { useState } from 'react';
import { typeName } from '#model/derive/type-name.ts';
import type { Id } from '#model/types.ts';
import { columnsOfSelection, movableColumns, tablesOf, waysFrom } from '../subject.ts';
import { Choices, TableChoice, Ticks } from './parts.tsx';
import { type FormProps, useAsk } from './types.ts';

const keyOf = (one: { readonly relationship: string; readonly to: string }) => `${one.to} ${one.relationship}`;

/** Which columns, and along which foreign key. */
export function MoveForm({ document, selection, onAsk }: FormProps) {
  const tables = tablesOf(document, selection).filter((table) => waysFrom(document, table).length > 0);
  const [tableId, setTable] = useState(tables[0]?.id ?? '');
  const table = tables.find((one) => one.id === tableId);
  const ways = table === undefined ? [] : waysFrom(document, table);
  const linked = new Set(selection.map((ref) => ref.record));
  const [wayKey, setWay] = useState('');
  const way = ways.find((one) => keyOf(one) === wayKey) ?? ways.find((one) => linked.has(one.relationship)) ?? ways[0];
  const movable = table === undefined ? [] : movableColumns(document, table, way);
  const [columns, setColumns] = useState<readonly Id[]>(() =>
    table === undefined ? [] : columnsOfSelection(document, selection, table),
  );
  const moving = columns.filter((id) => movable.includes(id));
  const ready = way !== undefined && moving.length > 0;
  useAsk(ready ? { kind: 'move', relationship: way.relationship, to: way.to, columns: moving } : undefined, onAsk);
  if (table === undefined) return null;
  return (
    <>
      <TableChoice
        title="From"
        document={document}
        tables={tables}
        value={tableId}
        onChange={(next) => {
          setTable(next);
          setColumns([]);
        }}
      />
      <Ticks
        title={`Columns of ${table.name}`}
        items={table.columns.map((column) => ({
          id: column.id,
          label: column.name,
          hint: typeName(document, column.type),
          disabled: !movable.includes(column.id),
        }))}
        ticked={moving}
        onChange={setColumns}
      />
      <Choices
        title="To"
        value={way === undefined ? '' : keyOf(way)}
        onChange={setWay}
        options={ways.map((one) => ({ value: keyOf(one), label: one.label }))}
      />
    </>
  );
}
