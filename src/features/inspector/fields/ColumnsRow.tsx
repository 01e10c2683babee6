import { columnOf, columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { ChipsRow } from './ChipsRow.tsx';

export interface ColumnsRowProps {
  readonly label: string;
  readonly document: Document;
  readonly table: Table;
  readonly columns: readonly Id[];
  readonly onCommit: (columns: readonly Id[]) => string | undefined;
  readonly placeholder?: string;
  readonly hint?: string;
  readonly ordered?: boolean;
  /** At least one must stay; what to say otherwise. */
  readonly required?: string;
}

/** Columns of a table, in order. */
export function ColumnsRow(props: ColumnsRowProps) {
  const { document, table, columns, onCommit, required, ordered = true, ...rest } = props;
  return (
    <ChipsRow
      {...rest}
      ordered={ordered}
      chips={columns.map((id) => ({ id, label: columnOf(document, table, id)?.name ?? '(missing column)' }))}
      choices={columnsOf(document, table).map((column) => ({ id: column.id, label: column.name }))}
      onCommit={(ids) => (required !== undefined && ids.length === 0 ? required : onCommit(ids))}
    />
  );
}
