import { type KeyboardEvent, memo } from 'react';
import type { Column } from '#model/column-types.ts';
import type { Document, Table } from '#model/types.ts';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import type { Cell as Place } from '../logic/grid.ts';
import { type Marks, marksWords } from '../logic/marks.ts';
import { ColumnDetail } from './ColumnDetail.tsx';
import { DefaultEditor, type EditingProps, NameEditor, TypeEditor } from './column-cells.tsx';
import { Cell, type Leave } from './GridCell.tsx';

/** The cells of a row, in order. The default is shown only where there is room. */
export const CELLS = ['marks', 'name', 'type', 'null', 'default'] as const;
export type CellName = (typeof CELLS)[number];

export interface RowEvents {
  readonly onKeyDown: (event: KeyboardEvent, cell: Place) => void;
  readonly onFocus: (cell: Place) => void;
  readonly onEdit: (cell: Place) => void;
  readonly onLeave: (how: Leave, cell: Place) => void;
  readonly onToggleNull: (row: number) => void;
  readonly onExpand: (row: number) => void;
}

export interface ColumnRowProps {
  /** What is around it: given only to a row that is open or edited, as it changes with every edit. */
  readonly around: { readonly document: Document; readonly table: Table } | undefined;
  readonly column: Column;
  /** The column's type as text. */
  readonly type: string;
  readonly marks: Marks | undefined;
  readonly row: number;
  readonly wide: boolean;
  /** Column of the focused cell when it is in this row. */
  readonly focusCol: number | undefined;
  /** Column of the cell being edited when it is in this row, and what was typed to begin. */
  readonly editing: { readonly col: number; readonly text: string | undefined } | undefined;
  readonly selected: boolean;
  readonly expanded: boolean;
  readonly events: RowEvents;
}

const EDITORS: { readonly [N in CellName]?: (props: EditingProps) => React.JSX.Element } = {
  name: NameEditor,
  type: TypeEditor,
  default: DefaultEditor,
};

export function MarkIcons({ marks }: { readonly marks: Marks | undefined }) {
  if (marks?.primary === true) return <Icon name="KeyRound" size={14} className="mx-auto text-warn" />;
  if (marks?.foreign === true) return <Icon name="Link" size={14} className="mx-auto text-accent" />;
  if (marks?.unique === true) return <Icon name="Diamond" size={14} className="mx-auto text-ink-2" />;
  if (marks?.indexed === true) return <Icon name="ListOrdered" size={14} className="mx-auto text-ink-3" />;
  return null;
}

function defaultWords(column: Column): string {
  if (column.identity !== undefined) return 'identity';
  if (column.generated !== undefined) return `= ${column.generated.expression}`;
  return column.default?.sql ?? '';
}

function content(name: CellName, props: ColumnRowProps) {
  const { column, marks, type } = props;
  switch (name) {
    case 'marks':
      return <MarkIcons marks={marks} />;
    case 'name':
      return <span className={cx(marks?.primary === true && 'font-semibold', column.nullable && 'text-ink-2')}>{column.name}</span>;
    case 'type':
      return <span className="text-ink-2">{type}</span>;
    case 'null':
      return (
        <span
          aria-hidden
          className={cx(
            'mx-auto grid size-3.5 place-items-center rounded-[3px] border',
            column.nullable ? 'border-ink-3' : 'border-accent bg-accent text-accent-ink',
          )}
        >
          {column.nullable ? null : <Icon name="Check" size={10} />}
        </span>
      );
    case 'default':
      return <span className="text-ink-3">{defaultWords(column)}</span>;
  }
}

function cellLabel(name: CellName, { column, marks }: ColumnRowProps): string | undefined {
  if (name === 'marks') return `${column.name}: ${marksWords(marks)}`;
  if (name === 'null') return `${column.name}: ${column.nullable ? 'may be null' : 'not null'}`;
  if (name === 'default' && defaultWords(column) === '') return 'no default';
  return undefined;
}

/** One column as a row of the grid, and its detail when it is open. */
export const ColumnRow = memo(function ColumnRow(props: ColumnRowProps) {
  const { around, column, row, wide, focusCol, editing, selected, expanded, events } = props;
  const names = wide ? CELLS : CELLS.slice(0, 4);
  return (
    <>
      <tr
        aria-rowindex={row + 2}
        aria-selected={selected}
        className={cx('text-[12.5px]', selected ? 'bg-accent-soft' : 'hover:bg-sunken')}
      >
        {names.map((name, col) => {
          const Editor = editing?.col === col ? EDITORS[name] : undefined;
          const place = { row, col };
          return (
            <Cell
              key={name}
              row={row}
              col={col}
              focused={focusCol === col}
              mono={name === 'type' || name === 'default'}
              className={name === 'null' || name === 'marks' ? 'px-0' : ''}
              {...(cellLabel(name, props) === undefined ? {} : { label: cellLabel(name, props) as string })}
              onKeyDown={(event) => events.onKeyDown(event, place)}
              onFocus={() => events.onFocus(place)}
              onEdit={() => events.onEdit(place)}
              {...(name === 'null' ? { onClick: () => events.onToggleNull(row) } : {})}
              {...(name === 'marks' ? { onClick: () => events.onExpand(row) } : {})}
              editor={
                Editor === undefined || around === undefined ? undefined : (
                  <Editor {...around} column={column} initial={editing?.text} onLeave={(how) => events.onLeave(how, place)} />
                )
              }
            >
              {content(name, props)}
            </Cell>
          );
        })}
      </tr>
      {expanded && around !== undefined ? (
        <tr>
          <td colSpan={names.length} className="pb-1.5">
            <div className="flex min-w-0 flex-col gap-1.5 rounded-md bg-sunken/60 px-2.5 py-2">
              <ColumnDetail {...around} column={column} />
            </div>
          </td>
        </tr>
      ) : null}
    </>
  );
});
