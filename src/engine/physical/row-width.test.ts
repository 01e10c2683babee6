import { describe, expect, it } from 'vitest';
import type { Column, ColumnType } from '#model/column-types.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document, Table } from '#model/types.ts';
import { rowWidth } from './row-width.ts';

let serial = 0;
const column = (type: string | ColumnType, more: Partial<Column> = {}): Column => {
  serial += 1;
  const given = typeof type === 'string' ? ({ kind: 'builtin', name: type } as const) : type;
  return { id: `c${serial}`, name: `c${serial}`, type: given, nullable: false, ...more };
};
const table = (...columns: Column[]): Table => ({ ...emptyTable('t', 'sch_public', 't'), columns });
const width = (one: Table, document: Document = emptyDocument()) => rowWidth(document, one);

describe('the width of a row', () => {
  it('is header, values at their alignment, and line pointer', () => {
    expect(width(table())).toEqual({ bytes: 24 + 4, assumed: 0 });
    expect(width(table(column('bigint'))).bytes).toBe(24 + 8 + 4);
    expect(width(table(column('boolean'), column('bigint'))).bytes).toBe(24 + 16 + 4);
    expect(width(table(column('bigint'), column('boolean'))).bytes).toBe(24 + 16 + 4);
    expect(width(table(column('integer'), column('smallint'), column('smallint'))).bytes).toBe(24 + 8 + 4);
  });

  it('knows aliases, enums and domains', () => {
    expect(width(table(column('int8'))).bytes).toBe(width(table(column('bigint'))).bytes);
    const document: Document = {
      ...emptyDocument(),
      types: {
        mood: { id: 'mood', kind: 'enum', schema: 'sch_public', name: 'mood', values: ['ok'] },
        price: {
          id: 'price',
          kind: 'domain',
          schema: 'sch_public',
          name: 'price',
          base: { kind: 'builtin', name: 'bigint' },
          checks: [],
        },
      },
    };
    expect(width(table(column({ kind: 'custom', type: 'mood' })), document)).toEqual({ bytes: 24 + 8 + 4, assumed: 0 });
    expect(width(table(column({ kind: 'custom', type: 'price' })), document)).toEqual({ bytes: 24 + 8 + 4, assumed: 0 });
  });

  it('says how much of it is a guess, and takes a declared average instead', () => {
    expect(width(table(column('text'), column('jsonb'))).assumed).toBe(2);
    const declared = width(table(column('text', { facts: { averageWidth: 11 } })));
    expect(declared).toEqual({ bytes: 24 + 16 + 4, assumed: 0 });
  });

  it('counts a null bitmap, and columns less that are often null', () => {
    const often = width(table(column('bigint'), column('bigint', { nullable: true, facts: { nullFraction: 1 } })));
    const never = width(table(column('bigint'), column('bigint', { nullable: true })));
    expect(never.bytes - often.bytes).toBe(8);
  });

  it('counts what a column computes only where it is stored', () => {
    const generated = (stored: boolean) => table(column('bigint'), column('bigint', { generated: { expression: '1', stored } }));
    expect(width(generated(true)).bytes - width(generated(false)).bytes).toBe(8);
  });

  it('grows with a declared length', () => {
    const char = (n: number) => width(table(column({ kind: 'builtin', name: 'char', args: [String(n)] }))).bytes;
    expect(char(400) - char(8)).toBeGreaterThan(380);
    expect(width(table(column({ kind: 'builtin', name: 'char', args: ['8'] }))).assumed).toBe(0);
  });

  it('is remembered for a table that stays the same', () => {
    const one = table(column('text'));
    const document = emptyDocument();
    expect(rowWidth(document, one)).toBe(rowWidth(document, one));
  });
});
