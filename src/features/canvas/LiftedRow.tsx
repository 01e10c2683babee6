import { type ReactNode, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import {
  CELLS,
  type CellName,
  type ColumnGridModel,
  columnAtRow,
  EDITORS,
  GhostEditor,
  NAME_COL,
  useColumnGrid,
} from '#features/columns/index.ts';
import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import type { ChenFigure } from '#model/derive/chen.ts';
import { chenOf, NODE, rowTop } from '#model/derive/geometry.ts';
import { lookOf } from '#model/derive/look.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { type FaceRow, faceOf } from '#paint/face.ts';
import { MARK_PATHS } from '#paint/marks.ts';
import { documentStore } from '#state/document.ts';
import { useDocumentState, useView } from '#state/hooks.ts';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import { type Editing, editingStore, stopEditing } from './editing.ts';
import { focusNode } from './focus-node.ts';
import { useSeen } from './use-seen.ts';

function defaultWords(column: Column): string {
  if (column.identity !== undefined) return 'identity';
  if (column.generated !== undefined) return `= ${column.generated.expression}`;
  return column.default?.sql ?? '';
}

function contentOf(name: CellName, column: Column, face: FaceRow | undefined): ReactNode {
  switch (name) {
    case 'marks': {
      const path = MARK_PATHS[face?.mark ?? 'none'];
      return (
        <svg viewBox="0 0 16 16" data-mark={face?.mark} aria-hidden="true">
          {path === '' ? null : <path d={path} />}
        </svg>
      );
    }
    case 'name':
      return column.name;
    case 'type':
      return typeName(documentStore.getState().document, column.type);
    case 'null':
      return (
        <span aria-hidden className={cx('flag', !column.nullable && 'on')}>
          {column.nullable ? null : <Icon name="Check" size={10} />}
        </span>
      );
    case 'default':
      return defaultWords(column) === '' ? <span className="none">default</span> : defaultWords(column);
  }
}

const HEADING: Record<CellName, string> = { marks: 'Keys', name: 'Name', type: 'Type', null: 'Not null', default: 'Default' };

function spoken(name: CellName, column: Column, face: FaceRow | undefined): string {
  if (name === 'marks') return `${column.name}: ${face?.says.replace(/(?:, )?(?:may be|not) null$/, '') || 'no keys'}`;
  if (name === 'null') return `${column.name}: ${column.nullable ? 'may be null' : 'not null'}`;
  const value = name === 'name' ? column.name : name === 'type' ? String(contentOf('type', column, face)) : defaultWords(column);
  return `${HEADING[name]} ${value === '' ? 'none' : value}`;
}

interface LiftedCellProps {
  readonly grid: ColumnGridModel;
  readonly column: Column;
  readonly face: FaceRow | undefined;
  readonly name: CellName;
  readonly col: number;
}

function LiftedCell({ grid, column, face, name, col }: LiftedCellProps) {
  const { row, col: current } = grid.cell;
  const place = { row, col };
  const Editor = grid.editing !== undefined && current === col ? EDITORS[name] : undefined;
  return (
    // biome-ignore lint/a11y/useSemanticElements: one row of a grid that stands on a canvas is no table of HTML
    <div
      role="gridcell"
      aria-colindex={col + 1}
      data-cell={`${row}:${col}`}
      data-name={name}
      aria-label={Editor === undefined ? spoken(name, column, face) : undefined}
      tabIndex={current === col && Editor === undefined ? 0 : -1}
      onKeyDown={(event) => grid.onKeyDown(event, place)}
      onFocus={(event) => {
        if (event.target === event.currentTarget) grid.onFocus(place);
      }}
      onDoubleClick={() => grid.edit(place)}
      onClick={() => {
        if (name === 'null') grid.toggle(row);
      }}
    >
      {Editor === undefined ? (
        contentOf(name, column, face)
      ) : (
        <Editor
          key={`${column.id}/${name}`}
          table={grid.table}
          column={column}
          begin={grid.editing?.text}
          onLeave={(how) => grid.onLeave(how, place)}
        />
      )}
    </div>
  );
}

function GhostCell({ grid }: { readonly grid: ColumnGridModel }) {
  const place = { row: grid.ghost, col: NAME_COL };
  return (
    <>
      <span className="grid place-items-center text-ink-3">
        <Icon name="Plus" size={13} />
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: one row of a grid that stands on a canvas is no table of HTML */}
      <div
        role="gridcell"
        aria-colindex={NAME_COL + 1}
        data-cell={`${place.row}:${NAME_COL}`}
        className="whole"
        aria-label={grid.editing === undefined ? 'New column' : undefined}
        tabIndex={grid.editing === undefined ? 0 : -1}
        onKeyDown={(event) => grid.onKeyDown(event, place)}
        onClick={() => grid.edit(place)}
      >
        {grid.editing === undefined ? (
          <span className="none">New column</span>
        ) : (
          <GhostEditor
            key={`${grid.table.columns.length}/${grid.below ?? ''}`}
            table={grid.table}
            below={grid.below}
            begin={grid.editing.text}
            onAdded={(ids) => grid.onAdded(ids)}
            onLeave={(how) => grid.onLeave(how, place)}
          />
        )}
      </div>
    </>
  );
}

interface Shown {
  readonly rows: readonly FaceRow[];
  /** Places of the columns, from the node's corner, where they stand in no rows (Chen's notation). */
  readonly figure: ChenFigure | undefined;
  /** Top of the first row. */
  readonly first: number;
  readonly conceptual: boolean;
}

const NO_ROWS: readonly FaceRow[] = [];

/** How the diagram shows this table, which may be less than there is of it. */
function useShown(id: Id): Shown {
  const seen = (document: Document) => recordIn(document, 'tables', id);
  const of = <T,>(document: Document, pick: (table: Table) => T): T | undefined => {
    const table = seen(document);
    return table === undefined ? undefined : pick(table);
  };
  const rows = useSeen((document) => of(document, (table) => faceOf(document, table).rows)) ?? NO_ROWS;
  const figure = useSeen((document) => of(document, (table) => chenOf(document, table)));
  const first = useSeen((document) => of(document, (table) => rowTop(document, table, 0))) ?? 0;
  const conceptual = useSeen((document) => lookOf(document).level === 'conceptual');
  return { rows, figure, first, conceptual };
}

/** Where a row lies: over the one it is, below the table (a new column), or over the row that it will come before. */
function placeOf(grid: ColumnGridModel, shown: Shown, column: Id | undefined, height: number): { top: number; left: number } {
  const at = column ?? grid.below;
  const ellipse = shown.figure?.ellipses.find((one) => one.column === at);
  if (ellipse !== undefined) return { top: ellipse.y - 14, left: ellipse.x - ellipse.rx };
  if (at === undefined || shown.figure !== undefined) return { top: height - NODE.border - 2, left: -2 };
  const found = shown.rows.findIndex((one) => one.id === at);
  const row = found < 0 ? shown.rows.length : column === undefined ? found + 1 : found;
  return { top: shown.first + row * NODE.row - 2, left: -2 };
}

/** The keys go elsewhere for good when the focus does; a dialog in between gives it back. */
function useLeaving(grid: ColumnGridModel) {
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      const { activeElement } = document;
      const root = grid.root.current;
      if (root === null || activeElement === null || activeElement === document.body || root.contains(activeElement)) return;
      if (activeElement.closest('[data-modal]') === null) stopEditing();
    }, 0);
  };
}

function Lifted({ table, at, height }: { readonly table: Table; readonly at: Editing; readonly height: number }) {
  const shown = useShown(table.id);
  const cells = shown.conceptual ? CELLS.slice(0, NAME_COL + 1) : CELLS;
  const grid = useColumnGrid({
    table,
    cols: cells.length,
    start: { column: at.column, col: at.field === 'new' || at.field === 'title' ? NAME_COL : CELLS.indexOf(at.field) },
    startEditing: at.typing,
    startBelow: at.field === 'new' ? at.below : undefined,
    takesFocus: true,
    onLeave: () => {
      stopEditing();
      focusNode(table.id);
      return true;
    },
    onGone: stopEditing,
  });
  const leaving = useLeaving(grid);
  useEffect(
    () => () => {
      // Scrolled away, or drawn by the far view: what was typed is taken by its cell, and the keys go back to the canvas.
      queueMicrotask(() => {
        if (grid.root.current === null && editingStore.getState().at === at) stopEditing();
      });
    },
    [grid, at],
  );
  const { row } = grid.cell;
  const index = columnAtRow(row, grid.ghost);
  const column = index === undefined ? undefined : table.columns[index];
  const selected = useView(({ selection }) => column !== undefined && selection.some((ref) => ref.part === column.id));
  const faceRow = shown.rows.find((one) => one.id === column?.id);
  return (
    // biome-ignore lint/a11y/useSemanticElements: one row of a grid that stands on a canvas is no table of HTML
    <div
      ref={(node) => {
        grid.root.current = node;
      }}
      role="grid"
      aria-label={`Columns of ${table.name}`}
      aria-rowcount={table.columns.length + 1}
      aria-colcount={cells.length}
      aria-multiselectable
      data-own=""
      className="lift nodrag nopan"
      data-cells={cells.length}
      style={placeOf(grid, shown, column?.id, height)}
      onBlur={leaving}
      onCopy={(event) => grid.onCopy(event)}
      onPaste={(event) => grid.onPaste(event)}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus */}
      <div role="row" aria-rowindex={row + 1} aria-selected={selected}>
        {column === undefined ? (
          <GhostCell grid={grid} />
        ) : (
          cells.map((name, col) => <LiftedCell key={name} grid={grid} column={column} face={faceRow} name={name} col={col} />)
        )}
      </div>
    </div>
  );
}

/**
 * The row of a table that has the keys, lifted out of its node: wide enough for every cell, whatever the table's width.
 * Only this row exists as a grid; the others are the node's own.
 */
export function LiftedRow({ id, height }: { readonly id: Id; readonly height: number }) {
  const { at, serial } = useStore(editingStore);
  const table = useDocumentState(({ document }) => recordIn(document, 'tables', id));
  if (at?.object !== id || at.field === 'title' || table === undefined) return null;
  return <Lifted key={serial} table={table} at={at} height={height} />;
}
