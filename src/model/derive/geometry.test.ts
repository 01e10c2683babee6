import { describe, expect, it } from 'vitest';
import { generatedDocument } from '#test/generated-document.ts';
import { recordIn } from '../collections.ts';
import type { Column } from '../column-types.ts';
import { emptyDocument, emptyTable } from '../create.ts';
import { MAIN_DIAGRAM } from '../layout-types.ts';
import { columnsInRows, isFolded, NODE, nodeSize, rowMiddle, shownColumns, tableSize } from './geometry.ts';
import { seenOn } from './level.ts';

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

describe('the detail of a diagram', () => {
  const base = generatedDocument(12);
  const shown = (detail?: 'names' | 'keys') => {
    const diagram = { id: MAIN_DIAGRAM, name: 'Main', ...(detail === undefined ? {} : { detail }) };
    return seenOn({ ...base, diagrams: { [MAIN_DIAGRAM]: diagram } }, MAIN_DIAGRAM);
  };
  const child = Object.values(base.relationships)[0];
  const table = recordIn(base, 'tables', child?.child ?? '');
  if (child === undefined || table === undefined) throw new Error('the generated schema has foreign keys');

  it('leaves the key columns, or none', () => {
    const [all, keys, names] = [shown(), shown('keys'), shown('names')].map((one) => nodeSize(one, table));
    const rows = columnsInRows(shown('keys'), table).map((column) => column.id);
    expect(columnsInRows(shown(), table)).toHaveLength(table.columns.length);
    expect(rows.length).toBeLessThan(table.columns.length);
    expect(rows).toEqual(expect.arrayContaining([...child.childColumns]));
    expect((all?.height ?? 0) - (keys?.height ?? 0)).toBe((table.columns.length - rows.length) * NODE.row);
    expect(names).toEqual(tableSize(base, table, true));
    expect(isFolded(shown('names'), undefined)).toBe(true);
    expect(isFolded(shown('keys'), undefined)).toBe(false);
  });

  it('has lines meet the head where no row is shown', () => {
    const plain = table.columns.find((column) => !columnsInRows(shown('keys'), table).includes(column));
    expect(rowMiddle(shown('keys'), table, plain?.id)).toBe(NODE.border + NODE.header / 2);
    expect(rowMiddle(shown('names'), table, child.childColumns[0])).toBe(NODE.border + NODE.header / 2);
  });

  it('keeps an invitation in a table without columns, and nothing in one without keys', () => {
    const empty = emptyTable('e', 'sch_public', 'e');
    const loose = { ...empty, columns: [{ id: 'c', name: 'c', type: { kind: 'builtin', name: 'text' }, nullable: true } as const] };
    expect(tableSize(shown('keys'), empty).height).toBe(NODE.header + NODE.row + 2 * NODE.border);
    expect(tableSize(shown('keys'), loose).height).toBe(NODE.header + 2 * NODE.border);
  });
});
