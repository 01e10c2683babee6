import { useEffect, useMemo, useState } from 'react';
import { CELLS, type ColumnGridModel, GhostEditor, NAME_COL, rowOfColumn, useColumnGrid } from '#features/columns/index.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { Icon } from '#ui/Icon.tsx';
import { marksOf } from '../logic/marks.ts';
import { typeText } from '../logic/type-text.ts';
import { useWidth } from '../use-width.ts';
import { ColumnRow } from './ColumnRow.tsx';
import { Cell } from './GridCell.tsx';

export interface ColumnGridProps {
  readonly document: Document;
  readonly table: Table;
  /** The column the selection names last. */
  readonly part: Id | undefined;
  /** All columns the selection names. */
  readonly parts: readonly Id[];
}

/** The row in which a new column is typed: a click or a letter begins one. */
function GhostRow({ grid, table }: { readonly grid: ColumnGridModel; readonly table: Table }) {
  const row = grid.ghost;
  const place = { row, col: NAME_COL };
  const here = grid.cell.row === row;
  const editing = here ? grid.editing : undefined;
  return (
    <tr aria-rowindex={row + 2} className="text-[12.5px] text-ink-3 hover:bg-sunken">
      <td aria-hidden className="h-7 p-0">
        <Icon name="Plus" size={14} className="mx-auto" />
      </td>
      <Cell
        row={row}
        col={NAME_COL}
        span={grid.options.cols - 1}
        focused={here}
        label="New column"
        className="cursor-text"
        onKeyDown={(event) => grid.onKeyDown(event, place)}
        onFocus={() => grid.onFocus(place)}
        onClick={() => grid.edit(place)}
        {...(editing === undefined
          ? {}
          : {
              editor: (
                <GhostEditor
                  key={`${table.columns.length}/${grid.below ?? ''}`}
                  table={table}
                  below={grid.below}
                  begin={editing.text}
                  onAdded={(ids) => grid.onAdded(ids)}
                  onLeave={(how) => grid.onLeave(how, place)}
                />
              ),
            })}
      >
        Add a column
      </Cell>
    </tr>
  );
}

/** Brings the row that others select into sight, unless the grid has the focus itself. */
function useShown(grid: ColumnGridModel, part: Id | undefined): void {
  useEffect(() => {
    if (part === undefined) return;
    if (grid.root.current?.contains(document.activeElement) === true) return;
    grid.show(part);
    grid.root.current?.querySelector(`[data-column="${CSS.escape(part)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [grid, part]);
}

/** The columns of a table as a grid for mouse and keyboard. */
export function ColumnGrid({ document, table, part, parts }: ColumnGridProps) {
  const [frame, width] = useWidth();
  const wide = width >= 430;
  const cols = wide ? CELLS.length : CELLS.length - 1;
  const [opened, setOpened] = useState<ReadonlySet<Id>>(new Set());
  const start = table.columns.some(({ id }) => id === part) ? part : table.columns[0]?.id;
  const grid = useColumnGrid({
    table,
    cols,
    start: { column: start, col: NAME_COL },
    onExpand: (id) => setOpened((old) => (old.has(id) ? new Set([...old].filter((one) => one !== id)) : new Set([...old, id]))),
  });
  useShown(grid, part);
  const marks = useMemo(() => marksOf(document, table), [document, table]);
  const { cell, editing, ghost } = grid;
  const rows = table.columns.map((column, at) => {
    const row = rowOfColumn(at, ghost);
    const here = cell.row === row;
    return (
      <ColumnRow
        key={column.id}
        around={opened.has(column.id) || (here && editing !== undefined) ? { document, table } : undefined}
        column={column}
        type={typeText(document, column.type, table.schema)}
        marks={marks.get(column.id)}
        row={row}
        wide={wide}
        focusCol={here ? cell.col : undefined}
        editCol={here && editing !== undefined ? cell.col : undefined}
        begin={here ? editing?.text : undefined}
        selected={parts.includes(column.id)}
        expanded={opened.has(column.id)}
        grid={grid}
      />
    );
  });
  rows.splice(ghost, 0, <GhostRow key="ghost" grid={grid} table={table} />);
  return (
    <div ref={frame} className="min-w-0" onCopy={(event) => grid.onCopy(event)} onPaste={(event) => grid.onPaste(event)}>
      <table
        ref={(node) => {
          grid.root.current = node;
        }}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells take the focus and are edited is a grid
        role="grid"
        aria-label={`Columns of ${table.name}`}
        aria-multiselectable
        aria-rowcount={table.columns.length + 2}
        aria-colcount={cols}
        className="w-full table-fixed border-collapse"
      >
        <GridHead wide={wide} />
        <tbody>{rows}</tbody>
      </table>
    </div>
  );
}

function GridHead({ wide }: { readonly wide: boolean }) {
  const head = 'truncate px-1.5 text-left text-[11px] leading-5 font-normal text-ink-3';
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" className="w-6.5">
          <span className="sr-only">Keys</span>
        </th>
        <th scope="col" className={head}>
          Name
        </th>
        <th scope="col" className={`${head} ${wide ? 'w-[32%]' : 'w-[42%]'}`}>
          Type
        </th>
        <th scope="col" className="w-7.5 text-center text-[11px] leading-5 font-normal text-ink-3" title="Not null">
          <abbr title="Not null" className="no-underline">
            NN
          </abbr>
        </th>
        {wide ? (
          <th scope="col" className={`${head} w-[24%]`}>
            Default
          </th>
        ) : null}
      </tr>
    </thead>
  );
}
