import { completeType, typeText, usualDefaults } from '#features/inspector/index.ts';
import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import type { Id, Table } from '#model/types.ts';
import { documentStore } from '#state/document.ts';
import { checkExpression } from '#state/expressions.ts';
import { CellInput } from './CellInput.tsx';
import { addTyped, defaultTyped, nameTyped, typeTyped } from './commands.ts';
import { type Completion, completeColumn } from './complete.ts';
import type { CellName, Leave } from './grid.ts';
import { pasteColumns } from './paste.ts';
import type { TypedProblem } from './resolve.ts';

interface EditorProps {
  readonly table: Table;
  /** What was typed to begin; absent = the value stands there, selected. */
  readonly begin?: string | undefined;
  readonly className?: string;
  readonly onLeave: (how: Leave) => void;
}

export interface ColumnEditorProps extends EditorProps {
  readonly column: Column;
}

const now = () => documentStore.getState().document;

function completeName(table: Id, text: string, caret: number): Completion {
  const record = recordIn(now(), 'tables', table);
  return record === undefined ? { start: 0, end: 0, options: [] } : completeColumn(now(), record, text, caret);
}

function NameEditor({ table, column, ...rest }: ColumnEditorProps) {
  return (
    <CellInput
      {...rest}
      label={`Name of column ${column.name}`}
      value={column.name}
      complete={(text, caret) => (text === column.name ? { start: 0, end: 0, options: [] } : completeName(table.id, text, caret))}
      commit={(text, taking) => nameTyped(table.id, column.id, text, taking)}
      onPasteMany={(text) => pasteColumns(table.id, text, column.id)}
    />
  );
}

function TypeEditor({ table, column, ...rest }: ColumnEditorProps) {
  const value = typeText(now(), column.type, table.schema);
  return (
    <CellInput
      {...rest}
      label={`Type of column ${column.name}`}
      value={value}
      mono
      complete={(text) => ({
        start: 0,
        end: text.length,
        options: completeType(now(), text === value ? '' : text, table.schema, 40),
      })}
      commit={(text, taking) => typeTyped(table.id, column.id, text, taking)}
    />
  );
}

/** What is wrong with a default, in the parser's words. */
async function defaultProblem(text: string): Promise<string | undefined> {
  const found = await checkExpression(text, 'expression');
  return found === undefined
    ? undefined
    : `${found.message[0]?.toUpperCase() ?? ''}${found.message.slice(1)}: mend it or press Escape.`;
}

function DefaultEditor({ table, column, ...rest }: ColumnEditorProps) {
  const usual = usualDefaults(typeText(now(), column.type, table.schema), now().settings['settings']?.dialect);
  const type = column.type.kind === 'custom' ? recordIn(now(), 'types', column.type.type) : undefined;
  const values = type?.kind === 'enum' ? type.values.map((one) => `'${one.replaceAll("'", "''")}'`) : [];
  const value = column.default?.sql ?? '';
  return (
    <CellInput
      {...rest}
      label={`Default of column ${column.name}`}
      value={value}
      mono
      complete={(text) => {
        const query = text === value ? '' : text.toLowerCase();
        const fits = [...values, ...usual].filter((one) => one.toLowerCase().includes(query) && one !== text);
        return { start: 0, end: text.length, options: fits.map((one) => ({ text: one })) };
      }}
      commit={(text) => defaultTyped(table.id, column.id, text)}
      check={defaultProblem}
    />
  );
}

/** The editor of a cell that is typed into. */
export const EDITORS: { readonly [N in CellName]?: (props: ColumnEditorProps) => React.JSX.Element } = {
  name: NameEditor,
  type: TypeEditor,
  default: DefaultEditor,
};

export interface GhostEditorProps extends EditorProps {
  /** The column the new one comes after; absent = at the end. */
  readonly below?: Id | undefined;
  /** Called with the new columns before the cell is left. */
  readonly onAdded: (ids: readonly Id[]) => void;
}

/** The ghost row's one cell: a name begins a column, and a line of shorthand is a whole one. */
export function GhostEditor({ table, below, onAdded, ...rest }: GhostEditorProps) {
  return (
    <CellInput
      {...rest}
      label="New column"
      value=""
      placeholder="name type! -> table"
      complete={(text, caret) => completeName(table.id, text, caret)}
      commit={(text, taking): TypedProblem | undefined => {
        if (text.trim() === '') return undefined;
        const added = addTyped(table.id, text, below, taking);
        if (!added.ok) return added.problem;
        onAdded(added.value);
        return undefined;
      }}
      onPasteMany={(text) => pasteColumns(table.id, text, below)}
    />
  );
}
