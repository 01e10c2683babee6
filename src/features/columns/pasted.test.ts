import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isManyCells, pastedKind, readDelimited, readPasted } from './pasted.ts';

const typed = (text: string) => readPasted(text).map((row) => row.typed ?? row.problem);

describe('readPasted', () => {
  it('takes cells in the usual order where no header says another', () => {
    expect(typed("id\tbigint\tno\nemail\tvarchar(120)\tyes\t''\tWhere to write\n")).toEqual([
      { name: 'id', type: 'bigint', nullable: false },
      { name: 'email', type: 'varchar(120)', nullable: true, default: "''", comment: 'Where to write' },
    ]);
  });

  it('follows a header in any order, and leaves columns it does not know', () => {
    expect(
      typed(
        'Description\tData Type\tColumn Name\tNullable\tOwner\tKey\nnumber\tbigint\tid\tNO\tann\tPK\n\ttext\tnote\tYES\tbob\t\n',
      ),
    ).toEqual([
      { comment: 'number', type: 'bigint', name: 'id', primary: true },
      { type: 'text', name: 'note', nullable: true },
    ]);
  });

  it('reads required as the opposite of nullable, and references', () => {
    expect(typed('name;type;required;references\ncustomer_id;bigint;yes;customers(id)')).toEqual([
      { name: 'customer_id', type: 'bigint', nullable: false, references: { path: ['customers'], column: 'id' } },
    ]);
  });

  it('takes a third column that is about no NULL for a default or a comment', () => {
    expect(typed('a\tint\t0\nb\tint\t7')).toEqual([
      { name: 'a', type: 'int', default: '0' },
      { name: 'b', type: 'int', default: '7' },
    ]);
    expect(typed('a\tint\tHow many there are\nb\tint\tnothing')).toEqual([
      { name: 'a', type: 'int', comment: 'How many there are' },
      { name: 'b', type: 'int', comment: 'nothing' },
    ]);
  });

  it('reads CSV with quotes', () => {
    expect(typed('name,type,comment\nprice,"numeric(12,2)","with ""tax"",\nmostly"')).toEqual([
      { name: 'price', type: 'numeric(12,2)', comment: 'with "tax",\nmostly' },
    ]);
  });

  it('reads lines of SQL and of shorthand', () => {
    expect(typed('id bigint primary key,\nemail text not null, -- where\n\ncustomer_id -> customers\n-- only a remark')).toEqual([
      { name: 'id', type: 'bigint', primary: true },
      { name: 'email', type: 'text', nullable: false, comment: 'where' },
      { name: 'customer_id', references: { path: ['customers'] } },
    ]);
  });

  it('says for each row why it cannot be taken, with its line', () => {
    const rows = readPasted('name\ttype\tnull\n\ttext\tno\nb\ttext\tmaybe\nc\ttext\tno');
    expect(rows.map((row) => [row.line, row.problem ?? 'fine'])).toEqual([
      [2, 'The row has no name.'],
      [3, '“maybe” says neither yes nor no to NULL.'],
      [4, 'fine'],
    ]);
  });

  it('keeps carriage returns and a byte order mark out of names', () => {
    expect(typed('\uFEFFname\ttype\r\na\ttext\r\nb\tint\r\n')).toEqual([
      { name: 'a', type: 'text' },
      { name: 'b', type: 'int' },
    ]);
  });

  it.each([
    ['CREATE TABLE t (id bigint);', 'sql'],
    ['-- a dump\ncreate unlogged table t (id int)', 'sql'],
    ['id bigint,\nCONSTRAINT x CHECK (id > 0)', 'sql'],
    ['id bigint check (id > 0)', 'sql'],
    ['id bigint,\nname text', 'lines'],
    ['a\tb', 'table'],
    ['name,type\na,int', 'table'],
  ])('tells what %s is', (text, kind) => {
    expect(pastedKind(text)).toBe(kind);
  });

  it('leaves one cell to the cell', () => {
    expect(isManyCells('email')).toBe(false);
    expect(isManyCells('numeric(12,2)')).toBe(false);
    expect(isManyCells('a\tb')).toBe(true);
    expect(isManyCells('a\nb\n')).toBe(true);
  });

  const cell = fc.string({ maxLength: 12 }).map((text) => text.replace(/\r/g, '').trim());
  it('reads delimited cells back, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), (rows) => {
        const full = rows.filter((row) => row.some((one) => one !== ''));
        const text = full.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join('\t')).join('\n');
        expect(readDelimited(text, '\t').map((row) => row.fields)).toEqual(full);
      }),
      { seed: 21, numRuns: 500 },
    );
  });

  it('loses no row: each is a column or says why not', () => {
    const line = fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom('id bigint pk', 'a text!', '(', 'x\ty\tz', "q = '"));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        for (const row of readPasted(lines.join('\n')))
          expect((row.typed === undefined) !== (row.problem === undefined)).toBe(true);
      }),
      { seed: 22, numRuns: 1000 },
    );
  });
});
