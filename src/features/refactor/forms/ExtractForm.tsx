import { useState } from 'react';
import { freeName } from '#model/commands/lookup.ts';
import type { ExtractShape } from '#model/commands/refactor/extract-table.ts';
import { singular } from '#model/derive/foreign-key-columns.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { usualOf } from '#model/usual-types.ts';
import { Checkbox } from '#ui/Checkbox.tsx';
import { Select } from '#ui/Select.tsx';
import { TextField } from '#ui/TextField.tsx';
import { columnsOfSelection, tablesOf } from '../subject.ts';
import { Choices, Group, TableChoice, Ticks } from './parts.tsx';
import { type FormProps, useAsk } from './types.ts';

type Shape = ExtractShape['kind'];

function nameFor(document: Document, table: Table): string {
  const taken = (name: string) => Object.values(document.tables).some((one) => one.schema === table.schema && one.name === name);
  return freeName(`${singular(table.name)}_details`, taken);
}

function shapeOf(kind: Shape, surrogate: 'identity' | 'uuid', unique: boolean, key: readonly Id[]): ExtractShape {
  if (kind === 'lookup') return { kind, surrogate, unique };
  return kind === 'natural' ? { kind, key } : { kind };
}

/** Which columns leave, what the new table is called, and how its rows belong to the old one's. */
export function ExtractForm({ document, selection, onAsk }: FormProps) {
  const tables = tablesOf(document, selection);
  const [tableId, setTable] = useState(tables[0]?.id ?? '');
  const table = tables.find((one) => one.id === tableId);
  const primary = table?.keys.find((key) => key.kind === 'primary')?.columns ?? [];
  const [columns, setColumns] = useState<readonly Id[]>(() =>
    table === undefined ? [] : columnsOfSelection(document, selection, table).filter((id) => !primary.includes(id)),
  );
  const [name, setName] = useState(() => (table === undefined ? '' : nameFor(document, table)));
  const [kind, setKind] = useState<Shape>('one-to-one');
  const [surrogate, setSurrogate] = useState<'identity' | 'uuid'>('identity');
  const [unique, setUnique] = useState(true);
  const [key, setKey] = useState<readonly Id[]>([]);
  const ready = table !== undefined && columns.length > 0 && name.trim() !== '';
  const shape = shapeOf(
    kind,
    surrogate,
    unique,
    key.filter((id) => columns.includes(id)),
  );
  useAsk(ready ? { kind: 'extract', table: table.id, columns, name: name.trim(), shape } : undefined, onAsk);
  if (table === undefined) return null;
  const item = (id: Id) => {
    const column = table.columns.find((one) => one.id === id);
    return { id, label: column?.name ?? id, ...(column === undefined ? {} : { hint: typeName(document, column.type) }) };
  };
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
        items={table.columns.map((column) => ({ ...item(column.id), disabled: primary.includes(column.id) }))}
        ticked={columns}
        onChange={setColumns}
      />
      <TextField label="Name of the new table" mono value={name} onChange={setName} />
      <Choices
        title="Rows"
        value={kind}
        onChange={setKind}
        options={[
          { value: 'one-to-one', label: 'One for each row', hint: 'Shares the primary key; good for what few rows have.' },
          { value: 'lookup', label: 'One for many rows, with a number', hint: 'Rows with the same values share one.' },
          { value: 'natural', label: 'One for many rows, by a column', hint: 'Some columns stay and determine the others.' },
        ]}
      />
      {kind === 'lookup' ? (
        <Group title="Its key">
          <Select
            label="Its key"
            value={surrogate}
            options={[
              { value: 'identity', label: `${typeName(document, usualOf(document).types.bigint)}, numbered by the database` },
              { value: 'uuid', label: `${typeName(document, usualOf(document).types.uuid)}, generated at random` },
            ]}
            onValueChange={setSurrogate}
          />
          <Checkbox label="Each combination of values once" checked={unique} onCheckedChange={setUnique} />
        </Group>
      ) : null}
      {kind === 'natural' ? (
        <Ticks title="Columns that stay and determine the others" items={columns.map(item)} ticked={key} onChange={setKey} />
      ) : null}
    </>
  );
}
