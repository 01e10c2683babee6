/**
 * Colours of lenses. `ordered` goes from quiet to strong with rising contrast to the page, so that order shows without
 * hue; `change` tells apart what is added, changed and removed. A test holds them apart for colour-blind eyes, their signs
 * readable, and equal to the style sheet (`--h0` … and `--d0` …).
 */
export interface LensPalette {
  readonly ordered: readonly string[];
  readonly change: readonly string[];
}

export const LENS_PALETTES: Readonly<Record<'light' | 'dark', LensPalette>> = {
  light: {
    ordered: ['#cfe6de', '#edb25a', '#e07937', '#b83837', '#67184c'],
    change: ['#2971c6', '#da950b', '#781d59'],
  },
  dark: {
    ordered: ['#32435d', '#694f9b', '#d25594', '#fb9167', '#f9dd73'],
    change: ['#4697e4', '#f1c45e', '#a13170'],
  },
};

export const LENS_INKS = { dark: '#0b1017', light: '#ffffff' } as const;

/** Luminance of `#rrggbb`, 0 to 1, as WCAG 2 defines it. */
export function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** The ink, dark or light, that reads better on a colour. */
export function inkOn(colour: string): string {
  return contrast(colour, LENS_INKS.dark) >= contrast(colour, LENS_INKS.light) ? LENS_INKS.dark : LENS_INKS.light;
}
