import { describe, expect, it } from 'vitest';
import { simplify, stubLine } from './route-line.ts';

describe('simplify', () => {
  it('drops what is no corner', () => {
    const straight = [
      { x: 0, y: 0 },
      { x: 5, y: 0 },
      { x: 5, y: 0 },
      { x: 9, y: 0 },
      { x: 9, y: 4 },
    ];
    expect(simplify(straight)).toEqual([
      { x: 0, y: 0 },
      { x: 9, y: 0 },
      { x: 9, y: 4 },
    ]);
  });
});

describe('stubLine', () => {
  it('points to the side where the other table is', () => {
    const a = { x: 0, y: 0, width: 200, height: 100 };
    expect(stubLine({ box: a, y: 50 }, 5000).points.at(-1)).toEqual({ x: 270, y: 50 });
    expect(stubLine({ box: a, y: 50 }, -5000).points.at(-1)).toEqual({ x: -70, y: 50 });
  });
});
