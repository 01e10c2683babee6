import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { UNLIMITED } from '../../budget.ts';
import { type Relation, valueAt } from '../relation.ts';
import { type ReadOptions, readData } from './data.ts';
import { readDelimited } from './delimited.ts';
import { detectFormat } from './detect.ts';
import { columnNames } from './format.ts';

function cellsOf(relation: Relation): (string | undefined)[][] {
  return Array.from({ length: relation.rows }, (_, row) => relation.columns.map((column) => valueAt(column, row)));
}

function read(text: string, options: ReadOptions = {}) {
  const data = readData(text, UNLIMITED, options);
  if (!data.ok) throw new Error(data.problem.message);
  return { ...data.value, names: data.value.relation.columns.map((column) => column.name), cells: cellsOf(data.value.relation) };
}

/** A field as a careful writer would: in quotes where it must be, and where chance says so. */
function written(value: string, separator: string, quote: string, always: boolean): string {
  const must = value === '' || [separator, quote, '\n', '\r'].some((special) => value.includes(special));
  return must || always ? `${quote}${value.replaceAll(quote, quote + quote)}${quote}` : value;
}

const field = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc
    .array(fc.constantFrom('a', 'b', '"', "'", ',', ';', '\t', '\n', '\r\n', '\r', ' ', 'é', '😀'), { maxLength: 8 })
    .map((parts) => parts.join('')),
);

describe('separated values', () => {
  const file = fc.record({
    rows: fc
      .integer({ min: 1, max: 4 })
      .chain((size) => fc.array(fc.array(field, { minLength: size, maxLength: size }), { minLength: 1, maxLength: 8 })),
    separator: fc.constantFrom(',', ';', '\t', '|'),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    always: fc.boolean(),
    last: fc.boolean(),
  });

  it('come back as they were written, and as another reader has them', () => {
    fc.assert(
      fc.property(file, ({ rows, separator, end, always, last }) => {
        const lines = rows.map((row) => row.map((value) => written(value, separator, '"', always)).join(separator));
        const text = lines.join(end) + (last ? end : '');
        const result = readDelimited(text, { separator, quote: '"', header: false }, UNLIMITED);
        if (!result.ok) throw new Error(result.problem.message);
        expect(result.value.skips.count).toBe(0);
        expect(cellsOf(result.value.relation)).toEqual(rows);
        // It passes over a line of nothing but "", which is a row of one empty text.
        if (rows[0]?.length === 1) return;
        const other = Papa.parse<string[]>(text, { delimiter: separator, newline: end, skipEmptyLines: true });
        expect(cellsOf(result.value.relation)).toEqual(other.data);
      }),
      runs(5201, 500),
    );
  });

  it('are read to the end whatever stands in them, each row in or told', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '"', ',', '\n', '\r', 'NULL', ' '), { maxLength: 40 }), (parts) => {
        const result = readDelimited(parts.join(''), { separator: ',', quote: '"', header: false }, UNLIMITED);
        if (!result.ok) {
          expect(result.problem.code).toBe('no-rows');
          return;
        }
        const lines = parts.join('').split(/\r\n|\r|\n/).length;
        expect(result.value.relation.rows + result.value.skips.count).toBeLessThanOrEqual(lines);
        for (const skip of result.value.skips.told) expect(skip.line).toBeLessThanOrEqual(lines);
      }),
      runs(5202, 500),
    );
  });

  it('take an empty field for NULL and an empty text in quotes for itself', () => {
    expect(read('a,b,c\n1,,""\n').cells).toEqual([['1', undefined, '']]);
  });

  it('leave out rows with another number of fields and say where', () => {
    const { cells, skipped, skips } = read('id,name\n1,x\n2\n\n"3\n4","z\ny",q\n5,w\n');
    expect(cells).toEqual([
      ['1', 'x'],
      ['5', 'w'],
    ]);
    expect(skipped).toBe(2);
    expect(skips).toEqual([
      { line: 3, column: 1, reason: 'The row has 1 fields where 2 are expected.' },
      { line: 5, column: 1, reason: 'The row has 3 fields where 2 are expected.' },
    ]);
  });

  it('tell a quote that is never closed, and text behind a closed one, with line and column', () => {
    expect(read('id,name\n1,"x\n2,y\n').skips).toEqual([{ line: 2, column: 3, reason: 'The quote " is never closed.' }]);
    expect(read('id,name\n1,"x"y\n2,y\n')).toMatchObject({
      cells: [['2', 'y']],
      skips: [{ line: 2, column: 6, reason: 'There is text after the closing quote ".' }],
    });
  });

  it('read single quotes and a byte order mark', () => {
    expect(read("\uFEFFid;name\n1;'a;b'\n2;'it''s'\n")).toMatchObject({
      names: ['id', 'name'],
      cells: [
        ['1', 'a;b'],
        ['2', "it's"],
      ],
    });
  });

  it('name columns once each', () => {
    expect(columnNames([' a ', '', 'a', 'a', 'a_2'])).toEqual(['a', 'column2', 'a_2', 'a_3', 'a_2_2']);
    expect(columnNames(['__proto__', 'constructor'])).toEqual(['__proto__', 'constructor']);
  });

  it('stop when the budget says so, with the rows up to there', () => {
    const text = `id\n${Array.from({ length: 5000 }, (_, i) => i).join('\n')}\n`;
    const stopped = readDelimited(text, { separator: ',', quote: '"', header: true }, { shouldStop: () => true });
    expect(stopped).toMatchObject({ ok: true, value: { whole: false, relation: { rows: 1024 } } });
    const told: number[] = [];
    readDelimited(
      text,
      { separator: ',', quote: '"', header: true },
      { shouldStop: () => false, progress: (done) => void told.push(done) },
    );
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told).toHaveLength(4);
  });

  it('refuse a text without rows, and one with thousands of columns', () => {
    expect(readData('', UNLIMITED)).toMatchObject({ ok: false, problem: { code: 'no-rows' } });
    expect(readData('\n\n', UNLIMITED)).toMatchObject({ ok: false, problem: { code: 'no-rows' } });
    expect(readData(','.repeat(3000), UNLIMITED)).toMatchObject({ ok: false, problem: { code: 'too-many-columns' } });
  });
});

describe('what is found by looking', () => {
  const cases: readonly [what: string, text: string, separator: string, header: boolean][] = [
    ['commas with a header', 'id,name\n1,Ann\n2,Bob\n', ',', true],
    ['commas without one', 'E1,M,3,1818\nE2,A,25,1819\n', ',', false],
    ['semicolons with decimal commas', 'a;b\n1,5;2,5\n3,5;4,5\n', ';', true],
    ['tabs with commas in the text', 'id\ttext\n1\ta, b, c\n2\td\n', '\t', true],
    ['bars', 'id|x\n1|2\n3|4\n', '|', true],
    ['text alone with a header', 'country,capital\nFrance,Paris\nSpain,Madrid\n', ',', true],
    ['text alone without one', 'red,round\nblue,square\nred,square\n', ',', false],
    ['a header over a column with gaps', 'id,score\n1,?\n2,4.5\n3,?\n', ',', true],
    ['separators inside quotes', 'id,list\n1,"a;b;c;d"\n2,"e;f;g;h"\n', ',', true],
    ['one column', 'name\nAnn\nBob\n', ',', true],
  ];

  it.each(cases)('%s', (_, text, separator, header) => {
    expect(detectFormat(text)).toEqual({ separator, quote: '"', header });
  });

  it('is not asked for what is given', () => {
    expect(detectFormat('id,name\n1,Ann\n', { header: false, separator: ';' })).toEqual({
      separator: ';',
      quote: '"',
      header: false,
    });
  });

  it('spellings of NULL: some everywhere, others only among values that are no text', () => {
    const { cells, nulls } = read('a,b,c\n1,x,NULL\n?,?,y\n3,NA,\\N\n');
    expect(cells).toEqual([
      ['1', 'x', undefined],
      [undefined, '?', 'y'],
      ['3', 'NA', undefined],
    ]);
    expect(nulls).toEqual(['?', 'NULL', '\\N']);
  });

  it('spellings of NULL that are given are the only ones', () => {
    expect(read('a,b\n1,none\n?,NULL\n', { nulls: ['none'] }).cells).toEqual([
      ['1', undefined],
      ['?', 'NULL'],
    ]);
  });
});

describe('JSON', () => {
  it('lines become rows, properties columns; what is missing or null is NULL, what is nested stays JSON', () => {
    const text = '{"id":1,"name":"a"}\n\n{"id":2,"tags":["x"],"ok":true}\r\n{"name":null,"id":3.50,"o":{"k":1}}\n';
    expect(read(text)).toMatchObject({
      names: ['id', 'name', 'tags', 'ok', 'o'],
      cells: [
        ['1', 'a', undefined, undefined, undefined],
        ['2', undefined, '["x"]', 'true', undefined],
        ['3.5', undefined, undefined, undefined, '{"k":1}'],
      ],
    });
  });

  it('arrays on lines, and one array of objects, are rows too', () => {
    expect(read('[1,"a"]\n[2,"b"]\n')).toMatchObject({
      names: ['column1', 'column2'],
      cells: [
        ['1', 'a'],
        ['2', 'b'],
      ],
    });
    expect(read('[{"a":1},\n {"a":2,"__proto__":"x"}]')).toMatchObject({
      names: ['a', '__proto__'],
      cells: [
        ['1', undefined],
        ['2', 'x'],
      ],
    });
  });

  it('lines that are no JSON are told with line and column; a text of nothing else is refused', () => {
    const { cells, skips } = read('{"a":1}\n{"a":1 2}\n7\n');
    expect(cells).toEqual([['1']]);
    expect(skips.map(({ line, column }) => [line, column])).toEqual([
      [2, 8],
      [3, 1],
    ]);
    const refused = readData('{"a"\n', UNLIMITED);
    expect(refused).toMatchObject({ ok: false, problem: { code: 'not-json' } });
  });
});
