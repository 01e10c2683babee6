import type { ClipboardEvent, KeyboardEvent } from 'react';
import type { Id, Table } from '#model/types.ts';
import { requestDeletion } from '#state/deletion.ts';
import { run } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { select, viewStore } from '#state/view.ts';
import { afterDialogs } from '#ui/returning.ts';
import { toggleMarks } from './commands.ts';
import { columnsAsText } from './copied.ts';
import {
  CELLS,
  type Cell,
  columnAtRow,
  editIntent,
  type GridIntent,
  type GridShape,
  ghostRow,
  gridIntent,
  KIND,
  type Leave,
  landing,
  NAME_COL,
  rowOfColumn,
  settle,
} from './grid.ts';
import { pasteColumns } from './paste.ts';

/** A cell by its column, so that it stays the same while rows come and go. No column = the ghost row. */
export interface CellPlace {
  readonly column: Id | undefined;
  readonly col: number;
}

export interface ColumnGridOptions {
  readonly table: Table;
  readonly cols: number;
  readonly start: CellPlace;
  /** The cell to begin with is edited at once; `text` is what was typed to begin. */
  readonly startEditing?: Typing | undefined;
  /** The column above a ghost row to begin with. */
  readonly startBelow?: Id | undefined;
  /** The grid takes the focus when it appears. */
  readonly takesFocus?: boolean;
  /** Escape in navigation mode, or Enter in an empty ghost row. True = the focus has gone elsewhere. */
  readonly onLeave?: () => boolean;
  /** Opens the details of a column. */
  readonly onExpand?: (column: Id) => void;
  /** A cell was left for good, by a click elsewhere. */
  readonly onGone?: () => void;
}

/** A cell being typed into; `text` is what was typed to begin, in place of what stands there. */
export interface Typing {
  readonly text?: string | undefined;
}

interface State {
  readonly place: CellPlace;
  readonly editing?: Typing | undefined;
  /** The column that the ghost row stands below; absent = it is the last row. */
  readonly below?: Id | undefined;
}

/** The selected columns of a table, in its order. */
export function selectedOf(table: Table): readonly Id[] {
  const chosen = new Set(viewStore.getState().selection.flatMap((ref) => (ref.record === table.id ? (ref.part ?? []) : [])));
  return table.columns.flatMap(({ id }) => (chosen.has(id) ? [id] : []));
}

/** What an action on a column acts on: all selected ones when it is one of them. */
function actedOn(table: Table, column: Id): readonly Id[] {
  const selected = selectedOf(table);
  return selected.includes(column) ? selected : [column];
}

function selectColumns(table: Table, ids: readonly Id[], last: Id): void {
  select([...ids.filter((id) => id !== last), last].map((part) => ({ record: table.id, part })));
}

function isOnlySelected(table: Table, column: Id): boolean {
  const { selection } = viewStore.getState();
  return selection.length === 1 && selection[0]?.record === table.id && selection[0].part === column;
}

/** Moves columns of one table together by one row. False = they are at the end. */
function moveBy(table: Table, ids: readonly Id[], by: 1 | -1): boolean {
  const at = ids.map((id) => table.columns.findIndex((one) => one.id === id)).sort((a, b) => (a - b) * -by);
  if (at.some((one) => one + by < 0 || one + by >= table.columns.length)) return false;
  const calls = at.map((one) => ({
    name: 'movePart' as const,
    args: { table: table.id, list: 'columns' as const, id: table.columns[one]?.id ?? '', to: one + by },
  }));
  const ran = run(calls, ids.length === 1 ? undefined : `Move ${ids.length} columns`);
  if (!ran.ok) notify({ tone: 'warn', text: ran.problem.message });
  return ran.ok;
}

/**
 * The columns of a table as a grid for mouse and keyboard: where the focus is, what is typed into, which rows are
 * selected, and the ghost row in which a new column is typed. What keys mean is said in `grid.ts`; this does it.
 */
export class ColumnGridModel {
  options: ColumnGridOptions;
  /** The element whose cells take the focus. */
  readonly root: { current: HTMLElement | null } = { current: null };
  #state: State;
  readonly #changed: () => void;
  /** The focus belongs on the cell and is not there yet. */
  #wanted: boolean;
  #lastRow = 0;
  #added: readonly Id[] = [];
  /** Where a selection of rows began. */
  #anchor: Id | undefined;
  /** How many columns there were when a deletion was asked for. */
  #deleting: number | undefined;

  constructor(options: ColumnGridOptions, changed: () => void) {
    this.options = options;
    this.#changed = changed;
    this.#wanted = options.takesFocus === true;
    this.#state = { place: options.start, editing: options.startEditing, below: options.startBelow };
  }

  get table(): Table {
    return this.options.table;
  }
  /** The column above the ghost row; absent = it is the last row. */
  get below(): Id | undefined {
    return this.#state.below;
  }
  get ghost(): number {
    return ghostRow(this.table.columns, this.#state.below);
  }
  get shape(): GridShape {
    return { rows: this.table.columns.length + 1, cols: this.options.cols, ghost: this.ghost };
  }
  get editing(): Typing | undefined {
    return this.#state.editing;
  }
  /** The cell that has the focus or would get it. A column that is gone leaves it to the row in its place. */
  get cell(): Cell {
    const { column, col } = this.#state.place;
    const at = column === undefined ? -1 : this.table.columns.findIndex((one) => one.id === column);
    const row = column === undefined ? this.ghost : at < 0 ? this.#lastRow : rowOfColumn(at, this.ghost);
    return settle({ row, col }, this.shape);
  }

  /** The column behind a row; undefined = the ghost row. */
  columnAt(row: number, below = this.#state.below): Id | undefined {
    const at = columnAtRow(row, ghostRow(this.table.columns, below));
    return at === undefined ? undefined : this.table.columns[at]?.id;
  }

  /** Gives the focus where it belongs, once the rows are drawn. */
  settleFocus(): void {
    const { row, col } = this.cell;
    this.#lastRow = row;
    if (this.#deleting !== undefined && this.table.columns.length < this.#deleting) {
      this.#deleting = undefined;
      // The dialog that asked keeps the focus until it is gone, and gives it back to a cell that is gone too.
      afterDialogs(() => void this.#focusCell());
    }
    if (!this.#wanted) return;
    const typed = this.#state.editing !== undefined && KIND[CELLS[col] ?? 'name'] === 'text';
    this.#wanted = !typed && !this.#focusCell();
  }

  #focusCell(): boolean {
    const { row, col } = this.cell;
    const found = this.root.current?.querySelector<HTMLElement>(`[data-cell="${row}:${col}"]`);
    found?.focus({ preventScroll: this.options.takesFocus === true });
    return found != null;
  }

  #set(state: State): void {
    this.#state = state;
    this.#changed();
  }

  /** Selects the column whose cell has the focus, but leaves a selection of several that holds it. */
  #follow(column: Id | undefined): void {
    if (column === undefined || isOnlySelected(this.table, column)) return;
    if (this.#anchor !== undefined && selectedOf(this.table).includes(column)) return;
    this.#anchor = undefined;
    select([{ record: this.table.id, part: column }]);
  }

  #enter(state: State): void {
    this.#wanted = true;
    this.#follow(state.place.column);
    this.#set(state);
  }

  #go(column: Id | undefined, col: number, editing?: Typing): void {
    this.#enter({ place: { column, col }, editing, below: this.#state.below });
  }

  /** Goes to the ghost row, below a column or at the end, and types there. */
  typeNew(below?: Id, text?: string): void {
    this.#enter({ place: { column: undefined, col: NAME_COL }, editing: { text }, below });
  }

  edit(cell: Cell, text?: string): void {
    this.#anchor = undefined;
    this.#go(this.columnAt(cell.row), cell.col, { text });
  }

  /** Goes to the cell of a column that others have selected. */
  show(column: Id): void {
    const { place } = this.#state;
    if (place.column !== column) this.#set({ ...this.#state, place: { column, col: place.col } });
  }

  /** A cell got the focus by a click or from the browser. */
  onFocus(cell: Cell): void {
    const column = this.columnAt(cell.row);
    const { place } = this.#state;
    if (place.column !== column || place.col !== cell.col)
      this.#set({ ...this.#state, place: { column, col: cell.col }, editing: undefined });
    this.#follow(column);
  }

  #extend(from: Id | undefined, to: Id | undefined): void {
    const { columns } = this.table;
    if (to === undefined || from === undefined) return;
    this.#anchor ??= from;
    const ends = [this.#anchor, to].map((id) => columns.findIndex((one) => one.id === id));
    const range = columns.slice(Math.min(...ends), Math.max(...ends) + 1);
    selectColumns(
      this.table,
      range.map(({ id }) => id),
      to,
    );
  }

  /** Takes a row into the selection: with Shift all from the last one, with Ctrl it alone. */
  pick(row: number, how: { readonly shift: boolean; readonly mod: boolean }): void {
    const column = this.columnAt(row);
    if (column === undefined) return;
    const old = selectedOf(this.table);
    if (how.shift) this.#extend(old.at(-1) ?? column, column);
    else {
      this.#anchor = column;
      if (!old.includes(column)) selectColumns(this.table, [...old, column], column);
      else if (old.length > 1) select(old.filter((id) => id !== column).map((part) => ({ record: this.table.id, part })));
    }
    this.#wanted = true;
    this.#set({ ...this.#state, place: { column, col: NAME_COL }, editing: undefined });
  }

  /** A click on a cell that is on or off. */
  toggle(row: number): void {
    const column = this.columnAt(row);
    if (column !== undefined) toggleMarks(this.table.id, [column], 'mandatory');
  }

  onKeyDown(event: KeyboardEvent, cell: Cell): void {
    // A message at the edge of the screen may have taken Escape for itself too: it is the grid's all the same.
    if (event.nativeEvent.isComposing) return;
    const kind = KIND[CELLS[cell.col] ?? 'name'];
    const { key, altKey: alt, shiftKey: shift } = event;
    const pressed = { key, alt, shift, mod: event.ctrlKey || event.metaKey };
    const how = this.#state.editing !== undefined && kind === 'flag' ? editIntent(pressed) : undefined;
    if (how !== undefined) this.onLeave(how, cell);
    else {
      const intent = gridIntent(pressed, cell, this.shape, kind);
      if (intent === undefined || !this.#act(intent, cell)) return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #act(intent: GridIntent, cell: Cell): boolean {
    const column = this.columnAt(cell.row);
    switch (intent.does) {
      case 'focus':
        // Along a row the rows that are selected stay so, whichever cell of them has the focus.
        if (intent.cell.row !== cell.row) this.#anchor = undefined;
        this.#go(this.columnAt(intent.cell.row), intent.cell.col);
        return true;
      case 'extend':
        this.#extend(column, this.columnAt(intent.cell.row));
        this.#go(this.columnAt(intent.cell.row), intent.cell.col);
        return true;
      case 'edit':
        this.edit(cell, intent.text);
        return true;
      case 'add':
        this.typeNew(column);
        return true;
      case 'leave':
        return this.#leaveGrid(column);
      case 'select-all':
        this.#extend(this.table.columns[0]?.id, this.table.columns.at(-1)?.id);
        return true;
      default:
        return column !== undefined && this.#actOn(intent, column);
    }
  }

  /** Escape: first several rows become one again, then the grid is left. */
  #leaveGrid(column: Id | undefined): boolean {
    if (this.#anchor === undefined || column === undefined) return this.options.onLeave?.() === true;
    this.#anchor = undefined;
    select([{ record: this.table.id, part: column }]);
    return true;
  }

  #actOn(intent: GridIntent, column: Id): boolean {
    const all = actedOn(this.table, column);
    if (intent.does === 'toggle') toggleMarks(this.table.id, [column], 'mandatory');
    else if (intent.does === 'mark') toggleMarks(this.table.id, all, intent.mark);
    else if (intent.does === 'move') this.#wanted = moveBy(this.table, all, intent.by);
    else if (intent.does === 'delete') {
      this.#deleting = this.table.columns.length;
      requestDeletion(all.map((part) => ({ record: this.table.id, part })));
    } else if (intent.does === 'expand') this.options.onExpand?.(column);
    return true;
  }

  /** The new columns of the ghost row, told before it is left. */
  onAdded(ids: readonly Id[]): void {
    this.#added = ids;
  }

  /** A cell that was typed into is left. */
  onLeave(how: Leave, cell: Cell): void {
    const fresh = this.#added;
    this.#added = [];
    const { below, place } = this.#state;
    if (how === 'gone') {
      this.#set({ place, below: undefined });
      this.options.onGone?.();
    } else if (place.column === undefined) {
      const last = fresh.at(-1);
      if (last === undefined) this.#leaveEmpty(how, below);
      else this.#leaveAdded(how, last, below);
    } else {
      const to = landing(how, cell, this.shape);
      if (to?.ghostBelow !== undefined) this.typeNew(place.column);
      else if (to !== undefined) this.#go(this.columnAt(to.cell.row), to.cell.col, to.editing ? {} : undefined);
    }
  }

  /** After the ghost row with something in it: the next one, or the new column's next cell. */
  #leaveAdded(how: Leave, last: Id, below: Id | undefined): void {
    if (how === 'down' || how === 'below') this.typeNew(below === undefined ? undefined : last);
    else this.#backTo(last, how === 'next' ? NAME_COL + 1 : NAME_COL, how === 'next' ? {} : undefined);
  }

  /** After the ghost row with nothing in it: back to where one came from, or out. */
  #leaveEmpty(how: Leave, below: Id | undefined): void {
    const above = below ?? this.table.columns.at(-1)?.id;
    if (below !== undefined || how === 'up' || how === 'previous') this.#backTo(above, NAME_COL);
    else if (how !== 'down' || this.options.onLeave?.() !== true) this.#backTo(undefined, NAME_COL);
  }

  /** Goes to a cell, and the ghost row back to its place at the end. */
  #backTo(column: Id | undefined, col: number, editing?: Typing): void {
    this.#enter({ place: { column, col }, editing, below: undefined });
  }

  onCopy(event: ClipboardEvent): void {
    const { place, editing } = this.#state;
    if (place.column === undefined || editing !== undefined) return;
    event.clipboardData.setData('text/plain', columnsAsText(this.table, actedOn(this.table, place.column)));
    event.preventDefault();
    event.stopPropagation();
  }

  onPaste(event: ClipboardEvent): void {
    if (this.#state.editing !== undefined) return;
    if (!pasteColumns(this.table.id, event.clipboardData.getData('text/plain'), this.#state.place.column)) return;
    event.preventDefault();
    event.stopPropagation();
  }
}
