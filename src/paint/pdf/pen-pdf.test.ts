import { describe, expect, it } from 'vitest';
import { FontBook } from '../fonts/book.ts';
import { num, textString } from './file.ts';
import { PdfNeeds, PdfPen, rgb } from './pen-pdf.ts';

function pen(): { readonly pen: PdfPen; readonly needs: PdfNeeds } {
  const needs = new PdfNeeds();
  return { pen: new PdfPen(new FontBook([]), new Map(), needs), needs };
}

describe('PdfPen', () => {
  it('fills and strokes shapes with their colours', () => {
    const { pen: one } = pen();
    one.rect({ x: 1, y: 2, width: 3, height: 4 }, { fill: '#fff', stroke: '#ff8000', width: 2, dash: [4, 3] });
    expect(one.toString().split('\n')).toEqual([
      '/A0 gs',
      '1 1 1 rg',
      '1 0.502 0 RG',
      '2 w',
      '[4 3] 0 d',
      '0 J 0 j',
      '1 2 3 4 re B',
    ]);
  });

  it('sets a state once, and again after a group that may have changed it', () => {
    const { pen: one } = pen();
    const look = { fill: '#000000' };
    one.path('M0 0h1v1z', look);
    one.path('M0 0h1v1z', look, { x: 5, y: 6 });
    one.open({ clip: { x: 0, y: 0, width: 9, height: 9 } });
    one.close();
    one.path('M0 0h1v1z', look);
    const lines = one.toString().split('\n');
    expect(lines.filter((line) => line === '0 0 0 rg')).toHaveLength(2);
    expect(lines).toContain('q 0 0 9 9 re W n');
    expect(lines).toContain('5 6 m 6 6 l 6 7 l h f');
  });

  it('notes transparency as graphics states', () => {
    const { pen: one, needs } = pen();
    one.rect({ x: 0, y: 0, width: 1, height: 1 }, { fill: '#123456', fillAlpha: 0.05 });
    expect([...needs.alphas]).toEqual([['/ca 0.05 /CA 1', 'A0']]);
  });

  it('draws nothing where a look says nothing', () => {
    const { pen: one } = pen();
    one.rect({ x: 0, y: 0, width: 1, height: 1 }, {});
    one.path('', { fill: '#000' });
    expect(one.toString()).toBe('');
  });

  it('notes text that no font has, once for each look of it', () => {
    const { pen: one, needs } = pen();
    const look = { family: 'sans', size: 10, weight: 400, colour: '#000' } as const;
    one.text('漢字', 0, 0, look);
    one.text('漢字', 50, 0, { ...look, anchor: 'end' });
    one.text('漢', 0, 9, { ...look, colour: '#f00' });
    expect([...needs.unseen.values()].map((shown) => shown.text)).toEqual(['漢字', '漢']);
    expect([...needs.missing]).toEqual([
      ['漢'.codePointAt(0), 1],
      ['字'.codePointAt(0), 2],
    ]);
    // Ending at 50, two letters of 10 begin at 30.
    expect(one.toString()).toContain('1 0 0 -1 30 0 Tm <00010002> Tj');
  });
});

describe('rgb, num and textString', () => {
  it('read colours of both lengths', () => {
    expect(rgb('#abc')).toBe(rgb('#aabbcc'));
    expect(rgb('#000000')).toBe('0 0 0');
  });

  it('write numbers without exponents', () => {
    expect(num(1e-9)).toBe('0');
    expect(num(123456.78912)).toBe('123456.789');
  });

  it('write any text so that nothing in it ends it', () => {
    expect(textString(')>\\é')).toBe('<FEFF0029003E005C00E9>');
  });
});
