import { useId, useState } from 'react';
import type { Table } from '#model/types.ts';
import { Button } from '#ui/Button.tsx';
import { edit, now } from '../edit.ts';
import { FieldRow, noteId } from '../fields/FieldRow.tsx';
import { INPUT, MONO } from '../fields/styles.ts';
import { partitionName, usualBound } from '../logic/partitions.ts';

/** Adds a partition by its bound. */
export function AddPartition({ table }: { readonly table: Table }) {
  const id = useId();
  const [bound, setBound] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
  const add = () => {
    const sql = bound.trim();
    if (sql === '') return setProblem('Say which rows it holds, such as the text shown.');
    const { tables } = now();
    const taken = new Set(
      Object.values(tables)
        .filter((one) => one.schema === table.schema)
        .map((one) => one.name),
    );
    const name = partitionName(table, taken);
    const why = edit({
      name: 'addTable',
      args: { table: { name, schema: table.schema, partitionOf: { parent: table.id, bound: sql } } },
    });
    setProblem(why);
    if (why === undefined) setBound('');
  };
  return (
    <FieldRow label="New partition" id={id} problem={problem}>
      <div className="flex min-w-0 gap-1">
        <input
          id={id}
          className={`${INPUT} ${MONO} h-7 flex-1`}
          value={bound}
          placeholder={usualBound(table)}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : noteId(id)}
          onChange={(event) => setBound(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && add()}
        />
        <Button size="md" icon="Plus" onClick={add}>
          Add
        </Button>
      </div>
    </FieldRow>
  );
}
