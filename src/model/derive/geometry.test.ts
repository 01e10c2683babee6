import { describe, expect, it } from 'vitest';
import type { Column } from '../column-types.ts';
import { emptyDocument, emptyTable } from '../create.ts';
import { NODE, rowMiddle, shownColumns, tableSize } from './geometry.ts';

const document = emptyDocument();
const columns = (count: number): Column[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `c${at}`,
    name: `c${at}`,
    type: { kind: 'builtin', name: 'text' },
    nullable: true,
  }));
const table = (count: number) => ({ ...emptyTable('t', 'sch_public', 'orders'), columns: columns(count) });

describe('tableSize', () => {
  it('has a row a column, one that invites when there is none, and a line for indexes', () => {
    expect(tableSize(document, table(3)).height).toBe(NODE.header + 3 * NODE.row + 2);
    expect(tableSize(document, table(0)).height).toBe(NODE.header + NODE.row + 2);
    const indexed = { ...table(3), indexes: [{ id: 'i', elements: [{ column: 'c0' }] }] };
    expect(tableSize(document, indexed).height).toBe(NODE.header + 3 * NODE.row + NODE.footer + 2);
    expect(tableSize(document, indexed, true).height).toBe(NODE.header + 2);
  });

  it('ends at forty rows, the last of which says how many more there are', () => {
    expect(shownColumns(columns(40))).toHaveLength(40);
    expect(shownColumns(columns(41))).toHaveLength(39);
    expect(tableSize(document, table(41)).height).toBe(tableSize(document, table(400)).height);
  });

  it('grows with its widest row up to a limit, on the 4 px grid', () => {
    const wide = { ...table(1), columns: [{ ...(columns(1)[0] as Column), name: 'x'.repeat(25) }] };
    const widest = { ...table(1), columns: [{ ...(columns(1)[0] as Column), name: 'x'.repeat(500) }] };
    expect(tableSize(document, wide).width).toBeGreaterThan(tableSize(document, table(1)).width);
    expect(tableSize(document, widest).width).toBe(NODE.maxWidth);
    expect(tableSize(document, wide).width % 4).toBe(0);
  });
});

describe('rowMiddle', () => {
  it('is the middle of the row, of the last row for what is not shown, of the header for what is not there', () => {
    const header = NODE.border + NODE.header / 2;
    const row = (at: number) => NODE.border + NODE.header + at * NODE.row + NODE.row / 2;
    expect(rowMiddle(document, table(5), 'c2')).toBe(row(2));
    expect(rowMiddle(document, table(60), 'c50')).toBe(row(39));
    expect(rowMiddle(document, table(5), 'gone')).toBe(header);
    expect(rowMiddle(document, table(5), undefined)).toBe(header);
    expect(rowMiddle(document, table(5), 'c2', true)).toBe(header);
  });
});
