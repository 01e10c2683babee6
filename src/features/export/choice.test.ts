import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { DEFAULT_CHOICE, parseChoice, setupOf } from './choice.ts';

describe('parseChoice', () => {
  it('gives back what was stored', () => {
    const choice = {
      ...DEFAULT_CHOICE,
      format: 'pdf',
      theme: 'dark',
      pages: 'tiled',
      sheet: 'Letter',
      percent: 'fit',
      margin: 20,
    } as const;
    expect(parseChoice(JSON.stringify(choice))).toEqual(choice);
    expect(parseChoice(null)).toEqual(DEFAULT_CHOICE);
  });

  it('takes the default for what makes no sense, and keeps the rest', () => {
    const odd = {
      ...DEFAULT_CHOICE,
      format: 'gif',
      scale: 1e9,
      margin: -4,
      percent: 'all',
      background: 'no',
      theme: 'pink',
      overlap: 3,
    };
    expect(parseChoice(JSON.stringify(odd))).toEqual({ ...DEFAULT_CHOICE, overlap: 3 });
  });

  it('never throws, whatever is stored', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(Object.keys(parseChoice(text))).toEqual(expect.arrayContaining(['what', 'format']));
      }),
      runs(77, 200),
    );
  });
});

describe('setupOf', () => {
  it('says the pages that were chosen', () => {
    expect(setupOf(DEFAULT_CHOICE)).toEqual({ kind: 'single' });
    expect(setupOf({ ...DEFAULT_CHOICE, pages: 'tiled', percent: 75 })).toEqual({
      kind: 'tiled',
      sheet: 'A4',
      landscape: true,
      scale: 0.75,
      margin: 12,
      overlap: 8,
    });
    expect(setupOf({ ...DEFAULT_CHOICE, pages: 'tiled', percent: 'fit' })).toMatchObject({ scale: 'fit' });
  });
});
