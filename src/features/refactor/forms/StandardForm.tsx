import { useState } from 'react';
import type { Column } from '#model/column-types.ts';
import type { New } from '#model/patch.ts';
import type { Id } from '#model/types.ts';
import { Checkbox } from '#ui/Checkbox.tsx';
import { tablesOf } from '../subject.ts';
import { Group, Ticks, tableLabel } from './parts.tsx';
import { type FormProps, useAsk } from './types.ts';

const TIME = { kind: 'builtin', name: 'timestamptz' } as const;
const NOW = { kind: 'expression', sql: 'now()' } as const;
const WHO = {
  type: { kind: 'builtin', name: 'text' },
  nullable: false,
  default: { kind: 'expression', sql: 'CURRENT_USER' },
} as const;

const STANDARD: readonly { readonly column: New<Column>; readonly hint: string }[] = [
  { column: { name: 'created_at', type: TIME, nullable: false, default: NOW }, hint: 'timestamptz, now()' },
  { column: { name: 'created_by', ...WHO }, hint: 'text, CURRENT_USER' },
  { column: { name: 'updated_at', type: TIME, nullable: false, default: NOW }, hint: 'timestamptz, now()' },
  { column: { name: 'updated_by', ...WHO }, hint: 'text, CURRENT_USER' },
  { column: { name: 'deleted_at', type: TIME, nullable: true }, hint: 'timestamptz, null' },
];

/** Which columns come to which tables. */
export function StandardForm({ document, selection, onAsk }: FormProps) {
  const all = Object.values(document.tables)
    .filter((table) => table.partitionOf === undefined)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const [tables, setTables] = useState<readonly Id[]>(() => {
    const chosen = tablesOf(document, selection).map((table) => table.id);
    return chosen.length > 0 ? chosen : all.map((table) => table.id);
  });
  const [names, setNames] = useState<readonly string[]>(['created_at', 'updated_at']);
  const [touch, setTouch] = useState(true);
  const [partial, setPartial] = useState(true);
  const columns = STANDARD.filter(({ column }) => names.includes(column.name)).map(({ column }) => column);
  const ready = tables.length > 0 && columns.length > 0;
  const soft = names.includes('deleted_at');
  const touching = names.includes('updated_at');
  useAsk(
    ready
      ? {
          kind: 'standard',
          tables,
          columns,
          ...(soft && partial ? { uniqueWhileNull: 'deleted_at' } : {}),
          ...(touching && touch ? { touch: 'updated_at' } : {}),
        }
      : undefined,
    onAsk,
  );
  return (
    <>
      <Ticks
        title="Columns"
        items={STANDARD.map(({ column, hint }) => ({ id: column.name, label: column.name, hint }))}
        ticked={names}
        onChange={setNames}
      />
      {touching || soft ? (
        <Group title="Beside them">
          {touching ? <Checkbox label="A trigger keeps updated_at" checked={touch} onCheckedChange={setTouch} /> : null}
          {soft ? <Checkbox label="Unique only among rows not deleted" checked={partial} onCheckedChange={setPartial} /> : null}
        </Group>
      ) : null}
      <Ticks
        title={`Tables (${tables.length} of ${all.length})`}
        items={all.map((table) => ({ id: table.id, label: tableLabel(document, table) }))}
        ticked={tables}
        onChange={setTables}
      />
    </>
  );
}
