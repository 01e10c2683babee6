import { describe, expect, it } from 'vitest';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Dialect, Document, View } from '#model/types.ts';
import { nameProblems } from './names.ts';

const table = emptyTable('tbl_a', 'sch_public', 'addresses');
const view: View = { id: 'view_v', schema: 'sch_public', name: 'Cities', query: 'SELECT 1' } as View;

function given(dialect: Dialect): Document {
  const document = emptyDocument('d', 18, dialect);
  return { ...document, tables: { [table.id]: table }, views: { [view.id]: view } };
}

describe('names of new tables', () => {
  it('are needed, free in the schema and different from each other', () => {
    const document = given('postgresql');
    expect(nameProblems(document, table, ['addresses', 'zips', 'towns'])).toEqual({});
    expect(nameProblems(document, table, ['addresses', '', 'addresses', 'Cities', 'x', 'x'])).toEqual({
      1: 'A name is needed.',
      2: 'There is already a table addresses.',
      3: 'There is already a view Cities.',
      5: 'Two of the tables are called x.',
    });
  });

  it('are compared as the dialect does', () => {
    expect(nameProblems(given('postgresql'), table, ['addresses', 'cities'])).toEqual({});
    expect(nameProblems(given('mssql'), table, ['addresses', 'cities'])).toEqual({ 1: 'There is already a view Cities.' });
  });

  it('of the table that stays are not looked at', () => {
    expect(nameProblems(given('postgresql'), table, ['addresses'])).toEqual({});
  });
});
