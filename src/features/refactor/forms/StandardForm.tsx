import { useState } from 'react';
import { TRAITS } from '#engine/dialects/base/traits.ts';
import type { Column } from '#model/column-types.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { New } from '#model/patch.ts';
import type { Document, Id } from '#model/types.ts';
import { usualOf } from '#model/usual-types.ts';
import { Checkbox } from '#ui/Checkbox.tsx';
import { standardColumns } from '../standard.ts';
import { tablesOf } from '../subject.ts';
import { Group, Ticks, tableLabel } from './parts.tsx';
import { type FormProps, useAsk } from './types.ts';

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
  const standard = standardColumns(document);
  const { triggersCallFunctions, partialIndexes } = TRAITS[document.settings['settings']?.dialect ?? 'postgresql'];
  const columns = standard.filter(({ column }) => names.includes(column.name)).map(({ column }) => column);
  const ready = tables.length > 0 && columns.length > 0;
  const soft = partialIndexes === true && names.includes('deleted_at');
  const touching = triggersCallFunctions === true && names.includes('updated_at');
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
        items={standard.map(({ column, hint }) => ({ id: column.name, label: column.name, hint }))}
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
