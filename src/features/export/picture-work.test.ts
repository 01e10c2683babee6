import { beforeEach, describe, expect, it } from 'vitest';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { load } from '#state/document.ts';
import { select, viewStore } from '#state/view.ts';
import { generatedDocument, placedAt } from '#test/generated-document.ts';
import { DEFAULT_CHOICE } from './choice.ts';
import {
  areasOf,
  copyImage,
  estimate,
  fileName,
  formatOf,
  idsOf,
  quickIds,
  selectedArea,
  selectionSize,
  subjectOf,
} from './picture-work.ts';

const BOX = { diagram: MAIN_DIAGRAM, x: -20, y: -20, width: 400, height: 400, tint: 1 };
const MODEL: Document = {
  ...placedAt(generatedDocument(3), [
    ['tbl_0', { x: 0, y: 0 }],
    ['tbl_1', { x: 900, y: 0 }],
    ['tbl_2', { x: 0, y: 900 }],
  ]),
  areas: {
    b: { id: 'b', name: 'Beta', ...BOX },
    a: { id: 'a', name: 'Alpha', ...BOX, x: 880 },
    other: { id: 'other', name: 'Else', ...BOX, diagram: 'd2' },
  },
};
const FACTS = { width: 1500, height: 1000, nodes: 3, drawn: 5 };

beforeEach(() => {
  load(MODEL);
  viewStore.setState({ diagram: MAIN_DIAGRAM, selection: [] });
});

describe('what is drawn', () => {
  it('is everything, the selection with its tables once, or an area with what it holds', () => {
    select([{ record: 'tbl_1', part: 'tbl_1_c0' }, { record: 'tbl_1' }, { record: 'rel_1_0' }, { record: 'a' }]);
    expect(idsOf(MODEL, 'diagram', undefined)).toBeUndefined();
    expect(idsOf(MODEL, 'selection', undefined)).toEqual(['tbl_1', 'a']);
    expect(selectionSize(MODEL)).toBe(2);
    expect(selectedArea(MODEL)).toBe('a');
    expect(idsOf(MODEL, 'area', 'b')).toEqual(expect.arrayContaining(['b', 'tbl_0']));
    expect(idsOf(MODEL, 'area', 'b')).not.toContain('tbl_2');
    expect(idsOf(MODEL, 'area', 'gone')).toEqual([]);
  });

  it('offers the areas of the shown diagram by name', () => {
    expect(areasOf(MODEL).map((one) => one.name)).toEqual(['Alpha', 'Beta']);
  });

  it('is quickly the selection, an area alone with what it holds, else all', () => {
    expect(quickIds()).toBeUndefined();
    select([{ record: 'tbl_2' }]);
    expect(quickIds()).toEqual(['tbl_2']);
    select([{ record: 'b' }]);
    expect(quickIds()).toContain('tbl_0');
  });

  it('counts findings only when asked', () => {
    expect(subjectOf(MODEL, undefined, false)).not.toHaveProperty('findings');
    expect(subjectOf(MODEL, ['tbl_0'], true)).toMatchObject({ only: ['tbl_0'], findings: [] });
  });
});

describe('estimate', () => {
  it('says pixels, and the largest scale where there are too many', () => {
    expect(estimate(FACTS, { ...DEFAULT_CHOICE, format: 'png', scale: 2 })).toEqual({ text: '3,000 × 2,000 pixels', bad: false });
    const large = estimate({ ...FACTS, width: 60_000, height: 40_000 }, { ...DEFAULT_CHOICE, format: 'png', scale: 4 });
    expect(large.bad).toBe(true);
    expect(large.text).toContain('at most 0.45×');
    expect(estimate(FACTS, { ...DEFAULT_CHOICE, format: 'svg' }).text).toBe('1,500 × 1,000 pixels at its natural size');
  });

  it('says pages', () => {
    expect(estimate(FACTS, { ...DEFAULT_CHOICE, format: 'pdf' }).text).toBe('1 page, 100% of its natural size');
    const tiled = { ...DEFAULT_CHOICE, format: 'pdf', pages: 'tiled', percent: 100 } as const;
    expect(estimate(FACTS, tiled).text).toBe('4 pages, 2 across and 2 down, 100%');
    expect(estimate(FACTS, { ...tiled, percent: 'fit' }).text).toMatch(/^1 page, \d\d% of/);
  });
});

describe('files', () => {
  it('are named after the model', () => {
    expect(fileName(MODEL, { ...DEFAULT_CHOICE, format: 'html' })).toBe('generated.html');
    expect(formatOf({ ...DEFAULT_CHOICE, format: 'png', scale: 3.125 })).toEqual({ kind: 'png', scale: 3.125, dpi: 300 });
    expect(formatOf(DEFAULT_CHOICE)).toEqual({ kind: 'svg', fonts: true });
  });

  it('says that this browser puts no images on the clipboard', async () => {
    const copied = await copyImage(MODEL, DEFAULT_CHOICE, undefined);
    expect(!copied.ok && copied.problem.code).toBe('no-clipboard');
  });
});
