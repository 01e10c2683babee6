import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { readBlock } from './block.ts';

describe('a block of a spreadsheet', () => {
  it('has rows and cells', () => {
    expect(readBlock('1M\t20k\r\n5\t\n')).toEqual([
      ['1M', '20k'],
      ['5', ''],
    ]);
    expect(readBlock('alone')).toEqual([['alone']]);
    expect(readBlock('')).toEqual([]);
    expect(readBlock('\t')).toEqual([['', '']]);
  });

  it('keeps what stands in quotes together, and quotes that are no such', () => {
    expect(readBlock('"a\nb"\t"say ""hi"""\r\n"open" 60 %\tx')).toEqual([
      ['a\nb', 'say "hi"'],
      ['"open" 60 %', 'x'],
    ]);
    expect(readBlock('"never closed')).toEqual([['"never closed']]);
  });

  it('[law] what a spreadsheet writes comes back', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', '\t', '\n', ' ', '1', ';') });
    const write = (text: string) => (/["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1 }), (rows) => {
        const text = `${rows.map((row) => row.map(write).join('\t')).join('\n')}\n`;
        expect(readBlock(text)).toEqual(rows);
      }),
      runs(311),
    );
  });
});
