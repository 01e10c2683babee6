import { memo } from 'react';
import { CELLS, type CellName, type ColumnGridModel, EDITORS } from '#features/columns/index.ts';
import type { Column } from '#model/column-types.ts';
import type { Document, Table } from '#model/types.ts';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import { type Marks, marksWords } from '../logic/marks.ts';
import { ColumnDetail } from './ColumnDetail.tsx';
import { Cell } from './GridCell.tsx';

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
  readonly editCol: number | undefined;
  readonly begin: string | undefined;
  readonly selected: boolean;
  readonly expanded: boolean;
  readonly grid: ColumnGridModel;
}

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

function RowCell({ name, col, props }: { readonly name: CellName; readonly col: number; readonly props: ColumnRowProps }) {
  const { around, column, row, focusCol, editCol, begin, grid } = props;
  const Editor = editCol === col ? EDITORS[name] : undefined;
  const place = { row, col };
  return (
    <Cell
      row={row}
      col={col}
      focused={focusCol === col}
      mono={name === 'type' || name === 'default'}
      className={name === 'null' || name === 'marks' ? 'px-0' : ''}
      label={cellLabel(name, props)}
      onKeyDown={(event) => grid.onKeyDown(event, place)}
      onFocus={() => grid.onFocus(place)}
      onEdit={() => grid.edit(place)}
      onClick={({ shiftKey, ctrlKey, metaKey }) => {
        if (shiftKey || ctrlKey || metaKey) return;
        if (name === 'null') grid.toggle(row);
        else if (name === 'marks') grid.options.onExpand?.(column.id);
      }}
      {...(Editor === undefined || around === undefined
        ? {}
        : {
            editor: <Editor table={around.table} column={column} begin={begin} onLeave={(how) => grid.onLeave(how, place)} />,
          })}
    >
      {content(name, props)}
    </Cell>
  );
}

/** One column as a row of the grid, and its detail when it is open. */
export const ColumnRow = memo(function ColumnRow(props: ColumnRowProps) {
  const { around, column, row, wide, selected, expanded, grid } = props;
  const names = wide ? CELLS : CELLS.slice(0, 4);
  return (
    <>
      <tr
        aria-rowindex={row + 2}
        aria-selected={selected}
        className={cx('text-[12.5px]', selected ? 'bg-accent-soft' : 'hover:bg-sunken')}
        onMouseDown={(event) => {
          const { shiftKey: shift } = event;
          const mod = event.ctrlKey || event.metaKey;
          if ((!shift && !mod) || event.button !== 0 || event.target instanceof HTMLInputElement) return;
          event.preventDefault();
          grid.pick(row, { shift, mod });
        }}
      >
        {names.map((name, col) => (
          <RowCell key={name} name={name} col={col} props={props} />
        ))}
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
