import * as v from 'valibot';
import type { PageSetup } from '#paint/pdf/pages.ts';

/** What of the diagram is drawn. */
export type What = 'diagram' | 'selection' | 'area';
export type Format = 'svg' | 'png' | 'pdf' | 'html';

/** Everything a person chose about pictures: remembered between visits, no part of any document. */
export interface PictureChoice {
  readonly what: What;
  readonly format: Format;
  /** Absent = as the studio is shown. */
  readonly theme?: 'light' | 'dark' | undefined;
  readonly background: boolean;
  readonly findings: boolean;
  /** SVG brings its fonts along. */
  readonly fonts: boolean;
  /** PNG: pixels to a canvas pixel. */
  readonly scale: number;
  readonly pages: 'single' | 'tiled';
  readonly sheet: 'A4' | 'A3' | 'Letter';
  readonly landscape: boolean;
  /** PDF on sheets: per cent of the natural size, or everything on one sheet. */
  readonly percent: number | 'fit';
  /** Millimetres. */
  readonly margin: number;
  readonly overlap: number;
}

export const DEFAULT_CHOICE: PictureChoice = {
  what: 'diagram',
  format: 'svg',
  background: true,
  findings: false,
  fonts: true,
  scale: 2,
  pages: 'single',
  sheet: 'A4',
  landscape: true,
  percent: 50,
  margin: 12,
  overlap: 8,
};

/** Dots per inch of a canvas pixel. */
export const CSS_DPI = 96;
export const DPI_LIMITS = { min: 24, max: 1200 } as const;
export const MILLIMETRE_LIMITS = { margin: { min: 6, max: 40 }, overlap: { min: 0, max: 40 } } as const;

const between = (min: number, max: number) => v.pipe(v.number(), v.minValue(min), v.maxValue(max));
const flag = (name: 'background' | 'findings' | 'fonts' | 'landscape') => v.fallback(v.boolean(), DEFAULT_CHOICE[name]);

const STORED = v.object({
  what: v.fallback(v.picklist(['diagram', 'selection', 'area']), DEFAULT_CHOICE.what),
  format: v.fallback(v.picklist(['svg', 'png', 'pdf', 'html']), DEFAULT_CHOICE.format),
  theme: v.fallback(v.optional(v.picklist(['light', 'dark'])), undefined),
  background: flag('background'),
  findings: flag('findings'),
  fonts: flag('fonts'),
  scale: v.fallback(between(DPI_LIMITS.min / CSS_DPI, DPI_LIMITS.max / CSS_DPI), DEFAULT_CHOICE.scale),
  pages: v.fallback(v.picklist(['single', 'tiled']), DEFAULT_CHOICE.pages),
  sheet: v.fallback(v.picklist(['A4', 'A3', 'Letter']), DEFAULT_CHOICE.sheet),
  landscape: flag('landscape'),
  percent: v.fallback(v.union([v.literal('fit'), between(5, 400)]), DEFAULT_CHOICE.percent),
  margin: v.fallback(between(MILLIMETRE_LIMITS.margin.min, MILLIMETRE_LIMITS.margin.max), DEFAULT_CHOICE.margin),
  overlap: v.fallback(between(MILLIMETRE_LIMITS.overlap.min, MILLIMETRE_LIMITS.overlap.max), DEFAULT_CHOICE.overlap),
});

/** A choice from stored text: what is missing or makes no sense is as it comes by default. */
export function parseChoice(text: string | null): PictureChoice {
  if (text === null) return DEFAULT_CHOICE;
  try {
    const parsed = v.safeParse(STORED, JSON.parse(text));
    return parsed.success ? parsed.output : DEFAULT_CHOICE;
  } catch {
    return DEFAULT_CHOICE;
  }
}

const KEY = 'crowfoot.picture';

/** What was chosen last time. */
export function lastChoice(): PictureChoice {
  try {
    return parseChoice(localStorage.getItem(KEY));
  } catch {
    return DEFAULT_CHOICE;
  }
}

export function rememberChoice(choice: PictureChoice): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(choice));
  } catch {
    // A full or forbidden store: the next picture starts from the defaults.
  }
}

/** The pages that a choice asks for. */
export function setupOf(choice: PictureChoice): PageSetup {
  if (choice.pages === 'single') return { kind: 'single' };
  const { sheet, landscape, percent, margin, overlap } = choice;
  return { kind: 'tiled', sheet, landscape, scale: percent === 'fit' ? 'fit' : percent / 100, margin, overlap };
}
