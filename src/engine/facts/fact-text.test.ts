import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import {
  distinctText,
  exactNumber,
  percentText,
  readBytes,
  readCorrelation,
  readDistinct,
  readNumber,
  readShare,
} from './fact-text.ts';
import { commonGist, commonText, readCommon, readValues, valuesText } from './list-text.ts';

const value = <T>(read: { ok: true; value: T } | { ok: false; problem: { message: string } }) =>
  read.ok ? read.value : read.problem.message;

describe('numbers as people write them', () => {
  it('have suffixes, separators and exponents', () => {
    const given: readonly [string, number][] = [
      ['2M', 2e6],
      ['1.5e6', 1.5e6],
      ['1,500', 1500],
      ['1 500 000', 1.5e6],
      ["2'000", 2000],
      ['1_000', 1000],
      [' 20 k ', 20_000],
      ['3bn', 3e9],
      ['.5', 0.5],
      ['−4', -4],
      ['0.3M', 300_000],
    ];
    for (const [text, number] of given) expect(readNumber(text), text).toBe(number);
  });

  it('are not guessed from what is no number', () => {
    for (const text of ['', 'many', '1..2', '5kk', '1,5', '1 50', '0x10', 'Infinity', '9'.repeat(40), '1e999', '--1'])
      expect(readNumber(text), text).toBeUndefined();
  });

  it('are exact in fields', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (number) => {
        expect(readNumber(exactNumber(number))).toBe(number);
      }),
      runs(301),
    );
  });
});

describe('shares, bytes and different values', () => {
  it('take a sign or none', () => {
    expect(['10 %', '10%', '0.1', '10', '100', '0', '1'].map((text) => value(readShare(text)))).toEqual([
      0.1, 0.1, 0.1, 0.1, 1, 0, 1,
    ]);
    expect(value(readShare('120 %'))).toContain('between');
    expect(value(readShare('some'))).toContain('such as 10 %');
    expect([0.1, 0.004, 0.00001, 0, 1, 0.12345].map(percentText)).toEqual(['10 %', '0.4 %', '< 0.01 %', '0 %', '100 %', '12.3 %']);
  });

  it('take units of bytes', () => {
    expect(['8', '8 B', '40 kB', '1.5 GB', '2 GiB', '16 bytes', '3MB'].map((text) => value(readBytes(text)))).toEqual([
      8,
      8,
      40_000,
      1.5e9,
      2 * 1024 ** 3,
      16,
      3e6,
    ]);
    expect(value(readBytes('-1'))).toContain('0 or more');
    expect(value(readBytes('big'))).toContain('Bytes are needed');
  });

  it('say unique, a share of the rows or a number', () => {
    expect(
      ['unique', 'Unique', '50 %', '50% of rows', '12k', '-0.5', '4'].map((text) => value(readDistinct(text, undefined))),
    ).toEqual([-1, -1, -0.5, -0.5, 12_000, -0.5, 4]);
    for (const text of ['0', '-2', '0 %', '200 %', 'few']) expect(readDistinct(text, undefined).ok, text).toBe(false);
    expect(value(readDistinct('2M', 1000))).toBe('There are 1,000 rows: no more values can differ.');
    expect([-1, -0.5, 12_000].map(distinctText)).toEqual(['unique', '50 % of rows', '12k']);
    for (const distinct of [-1, -0.5, 7]) expect(value(readDistinct(distinctText(distinct), undefined))).toBe(distinct);
  });

  it('correlate from -1 to 1', () => {
    expect(['1', '-0.5', '0'].map((text) => value(readCorrelation(text)))).toEqual([1, -0.5, 0]);
    expect(['1.1', 'high', ''].map((text) => readCorrelation(text).ok)).toEqual([false, false, false]);
  });
});

describe('lists of values', () => {
  it('have their shares as the last word', () => {
    expect(value(readCommon('open 60 %; New York 30%\n"a;b" 5 %; "x 5" 0.01'))).toEqual([
      { value: 'open', share: 0.6 },
      { value: 'New York', share: 0.3 },
      { value: 'a;b', share: 0.05 },
      { value: 'x 5', share: 0.01 },
    ]);
    expect(value(readCommon('2024 10 %; 1999 5 %'))).toEqual([
      { value: '2024', share: 0.1 },
      { value: '1999', share: 0.05 },
    ]);
    expect(value(readCommon(''))).toEqual([]);
  });

  it('say what is wrong', () => {
    expect(value(readCommon('open'))).toContain('needs its share');
    expect(value(readCommon('a 60 %; b 60 %'))).toContain('120 %');
    expect(value(readCommon('a 6 %; a 6 %'))).toContain('twice');
    expect(value(readCommon('"a 6 %'))).toContain('not closed');
    expect(value(readCommon('"a" b 6 %'))).toContain('not b');
    expect(value(readValues('"a" b'))).toContain('not b');
  });

  it('show the first few', () => {
    const common = ['open', '', 'c', 'd'].map((one) => ({ value: one, share: 0.25 }));
    expect(commonGist(common)).toBe('open 25 %, (empty) 25 %, c 25 %, +1');
  });

  it('[law] come back as they were written, whatever signs they hold', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', ';', '"', '\n', '%', '5', '\t', '\r') });
    fc.assert(
      fc.property(fc.uniqueArray(text), (values) => {
        expect(value(readValues(valuesText(values)))).toEqual(values);
        const common = values.map((one, at) => ({ value: one, share: (values.length - at) / (values.length + 1) ** 2 }));
        const read = value(readCommon(commonText(common)));
        expect(typeof read === 'string' ? read : read.map((one) => one.value)).toEqual(values);
      }),
      runs(302),
    );
  });

  it('are read in linear time', () => {
    const read = readValues(`${'"'.repeat(200_001)};${' '.repeat(200_000)}`);
    expect(read.ok).toBe(false);
  });
});
