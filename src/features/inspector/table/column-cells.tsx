import type { Column } from '#model/column-types.ts';
import type { Document, Table } from '#model/types.ts';
import { setPart } from '../edit.ts';
import { useField } from '../fields/use-field.ts';
import { useTypeField } from '../fields/use-type-field.ts';
import { readDefault, usualDefaults } from '../logic/default-text.ts';
import { completeType } from '../logic/type-completion.ts';
import { typeText } from '../logic/type-text.ts';
import { rename } from '../name.ts';
import { CellEditor, type Leave } from './GridCell.tsx';

export interface EditingProps {
  readonly document: Document;
  readonly table: Table;
  readonly column: Column;
  /** What was typed to begin; absent = the value stands there, selected. */
  readonly initial: string | undefined;
  readonly onLeave: (how: Leave) => void;
}

const NOTHING = () => [];

export function NameEditor({ table, column, initial, onLeave }: EditingProps) {
  const others = () => table.columns.filter((one) => one.id !== column.id).map((one) => one.name);
  const field = useField(column.name, (text) => rename({ record: table.id, part: column.id }, text, others()), false, initial);
  return (
    <CellEditor
      label={`Name of column ${column.name}`}
      field={field}
      typed={initial !== undefined}
      suggest={NOTHING}
      onLeave={onLeave}
    />
  );
}

export function TypeEditor({ document, table, column, initial, onLeave }: EditingProps) {
  const value = typeText(document, column.type, table.schema);
  const field = useTypeField(document, value, table.schema, (type) => setPart(table.id, 'columns', column.id, { type }), initial);
  const suggest = (text: string) => completeType(document, text === value ? '' : text, table.schema);
  return (
    <CellEditor
      label={`Type of column ${column.name}`}
      field={field}
      typed={initial !== undefined}
      mono
      suggest={suggest}
      onLeave={onLeave}
    />
  );
}

export function DefaultEditor({ document, table, column, initial, onLeave }: EditingProps) {
  const set = (text: string) => setPart(table.id, 'columns', column.id, { default: readDefault(text) ?? null });
  const field = useField(column.default?.sql ?? '', set, false, initial);
  const usual = usualDefaults(typeText(document, column.type, table.schema));
  const suggest = (text: string) => usual.filter((one) => one.startsWith(text) && one !== text).map((one) => ({ text: one }));
  return (
    <CellEditor
      label={`Default of column ${column.name}`}
      field={field}
      typed={initial !== undefined}
      mono
      suggest={suggest}
      onLeave={onLeave}
    />
  );
}
