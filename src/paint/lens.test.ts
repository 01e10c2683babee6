import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, inkOn, LENS_PALETTES, luminance } from './lens.ts';

/** Colour vision deficiencies as matrices on linear RGB (Machado, Oliveira, Fernandes 2009, severity 1). */
const EYES: Readonly<Record<string, readonly (readonly number[])[]>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linear(hex: string): number[] {
  return [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
}

/** A colour in OKLab (Ottosson 2020) as these eyes see it. */
function seen(hex: string, eye: readonly (readonly number[])[]): number[] {
  const rgb = linear(hex);
  const [r = 0, g = 0, b = 0] = eye.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, part, at) => sum + part * (rgb[at] ?? 0), 0),
      ),
    ),
  );
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(a: string, b: string, eye: readonly (readonly number[])[]): number {
  const [one, other] = [seen(a, eye), seen(b, eye)];
  return Math.hypot(...one.map((part, at) => part - (other[at] ?? 0)));
}

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
