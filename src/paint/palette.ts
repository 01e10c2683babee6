import type { Palette } from './far-scene.ts';

/** Everything a pen needs. */
export type Colours = Palette;

/** The theme's tokens as plain colours, for pictures that leave the page. A test holds them equal to the style sheet. */
export const PALETTES: Readonly<Record<'light' | 'dark', Colours>> = {
  light: {
    canvas: '#f5f6f8',
    raised: '#fff',
    sunken: '#f0f2f5',
    line: '#e0e4ea',
    lineStrong: '#c5ccd6',
    ink: '#141c26',
    ink2: '#4b5866',
    ink3: '#5f6b7b',
    accent: '#2457d6',
    accentSoft: '#e8eefc',
    edge: '#7b8899',
    warn: '#8f5a00',
    warnSoft: '#fdf1d9',
    bad: '#b92b2b',
    badSoft: '#fce8e8',
    ok: '#0f7347',
    okSoft: '#e3f4ec',
    tints: ['#2280e0', '#983f0a', '#0f7a63', '#5a26a4', '#d23ba3', '#98861a'],
  },
  dark: {
    canvas: '#0e1319',
    raised: '#19212b',
    sunken: '#10161d',
    line: '#27313d',
    lineStrong: '#3a4655',
    ink: '#e7ecf2',
    ink2: '#a9b4c1',
    ink3: '#94a0af',
    accent: '#7ea4ff',
    accentSoft: '#1c2b4d',
    edge: '#6b7888',
    warn: '#e6b45c',
    warnSoft: '#3a2d12',
    bad: '#f28b8b',
    badSoft: '#40201f',
    ok: '#57c795',
    okSoft: '#14352a',
    tints: ['#6ba6ea', '#f0a061', '#7fe9d0', '#8f6ce0', '#d4578f', '#f5df66'],
  },
};
