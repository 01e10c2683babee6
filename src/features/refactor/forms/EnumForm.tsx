import { useState } from 'react';
import { freeName } from '#model/commands/lookup.ts';
import type { Document, EnumType } from '#model/types.ts';
import { Select } from '#ui/Select.tsx';
import { TextField } from '#ui/TextField.tsx';
import { plural } from '../names/words.ts';
import { enumsOf } from '../subject.ts';
import { Group } from './parts.tsx';
import { type FormProps, useAsk } from './types.ts';

function nameFor(document: Document, type: EnumType | undefined): string {
  if (type === undefined) return '';
  const records = [document.tables, document.views, document.sequences, document.types].flatMap((all) => Object.values(all));
  return freeName(plural(type.name), (name) => records.some((one) => one.schema === type.schema && one.name === name));
}

/** Which enum, and what its table is called. */
export function EnumForm({ document, selection, onAsk }: FormProps) {
  const enums = enumsOf(document, selection);
  const [typeId, setType] = useState(enums[0]?.id ?? '');
  const type = enums.find((one) => one.id === typeId);
  const [name, setName] = useState(() => nameFor(document, type));
  const ready = type !== undefined && name.trim() !== '';
  useAsk(ready ? { kind: 'enumToLookup', type: type.id, name: name.trim() } : undefined, onAsk);
  return (
    <>
      <Group title="Enum">
        <Select
          label="Enum"
          value={typeId}
          options={enums.map((one) => ({ value: one.id, label: one.name, hint: `${one.values.length} values` }))}
          onValueChange={(next) => {
            setType(next);
            setName(
              nameFor(
                document,
                enums.find((one) => one.id === next),
              ),
            );
          }}
        />
        <p className="text-xs leading-[18px] text-ink-2">{type?.values.join(', ')}</p>
      </Group>
      <TextField label="Name of the table" mono value={name} onChange={setName} />
      <p className="text-xs leading-[18px] text-ink-3">
        Columns of the type hold the code itself, so that values, defaults and queries stay as they are.
      </p>
    </>
  );
}
