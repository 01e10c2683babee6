import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Document, Id, Table } from '#model/types.ts';
import { select, viewStore } from '#state/view.ts';
import { gridIntent, type Cell as Place } from '../logic/grid.ts';
import { marksOf } from '../logic/marks.ts';
import { typeText } from '../logic/type-text.ts';
import { useWidth } from '../use-width.ts';
import { CELLS, ColumnRow, type RowEvents } from './ColumnRow.tsx';
import { addColumnAt, askDeleteColumn, moveColumn, toggleMark } from './column-edits.ts';

export interface ColumnGridProps {
  readonly document: Document;
  readonly table: Table;
  /** The column the selection names. */
  readonly part: Id | undefined;
}

interface Editing {
  readonly cell: Place;
  readonly text: string | undefined;
}

/** Milliseconds in which a dialog that was answered has left. */
const DIALOG_GONE = 60;

const KIND = { marks: 'mark', name: 'text', type: 'text', null: 'flag', default: 'text' } as const;

function follow(table: Table, row: number): void {
  const column = table.columns[row];
  if (column === undefined) return;
  const { selection } = viewStore.getState();
  const only = selection.length === 1 ? selection[0] : undefined;
  if (only?.record !== table.id || only.part !== column.id) select([{ record: table.id, part: column.id }]);
}

/** State of the grid: where the focus is, what is being edited, which rows are open. */
function useGrid(table: Table, part: Id | undefined, cols: number) {
  const selectedRow = table.columns.findIndex((column) => column.id === part);
  const [focus, setFocus] = useState<Place>({ row: Math.max(0, selectedRow), col: 1 });
  const [editing, setEditing] = useState<Editing | undefined>();
  const [opened, setOpened] = useState<ReadonlySet<Id>>(new Set());
  const root = useRef<HTMLTableElement>(null);
  const wanted = useRef<Place | undefined>(undefined);
  const deleting = useRef<{ readonly rows: number; readonly cell: Place } | undefined>(undefined);
  useEffect(() => {
    if (deleting.current !== undefined && table.columns.length < deleting.current.rows) {
      const { row, col } = deleting.current.cell;
      const place = `${Math.min(row, table.columns.length - 1)}:${col}`;
      deleting.current = undefined;
      // The dialog that asked keeps the focus until it is gone, and gives it back to a cell that is gone too.
      setTimeout(() => root.current?.querySelector<HTMLElement>(`[data-cell="${place}"]`)?.focus(), DIALOG_GONE);
    }
    if (wanted.current === undefined || editing !== undefined) return;
    const { row, col } = wanted.current;
    const cell = root.current?.querySelector<HTMLElement>(`[data-cell="${row}:${Math.min(col, cols - 1)}"]`);
    if (cell === null || cell === undefined) return;
    wanted.current = undefined;
    cell.focus();
  });
  const [followed, setFollowed] = useState(part);
  if (part !== followed) {
    setFollowed(part);
    if (selectedRow >= 0 && selectedRow !== focus.row) setFocus({ row: selectedRow, col: focus.col });
  }
  useEffect(() => {
    if (selectedRow < 0 || root.current?.contains(document.activeElement) === true) return;
    root.current?.querySelector(`[data-cell="${selectedRow}:1"]`)?.scrollIntoView({ block: 'nearest' });
  }, [selectedRow]);
  const go = useCallback((place: Place) => {
    wanted.current = place;
    setFocus(place);
    setEditing(undefined);
  }, []);
  return { focus, setFocus, editing, setEditing, opened, setOpened, root, go, deleting };
}

/** The columns of a table as a grid for mouse and keyboard. */
export function ColumnGrid({ document, table, part }: ColumnGridProps) {
  const [frame, width] = useWidth();
  const wide = width >= 430;
  const cols = wide ? CELLS.length : CELLS.length - 1;
  const { focus, setFocus, editing, setEditing, opened, setOpened, root, go, deleting } = useGrid(table, part, cols);
  const marks = useMemo(() => marksOf(document, table), [document, table]);
  const latest = useRef({ table, cols, opened });
  latest.current = { table, cols, opened };

  const events = useMemo<RowEvents>(() => {
    const toggle = (row: number) => {
      const id = latest.current.table.columns[row]?.id;
      if (id === undefined) return;
      const next = new Set(latest.current.opened);
      if (!next.delete(id)) next.add(id);
      setOpened(next);
    };
    const add = (below: number) => {
      if (addColumnAt(latest.current.table, below + 1) === undefined) return;
      setFocus({ row: below + 1, col: 1 });
      setEditing({ cell: { row: below + 1, col: 1 }, text: undefined });
    };
    return {
      onExpand: toggle,
      onFocus(cell) {
        setFocus(cell);
        follow(latest.current.table, cell.row);
      },
      onEdit(cell) {
        const name = CELLS[cell.col];
        if (name !== undefined && KIND[name] === 'text') setEditing({ cell, text: undefined });
      },
      onToggleNull: (row) => toggleMark(latest.current.table.id, latest.current.table.columns[row]?.id, 'mandatory'),
      onLeave(how, { row, col }) {
        setEditing(undefined);
        const { table: now, cols: width } = latest.current;
        if (how === 'down') go({ row: Math.min(now.columns.length - 1, row + 1), col });
        else if (how === 'stay') go({ row, col });
        else if (how === 'next') setEditing(nextText(row, col, 1, width, now.columns.length));
        else if (how === 'previous') setEditing(nextText(row, col, -1, width, now.columns.length));
      },
      onKeyDown(event: KeyboardEvent, cell: Place) {
        const { table: now, cols: width } = latest.current;
        const column = now.columns[cell.row];
        const name = CELLS[cell.col];
        if (column === undefined || name === undefined || event.nativeEvent.isComposing) return;
        const pressed = { key: event.key, mod: event.ctrlKey || event.metaKey, alt: event.altKey, shift: event.shiftKey };
        const intent = gridIntent(pressed, cell, { rows: now.columns.length, cols: width }, KIND[name]);
        if (intent === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        if (intent.does === 'focus') go(intent.cell);
        else if (intent.does === 'edit') setEditing({ cell, text: intent.text });
        else if (intent.does === 'toggle') toggleMark(now.id, column.id, 'mandatory');
        else if (intent.does === 'mark') toggleMark(now.id, column.id, intent.mark);
        else if (intent.does === 'move') {
          const to = cell.row + intent.by;
          if (to >= 0 && to < now.columns.length && moveColumn(now.id, column.id, to)) go({ row: to, col: cell.col });
        } else if (intent.does === 'add') add(cell.row);
        else if (intent.does === 'delete') {
          deleting.current = { rows: now.columns.length, cell };
          askDeleteColumn(now.id, column.id);
        } else toggle(cell.row);
      },
    };
  }, [go, setEditing, setFocus, setOpened, deleting]);

  const last = table.columns.length - 1;
  return (
    <div ref={frame} className="min-w-0">
      <table
        ref={root}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells take the focus and are edited is a grid
        role="grid"
        aria-label={`Columns of ${table.name}`}
        aria-rowcount={table.columns.length + 1}
        aria-colcount={cols}
        className="w-full table-fixed border-collapse"
      >
        <GridHead wide={wide} />
        <tbody>
          {table.columns.map((column, row) => (
            <ColumnRow
              key={column.id}
              around={opened.has(column.id) || editing?.cell.row === row ? { document, table } : undefined}
              column={column}
              type={typeText(document, column.type, table.schema)}
              marks={marks.get(column.id)}
              row={row}
              wide={wide}
              focusCol={Math.min(focus.row, last) === row ? Math.min(focus.col, cols - 1) : undefined}
              editing={editing?.cell.row === row ? { col: editing.cell.col, text: editing.text } : undefined}
              selected={column.id === part}
              expanded={opened.has(column.id)}
              events={events}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The next or previous cell of text, over the ends of rows. Undefined at either end of the grid. */
function nextText(row: number, col: number, by: 1 | -1, cols: number, rows: number): Editing | undefined {
  let at = row * cols + col + by;
  for (; at >= 0 && at < rows * cols; at += by) {
    const name = CELLS[at % cols];
    if (name !== undefined && KIND[name] === 'text')
      return { cell: { row: Math.floor(at / cols), col: at % cols }, text: undefined };
  }
  return undefined;
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
