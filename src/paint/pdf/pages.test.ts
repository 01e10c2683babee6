import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { MM, type PageSetup, PIXEL, pagesOf, SHEETS } from './pages.ts';

const SETUP = { kind: 'tiled', sheet: 'A4', landscape: false, scale: 1, margin: 10, overlap: 5 } as const;

describe('pagesOf', () => {
  it('gives one page as large as the picture', () => {
    const { pages, scale } = pagesOf({ x: -10, y: 5, width: 800, height: 600 }, { kind: 'single' });
    expect(scale).toBe(1);
    expect(pages).toHaveLength(1);
    expect(pages[0]).toMatchObject({ width: 600, height: 450, scale: PIXEL, region: { x: -10, y: 5, width: 800, height: 600 } });
  });

  it('scales a page down that readers would refuse', () => {
    const { pages, scale } = pagesOf({ x: 0, y: 0, width: 60_000, height: 20_000 }, { kind: 'single' });
    expect(pages[0]?.width).toBe(14_400);
    expect(scale).toBeCloseTo(0.32);
  });

  it('covers every pixel of the picture, neighbours by the overlap twice, within the paper', () => {
    const setups = fc.record({
      kind: fc.constant('tiled' as const),
      sheet: fc.constantFrom('A4', 'A3', 'Letter' as const),
      landscape: fc.boolean(),
      scale: fc.constantFrom(1, 0.75, 0.5, 0.33, 0.25),
      margin: fc.integer({ min: 6, max: 40 }),
      overlap: fc.integer({ min: 0, max: 40 }),
    });
    const side = fc.integer({ min: 50, max: 9000 });
    fc.assert(
      fc.property(setups as fc.Arbitrary<Extract<PageSetup, { kind: 'tiled' }>>, side, side, (setup, width, height) => {
        const bounds = { x: -300, y: 70, width, height };
        const { pages, columns, rows } = pagesOf(bounds, setup);
        expect(pages).toHaveLength(columns * rows);
        const sheet = SHEETS[setup.sheet];
        for (const page of pages) {
          expect(page.width).toBeCloseTo((setup.landscape ? sheet.height : sheet.width) * MM, 3);
          expect(page.frame.x + page.frame.width).toBeCloseTo(page.width - page.frame.x, 3);
          expect(page.region.width * page.scale).toBeCloseTo(page.frame.width, 3);
        }
        const first = pages[0];
        const last = pages.at(-1);
        if (first === undefined || last === undefined) throw new Error('no page');
        expect([first.region.x, first.region.y]).toEqual([bounds.x, bounds.y]);
        expect(last.region.x + last.region.width).toBeGreaterThanOrEqual(bounds.x + width - 0.01);
        expect(last.region.y + last.region.height).toBeGreaterThanOrEqual(bounds.y + height - 0.01);
        const second = pages[1];
        if (columns > 1 && second !== undefined) {
          const twice = (first.region.x + first.region.width - second.region.x) * first.scale;
          expect(twice).toBeGreaterThanOrEqual(0);
          expect(twice).toBeLessThanOrEqual(setup.overlap * MM + 0.01);
        }
      }),
      runs(31, 200),
    );
  });

  it('fits everything on one sheet, never larger than it is', () => {
    const large = pagesOf({ x: 0, y: 0, width: 5000, height: 800 }, { ...SETUP, scale: 'fit' });
    expect(large.pages).toHaveLength(1);
    expect(large.pages[0]?.region.width).toBeCloseTo(5000);
    expect(pagesOf({ x: 0, y: 0, width: 100, height: 80 }, { ...SETUP, scale: 'fit' }).scale).toBe(1);
  });

  it('counts pages across and down from the upper left', () => {
    const { pages, columns, rows } = pagesOf({ x: 0, y: 0, width: 1500, height: 2500 }, SETUP);
    expect(pages.map((page) => `${page.across}/${page.down}`).slice(0, columns + 1)).toEqual([
      ...Array.from({ length: columns }, (_, at) => `${at + 1}/1`),
      '1/2',
    ]);
    expect(pages.at(-1)).toMatchObject({ across: columns, down: rows });
  });

  it('shrinks rather than fill a hall with paper', () => {
    const { pages, scale } = pagesOf({ x: 0, y: 0, width: 200_000, height: 150_000 }, SETUP);
    expect(pages.length).toBeLessThanOrEqual(2000);
    expect(scale).toBeLessThan(1);
  });
});
