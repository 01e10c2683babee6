import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CELLS,
  type Cell,
  type CellKind,
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
  type Pressed,
  rowOfColumn,
} from './grid.ts';

const shape: GridShape = { rows: 6, cols: 5, ghost: 5 };
const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({ key, mod: false, alt: false, shift: false, ...more });
const at = (row: number, col: number): Cell => ({ row, col });

describe('gridIntent', () => {
  it.each<[string, Partial<Pressed>, Cell, Cell]>([
    ['ArrowDown', {}, at(1, 1), at(2, 1)],
    ['ArrowDown', {}, at(4, 3), at(5, 1)],
    ['ArrowDown', {}, at(5, 1), at(5, 1)],
    ['ArrowUp', { mod: true }, at(3, 2), at(0, 2)],
    ['ArrowRight', {}, at(1, 4), at(1, 4)],
    ['Home', {}, at(2, 3), at(2, 0)],
    ['End', { mod: true }, at(1, 0), at(5, 1)],
    ['PageDown', {}, at(0, 2), at(5, 1)],
    ['PageUp', {}, at(3, 2), at(0, 2)],
  ])('moves the focus by %s %j', (key, more, from, cell) => {
    expect(gridIntent(press(key, more), from, shape, 'text')).toEqual({ does: 'focus', cell });
  });

  it.each<[string, Partial<Pressed>, CellKind, GridIntent | undefined]>([
    ['Enter', {}, 'text', { does: 'edit' }],
    ['F2', {}, 'text', { does: 'edit' }],
    ['k', {}, 'text', { does: 'edit', text: 'k' }],
    ['Backspace', {}, 'text', { does: 'edit', text: '' }],
    ['k', {}, 'mark', { does: 'mark', mark: 'primary' }],
    ['U', { shift: true }, 'mark', { does: 'mark', mark: 'unique' }],
    ['i', {}, 'flag', { does: 'mark', mark: 'index' }],
    ['m', {}, 'flag', { does: 'mark', mark: 'mandatory' }],
    [' ', {}, 'flag', { does: 'toggle' }],
    ['Enter', {}, 'flag', { does: 'toggle' }],
    ['Enter', {}, 'mark', { does: 'expand' }],
    ['x', {}, 'mark', undefined],
    ['constructor', {}, 'mark', undefined],
    ['Enter', { mod: true }, 'text', { does: 'add' }],
    ['Enter', { alt: true }, 'text', { does: 'expand' }],
    ['ArrowUp', { alt: true }, 'text', { does: 'move', by: -1 }],
    ['ArrowDown', { alt: true }, 'flag', { does: 'move', by: 1 }],
    ['ArrowDown', { shift: true }, 'text', { does: 'extend', cell: at(2, 1) }],
    ['a', { mod: true }, 'text', { does: 'select-all' }],
    ['Delete', {}, 'text', { does: 'delete' }],
    ['Escape', {}, 'text', { does: 'leave' }],
    ['z', { mod: true }, 'text', undefined],
    ['Tab', {}, 'text', undefined],
    ['F6', {}, 'text', undefined],
  ])('takes %s %j on a %s cell as told', (key, more, kind, intent) => {
    expect(gridIntent(press(key, more), at(1, 1), shape, kind)).toEqual(intent);
  });

  it.each<[string, Partial<Pressed>, GridIntent | undefined]>([
    ['e', {}, { does: 'edit', text: 'e' }],
    ['Enter', {}, { does: 'edit' }],
    ['Enter', { mod: true }, { does: 'edit' }],
    ['Delete', {}, undefined],
    ['ArrowUp', { alt: true }, undefined],
    ['Escape', {}, { does: 'leave' }],
  ])('only begins a column on the ghost row: %s', (key, more, intent) => {
    expect(gridIntent(press(key, more), at(5, NAME_COL), shape, 'text')).toEqual(intent);
  });
});

describe('editIntent', () => {
  it.each<[string, Partial<Pressed>, Leave | undefined]>([
    ['Enter', {}, 'down'],
    ['Enter', { shift: true }, 'up'],
    ['Enter', { mod: true }, 'below'],
    ['Tab', {}, 'next'],
    ['Tab', { shift: true }, 'previous'],
    ['Escape', {}, 'stay'],
    ['ArrowLeft', {}, undefined],
    ['Home', {}, undefined],
    ['Enter', { alt: true }, undefined],
    ['a', { mod: true }, undefined],
  ])('takes %s %j', (key, more, how) => {
    expect(editIntent(press(key, more))).toBe(how);
  });
});

describe('landing', () => {
  it('goes through the cells of a row and on to the next', () => {
    expect(landing('next', at(0, 1), shape)).toEqual({ cell: at(0, 2), editing: true });
    expect(landing('next', at(0, 2), shape)).toEqual({ cell: at(0, 3), editing: true });
    expect(landing('next', at(0, 4), shape)).toEqual({ cell: at(1, 1), editing: true });
    expect(landing('next', at(4, 4), shape)).toEqual({ cell: at(5, 1), editing: true });
    expect(landing('next', at(5, 1), shape)).toEqual({ cell: at(5, 1), editing: false });
    expect(landing('previous', at(1, 1), shape)).toEqual({ cell: at(0, 4), editing: true });
    expect(landing('previous', at(0, 1), shape)).toEqual({ cell: at(0, 1), editing: false });
  });

  it('goes down and up in its column, and opens a row below', () => {
    expect(landing('down', at(1, 2), shape)).toEqual({ cell: at(2, 2), editing: false });
    expect(landing('down', at(4, 2), shape)).toEqual({ cell: at(5, 1), editing: false });
    expect(landing('up', at(0, 2), shape)).toEqual({ cell: at(0, 2), editing: false });
    expect(landing('below', at(1, 3), shape)).toEqual({ cell: at(2, 1), editing: true, ghostBelow: 1 });
    expect(landing('stay', at(1, 3), shape)).toEqual({ cell: at(1, 3), editing: false });
    expect(landing('gone', at(1, 3), shape)).toBeUndefined();
  });
});

describe('rows and columns', () => {
  it('lead to each other round the ghost row', () => {
    fc.assert(
      fc.property(fc.nat(12), fc.nat(14), (count, below) => {
        const columns = Array.from({ length: count }, (_, n) => ({ id: `c${n}` }));
        const ghost = ghostRow(columns, `c${below}`);
        columns.forEach((_, column) => {
          const row = rowOfColumn(column, ghost);
          expect(row).not.toBe(ghost);
          expect(columnAtRow(row, ghost)).toBe(column);
        });
        expect(columnAtRow(ghost, ghost)).toBeUndefined();
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});

describe('the grid as a machine', () => {
  const keys = fc.constantFrom(
    'ArrowUp',
    'ArrowDown',
    'ArrowLeft',
    'ArrowRight',
    'Home',
    'End',
    'PageUp',
    'PageDown',
    'Enter',
    'Tab',
    'Escape',
    'F2',
    'a',
    'k',
    ' ',
  );
  const pressed = fc.record({ key: keys, mod: fc.boolean(), shift: fc.boolean(), alt: fc.constant(false) });

  it('never leaves the grid but by Escape, and never rests on what is not there', () => {
    fc.assert(
      fc.property(fc.array(pressed, { maxLength: 60 }), fc.nat(5), fc.constantFrom(4, 5), (presses, columns, cols) => {
        const now: GridShape = { rows: columns + 1, cols, ghost: columns };
        let cell = at(0, NAME_COL);
        let editing = false;
        for (const one of presses) {
          const name = CELLS[cell.col] ?? 'name';
          if (editing) {
            const how = editIntent(one);
            if (how === undefined || how === 'below') continue;
            const next = landing(how, cell, now);
            expect(next).toBeDefined();
            cell = next?.cell ?? cell;
            editing = next?.editing ?? false;
          } else {
            const intent = gridIntent(one, cell, now, KIND[name]);
            if (intent?.does === 'focus' || intent?.does === 'extend') cell = intent.cell;
            editing = intent?.does === 'edit';
          }
          expect(cell.row).toBeGreaterThanOrEqual(0);
          expect(cell.row).toBeLessThan(now.rows);
          expect(cell.col).toBeGreaterThanOrEqual(0);
          expect(cell.col).toBeLessThan(cols);
          if (cell.row === now.ghost) expect(cell.col).toBe(NAME_COL);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('comes with Tab through every cell that is typed into, and back with Shift+Tab', () => {
    fc.assert(
      fc.property(fc.nat(6), fc.constantFrom(4, 5), (columns, cols) => {
        const now: GridShape = { rows: columns + 1, cols, ghost: columns };
        const walk = (how: 'next' | 'previous', from: Cell) => {
          const seen = [from];
          for (let cell = from; ; ) {
            const next = landing(how, cell, now);
            if (next === undefined || !next.editing) return seen;
            cell = next.cell;
            seen.push(cell);
          }
        };
        const there = walk('next', at(0, NAME_COL));
        expect(there).toHaveLength(columns * (cols - 1) + 1);
        expect(walk('previous', there.at(-1) as Cell)).toEqual(there.toReversed());
      }),
      { seed: 2, numRuns: 60 },
    );
  });
});
