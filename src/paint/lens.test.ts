import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { distance, EYES } from '../../test/eyes.ts';
import { contrast, inkOn, LENS_PALETTES, luminance } from './lens.ts';

describe.each(['light', 'dark'] as const)('the colours of lenses, %s', (theme) => {
  const { ordered, change } = LENS_PALETTES[theme];

  it('carry letters that can be read', () => {
    for (const colour of [...ordered, ...change]) expect(contrast(inkOn(colour), colour), colour).toBeGreaterThanOrEqual(4.5);
  });

  it('go one way in lightness, each step clearly from the one before, its strongest far from its quietest', () => {
    const light = ordered.map(luminance);
    const sorted = light.toSorted((a, b) => (theme === 'light' ? b - a : a - b));
    expect(light).toEqual(sorted);
    for (const [at, colour] of ordered.slice(1).entries()) {
      expect(contrast(colour, ordered[at] as string), colour).toBeGreaterThan(1.3);
    }
    for (const [at, colour] of ordered.slice(2).entries()) {
      expect(contrast(colour, ordered[at] as string), `${colour}, two steps on`).toBeGreaterThan(2.2);
    }
    expect(contrast(ordered[0] as string, ordered[4] as string)).toBeGreaterThan(7);
  });

  it.each(Object.keys(EYES))('are told apart by eyes with %s', (eye) => {
    const matrix = EYES[eye] as readonly (readonly number[])[];
    for (const palette of [ordered, change]) {
      for (const [at, colour] of palette.entries()) {
        for (const other of palette.slice(at + 1))
          expect(distance(colour, other, matrix), `${colour} ${other}`).toBeGreaterThan(0.09);
      }
    }
  });

  it('are the tokens of the style sheet, with their inks', () => {
    const css = readFileSync('src/app/theme.css', 'utf8');
    const block =
      theme === 'light' ? css.slice(0, css.indexOf('[data-theme="dark"]')) : css.slice(css.indexOf('[data-theme="dark"]'));
    const token = (name: string) => new RegExp(`--${name}: (#[0-9a-f]+);`).exec(block)?.[1];
    for (const [at, colour] of ordered.entries()) {
      expect(token(`h${at}`)).toBe(colour);
      expect(contrast(token(`h${at}-ink`)?.replace('#fff', '#ffffff').slice(0, 7) ?? '', colour)).toBeGreaterThanOrEqual(4.5);
    }
    for (const [at, colour] of change.entries()) {
      expect(token(`d${at}`)).toBe(colour);
      expect(contrast(token(`d${at}-ink`)?.replace('#fff', '#ffffff').slice(0, 7) ?? '', colour)).toBeGreaterThanOrEqual(4.5);
    }
  });
});
