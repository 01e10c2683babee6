import { useId, useState } from 'react';
import { seededValues } from '#engine/refactor/seed.ts';
import { freeName } from '#model/commands/lookup.ts';
import { singular } from '#model/derive/foreign-key-columns.ts';
import type { Document, Table } from '#model/types.ts';
import { Select } from '#ui/Select.tsx';
import { TextField } from '#ui/TextField.tsx';
import { lookups } from '../subject.ts';
import { Group, tableLabel } from './parts.tsx';
import { type FormProps, useAsk } from './types.ts';

/** Values that the model knows of the table: of the statement that fills it, or of a check that lists them. */
function knownValues(document: Document, table: Table | undefined): readonly string[] {
  if (table === undefined) return [];
  const seeds = Object.values(document.verbatim).filter((one) => one.about === table.id);
  const seeded = seeds.flatMap((one) => [...seededValues(one.sql)]);
  if (seeded.length > 0) return seeded;
  const listed = table.checks.map((check) => /\bIN\s*\(([^)]*)\)/i.exec(check.expression)?.[1]).find((one) => one !== undefined);
  return [...(listed ?? '').matchAll(/'((?:[^']|'')*)'/g)].map((found) => (found[1] ?? '').replaceAll("''", "'"));
}

function nameFor(document: Document, table: Table | undefined): string {
  if (table === undefined) return '';
  const taken = (name: string) =>
    [...Object.values(document.types), ...Object.values(document.tables)].some(
      (one) => one.schema === table.schema && one.name === name,
    );
  return freeName(singular(table.name), taken);
}

/** Which table, and its values: the model holds no rows, so a person says them. */
export function LookupForm({ document, selection, onAsk }: FormProps) {
  const tables = lookups(document, selection);
  const [tableId, setTable] = useState(tables[0]?.id ?? '');
  const table = tables.find((one) => one.id === tableId);
  const [name, setName] = useState(() => nameFor(document, table));
  const [text, setText] = useState(() => knownValues(document, table).join('\n'));
  const values = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  const ready = table !== undefined && name.trim() !== '' && values.length > 0;
  useAsk(ready ? { kind: 'lookupToEnum', table: table.id, name: name.trim(), values } : undefined, onAsk);
  const id = useId();
  return (
    <>
      <Group title="Lookup table">
        <Select
          label="Lookup table"
          value={tableId}
          options={tables.map((one) => ({ value: one.id, label: tableLabel(document, one) }))}
          onValueChange={(next) => {
            const other = tables.find((one) => one.id === next);
            setTable(next);
            setName(nameFor(document, other));
            setText(knownValues(document, other).join('\n'));
          }}
        />
      </Group>
      <TextField label="Name of the type" mono value={name} onChange={setName} />
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="text-xs text-ink-2">
          Values, one on each line, in their order
        </label>
        <textarea
          id={id}
          rows={8}
          spellCheck={false}
          className="resize-y rounded-md border border-line-strong bg-sunken px-2 py-1.5 font-mono text-xs leading-5 outline-none focus:border-accent focus:bg-surface focus:ring-1 focus:ring-accent"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <p className="text-xs leading-4 text-ink-3">The model holds no rows: say which codes the table holds.</p>
      </div>
    </>
  );
}
