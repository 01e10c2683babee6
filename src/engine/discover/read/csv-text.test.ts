import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { UNLIMITED } from '../../budget.ts';
import { valueAt } from '../relation.ts';
import { CSV_TEXT, csvText } from './csv-text.ts';
import { readData } from './data.ts';

it('what is written is read back, NULL and empty text apart', () => {
  const value = fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined });
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 20 }), (rows) => {
      const read = readData(csvText(['a', 'b "x"', ','], rows), UNLIMITED, CSV_TEXT);
      if (!read.ok) throw new Error(read.problem.message);
      const { columns } = read.value.relation;
      expect(columns.map((column) => column.name)).toEqual(['a', 'b "x"', ',']);
      expect(rows.map((_, row) => columns.map((column) => valueAt(column, row)))).toEqual(rows);
    }),
    runs(20_261_121, 100),
  );
});
