import type { Document, Id } from '#model/types.ts';
import { type EditedCollection, setRecord } from '../edit.ts';
import { SelectRow } from '../fields/SelectRow.tsx';

export interface SchemaRowProps {
  readonly document: Document;
  readonly collection: EditedCollection;
  readonly record: { readonly id: Id; readonly schema: Id };
}

/** The schema an object lives in. */
export function SchemaRow({ document, collection, record }: SchemaRowProps) {
  const options = Object.values(document.schemas)
    .map((schema) => ({ value: schema.id, label: schema.name }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <SelectRow
      label="Schema"
      value={record.schema}
      options={options}
      onCommit={(schema) => setRecord(collection, record.id, { schema } as never)}
    />
  );
}
