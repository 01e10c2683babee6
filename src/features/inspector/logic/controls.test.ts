import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitTabs, tabWidth } from './fit-tabs.ts';
import { type Cell, type GridIntent, gridIntent, type Pressed } from './grid.ts';

const shape = { rows: 5, cols: 4 };
const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({ key, mod: false, alt: false, shift: false, ...more });
const at = (row: number, col: number): Cell => ({ row, col });

describe('gridIntent', () => {
  it.each<[string, Partial<Pressed>, Cell, Cell]>([
    ['ArrowDown', {}, at(1, 1), at(2, 1)],
    ['ArrowDown', {}, at(4, 1), at(4, 1)],
    ['ArrowUp', { mod: true }, at(3, 2), at(0, 2)],
    ['ArrowRight', {}, at(1, 3), at(1, 3)],
    ['Home', {}, at(2, 3), at(2, 0)],
    ['End', { mod: true }, at(1, 0), at(4, 3)],
    ['PageDown', {}, at(0, 2), at(4, 2)],
  ])('moves the focus by %s %j', (key, more, from, cell) => {
    expect(gridIntent(press(key, more), from, shape, 'text')).toEqual({ does: 'focus', cell });
  });

  it.each<[string, Partial<Pressed>, 'mark' | 'flag' | 'text', GridIntent | undefined]>([
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
    ['Enter', { mod: true }, 'text', { does: 'add' }],
    ['Enter', { alt: true }, 'text', { does: 'expand' }],
    ['ArrowUp', { alt: true }, 'text', { does: 'move', by: -1 }],
    ['ArrowDown', { alt: true }, 'flag', { does: 'move', by: 1 }],
    ['Delete', {}, 'text', { does: 'delete' }],
    ['z', { mod: true }, 'text', undefined],
    ['Tab', {}, 'text', undefined],
    ['Escape', {}, 'text', undefined],
    ['F6', {}, 'text', undefined],
  ])('takes %s %j on a %s cell as told', (key, more, kind, intent) => {
    expect(gridIntent(press(key, more), at(1, 1), shape, kind)).toEqual(intent);
  });

  it('never leaves the grid', () => {
    const keys = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown');
    fc.assert(
      fc.property(fc.array(fc.tuple(keys, fc.boolean()), { maxLength: 40 }), fc.nat(6), fc.nat(4), (moves, rows, cols) => {
        let cell = at(0, 0);
        const size = { rows: rows + 1, cols: cols + 1 };
        for (const [key, mod] of moves) {
          const intent = gridIntent(press(key, { mod }), cell, size, 'text');
          if (intent?.does === 'focus') cell = intent.cell;
        }
        expect(cell.row).toBeLessThanOrEqual(rows);
        expect(cell.col).toBeLessThanOrEqual(cols);
        expect(Math.min(cell.row, cell.col)).toBeGreaterThanOrEqual(0);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('fitTabs', () => {
  const tabs = ['Columns', 'Keys', 'Indexes', 'Dependencies', 'Storage', 'Security', 'Docs', 'SQL'].map((label) => ({
    value: label,
    label,
  }));

  it('shows all where there is room', () => {
    expect(fitTabs(tabs, 2000, 'Keys')).toEqual({ shown: tabs, more: [] });
  });

  it('shows the first four at the usual width', () => {
    expect(fitTabs(tabs, 324, 'Columns').shown.map((tab) => tab.label)).toEqual(['Columns', 'Keys', 'Indexes', 'Dependencies']);
  });

  it('loses no tab, shows the chosen one and fits, at any width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 160, max: 900 }), fc.constantFrom(...tabs), (width, { value }) => {
        const { shown, more } = fitTabs(tabs, width, value);
        expect([...shown, ...more].map((tab) => tab.value).sort()).toEqual(tabs.map((tab) => tab.value).sort());
        expect(shown.some((tab) => tab.value === value)).toBe(true);
        expect(shown.reduce((sum, tab) => sum + tabWidth(tab.label), 0)).toBeLessThanOrEqual(width);
      }),
      { seed: 6, numRuns: 500 },
    );
  });
});
