import { describe, expect, it } from 'vitest';
import { distance, EYES } from '../../test/eyes.ts';
import { contrast } from './lens.ts';
import { PALETTES } from './palette.ts';

const long = (colour: string) => colour.replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');

describe.each(['light', 'dark'] as const)('the tints of schemas, %s', (theme) => {
  const { tints, raised, canvas } = PALETTES[theme];

  it.each(Object.keys(EYES))('are told apart by eyes with %s', (eye) => {
    const matrix = EYES[eye] as readonly (readonly number[])[];
    for (const [at, tint] of tints.entries()) {
      for (const other of tints.slice(at + 1)) expect(distance(tint, other, matrix), `${tint} ${other}`).toBeGreaterThan(0.09);
    }
  });

  it('stand out from what they are drawn on', () => {
    for (const tint of tints) {
      for (const ground of [raised, canvas]) expect(contrast(tint, long(ground)), tint).toBeGreaterThanOrEqual(3);
    }
  });
});
