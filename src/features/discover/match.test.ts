import { describe, expect, it } from 'vitest';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document } from '#model/types.ts';
import { fittingTables, matchColumns } from './match.ts';

function table(id: string, name: string, ...names: string[]) {
  const columns = names.map((one) => ({
    id: `${id}.${one}`,
    name: one,
    type: { kind: 'builtin', name: 'text' } as const,
    nullable: true,
  }));
  return { ...emptyTable(id, 'sch_public', name), columns };
}

const ORDERS = table('o', 'orders', 'order_id', 'ZIP', 'zip', 'ship city');
const PEOPLE = table('p', 'people', 'name', 'zip');
const DOCUMENT: Document = { ...emptyDocument(), tables: { o: ORDERS, p: PEOPLE } };

describe('columns by name', () => {
  it('are the same ones, else such as differ in case, underscores and blanks', () => {
    expect(matchColumns(DOCUMENT, ORDERS, ['OrderId', 'zip', 'Zip', 'SHIP_CITY', 'total'])).toEqual([
      'o.order_id',
      'o.zip',
      'o.ZIP',
      'o.ship city',
      undefined,
    ]);
  });

  it('are taken once', () => {
    expect(matchColumns(DOCUMENT, PEOPLE, ['zip', 'ZIP', 'z_i_p'])).toEqual(['p.zip', undefined, undefined]);
  });

  it('do not match by signs alone', () => {
    expect(matchColumns(DOCUMENT, PEOPLE, ['_', ''])).toEqual([undefined, undefined]);
  });
});

describe('tables that fit', () => {
  it('have half of the columns, the fullest first', () => {
    expect(
      fittingTables(DOCUMENT, ['order_id', 'zip', 'x'], 'data').map(({ table: { name }, matched }) => [name, matched]),
    ).toEqual([['orders', 2]]);
    expect(fittingTables(DOCUMENT, ['zip', 'name'], 'data').map(({ table: { name } }) => name)).toEqual(['people', 'orders']);
  });

  it('of equal ones that with the name of the file', () => {
    expect(fittingTables(DOCUMENT, ['zip'], 'People')[0]?.table.name).toBe('people');
    expect(fittingTables(DOCUMENT, ['zip'], 'orders')[0]?.table.name).toBe('orders');
  });
});
