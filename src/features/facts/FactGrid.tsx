import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useId, useRef, useState } from 'react';
import { cx } from '#ui/cx.ts';
import { FactCellView } from './FactCellView.tsx';
import { gridKeys } from './grid-keys.ts';
import type { Place } from './grid-moves.ts';
import type { FactGridProps, GridColumn, GridRow } from './grid-types.ts';
import { useGridEdits } from './use-grid-edits.ts';

const HEIGHT = 28;

/** Scrolls sideways so that a cell is in sight beside the names. */
function showColumn<K extends string>(box: HTMLElement | null, columns: readonly GridColumn<K>[], at: number, names: number): void {
  if (box === null) return;
  const left = columns.slice(0, at).reduce((sum, one) => sum + one.width, 0);
  const right = left + (columns[at]?.width ?? 0) + names;
  if (left < box.scrollLeft) box.scrollLeft = left;
  else if (right > box.scrollLeft + box.clientWidth) box.scrollLeft = right - box.clientWidth;
}

function Head<K extends string>({ rowHead, columns }: Pick<FactGridProps<K>, 'rowHead' | 'columns'>) {
  return (
    <>
      <th scope="col" className="sticky left-0 z-10 flex items-center border-line border-b bg-sunken pl-4 font-normal">
        {rowHead}
      </th>
      {columns.map((column) => (
        <th
          key={column.key}
          scope="col"
          title={column.title}
          className={cx('flex items-center border-line border-b px-2 font-normal', column.left !== true && 'justify-end')}
        >
          {column.head}
        </th>
      ))}
    </>
  );
}

function RowName({ row, current, onPress }: { readonly row: GridRow; readonly current: boolean; readonly onPress: () => void }) {
  return (
    <th
      scope="row"
      title={row.name}
      onMouseDown={(event) => {
        event.preventDefault();
        onPress();
      }}
      className={cx(
        'sticky left-0 z-5 flex min-w-0 cursor-default items-center gap-1.5 border-line border-b pr-2 pl-4 text-left font-normal',
        current ? 'bg-accent-soft' : 'bg-raised',
      )}
    >
      {row.head}
    </th>
  );
}

/**
 * A grid of facts by keyboard or mouse, as in a spreadsheet: arrows move, typing or Enter edits, Delete takes back what was
 * told, a pasted block fills cells from the cursor on. Any number of rows.
 */
export function FactGrid<K extends string>(props: FactGridProps<K>) {
  const { label, rowHead, nameWidth, columns, rows, cell, onCell, current } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const [given, setAt] = useState<Place>({ row: 0, column: 0 });
  const at = { row: Math.max(0, Math.min(given.row, rows.length - 1)), column: given.column };
  const edits = useGridEdits(props);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => HEIGHT,
    overscan: 6,
    scrollPaddingStart: HEIGHT,
    // What has the cursor stays, wherever the rest is scrolled to.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), at.row])].filter((one) => one < rows.length).sort((a, b) => a - b),
  });
  const go = (to: Place) => {
    setAt(to);
    virtual.scrollToIndex(to.row, { align: 'auto' });
    showColumn(box.current, columns, to.column, nameWidth);
    const [row, column] = [rows[to.row], columns[to.column]];
    if (row !== undefined && column !== undefined) onCell(row.key, column.key);
  };
  const focus = () => table.current?.focus({ preventScroll: true });
  const { here, whileTyping, ...keys } = gridKeys({ rows, columns, cell, at, go, focus, edits });
  const press = (to: Place, again: boolean) => {
    const same = to.row === at.row && to.column === at.column;
    if (here !== undefined) edits.end(here, false);
    // First the focus, which says where the cursor was, then where it goes.
    focus();
    go(to);
    if (again && same && here !== undefined) edits.begin(here);
  };
  const width = nameWidth + columns.reduce((sum, one) => sum + one.width, 0);
  const line = {
    gridTemplateColumns: `minmax(${nameWidth}px, ${nameWidth}fr) ${columns.map((one) => `minmax(${one.width}px, ${one.width}fr)`).join(' ')}`,
    height: HEIGHT,
  };
  return (
    <div ref={box} className="min-h-0 flex-1 overflow-auto text-xs">
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table that takes keys and names its active cell (WAI-ARIA, grid pattern)
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-activedescendant={here === undefined ? undefined : `${id}-${at.row}-${at.column}`}
        tabIndex={0}
        onFocus={(event) => {
          if (event.target === event.currentTarget && here !== undefined) onCell(here.row, here.column);
        }}
        {...keys}
        className="group/grid block min-h-full outline-none"
        style={{ minWidth: width }}
      >
        <thead className="sticky top-0 z-20 block">
          <tr className="grid bg-sunken text-ink-2" style={line}>
            <Head rowHead={rowHead} columns={columns} />
          </tr>
        </thead>
        <tbody className="relative block" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <tr
                key={row.key}
                aria-rowindex={index + 2}
                className={cx('absolute inset-x-0 grid', index === at.row && edits.typing !== undefined && 'z-10')}
                style={{ ...line, top: start }}
              >
                <RowName row={row} current={row.key === current} onPress={() => press({ row: index, column: at.column }, false)} />
                {columns.map((column, place) => {
                  const active = index === at.row && place === at.column;
                  const where = { row: row.key, column: column.key };
                  const own = cell(row.key, column.key);
                  return (
                    <FactCellView
                      key={column.key}
                      id={`${id}-${index}-${place}`}
                      label={`${column.head} of ${row.name}`}
                      cell={own}
                      wrong={edits.wrongAt(where)}
                      active={active}
                      left={column.left === true}
                      typing={active ? edits.typing : undefined}
                      onType={(text) => edits.setTyping({ text })}
                      onTypeKey={whileTyping}
                      onLeave={() => edits.end(where, false)}
                      onPress={(again) => press({ row: index, column: place }, again)}
                      onDeclare={() => edits.take([{ ...where, text: own.exact }])}
                    />
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
