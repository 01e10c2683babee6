import { useState } from 'react';
import { freeName } from '#model/commands/lookup.ts';
import { linksToKey } from '#model/commands/refactor/surrogate-key.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Table } from '#model/types.ts';
import { usualOf } from '#model/usual-types.ts';
import { Checkbox } from '#ui/Checkbox.tsx';
import { TextField } from '#ui/TextField.tsx';
import { tablesOf } from '../subject.ts';
import { Choices, TableChoice } from './parts.tsx';
import { type FormProps, useAsk } from './types.ts';

function nameFor(table: Table | undefined): string {
  return freeName('id', (name) => table?.columns.some((column) => column.name === name) === true);
}

/** What kind of key, and whether foreign keys follow it. */
export function SurrogateForm({ document, selection, onAsk }: FormProps) {
  const tables = tablesOf(document, selection);
  const [tableId, setTable] = useState(tables[0]?.id ?? '');
  const table = tables.find((one) => one.id === tableId);
  const [key, setKey] = useState<'identity' | 'uuid'>('identity');
  const [name, setName] = useState(() => nameFor(table));
  const [repoint, setRepoint] = useState(false);
  const links = table === undefined ? [] : linksToKey(document, table);
  const { types } = usualOf(document);
  const ready = table !== undefined && name.trim() !== '';
  useAsk(ready ? { kind: 'surrogate', table: table.id, key, name: name.trim(), repoint } : undefined, onAsk);
  return (
    <>
      <TableChoice
        title="Table"
        document={document}
        tables={tables}
        value={tableId}
        onChange={(next) => {
          setTable(next);
          setName(nameFor(tables.find((one) => one.id === next)));
        }}
      />
      <Choices
        title="Key"
        value={key}
        onChange={setKey}
        options={[
          {
            value: 'identity',
            label: `${typeName(document, types.bigint)}, numbered by the database`,
            hint: 'Small and in order of insertion.',
          },
          {
            value: 'uuid',
            label: `${typeName(document, types.uuid)}, generated at random`,
            hint: 'Unique everywhere, and tells nothing.',
          },
        ]}
      />
      <TextField label="Name of the column" mono value={name} onChange={setName} />
      {links.length === 0 ? null : (
        <Checkbox
          label={`Lead ${links.length === 1 ? 'the foreign key' : `the ${links.length} foreign keys`} to it`}
          checked={repoint}
          onCheckedChange={setRepoint}
        />
      )}
    </>
  );
}
