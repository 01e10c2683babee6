import { expect, it } from 'vitest';
import { EXCHANGE_FORMATS } from '#engine/exchange/formats.ts';
import { EXCHANGE_WRITERS } from '#engine/exchange/writers.ts';
import { DIALECTS } from './exchange-features/build.ts';
import { FEATURE_CASES } from './exchange-features/cases.ts';
import { judge } from './exchange-honesty.ts';

it.each(EXCHANGE_FORMATS)('$label: documents that differ are written differently, or a loss says why not', ({ id }) => {
  const silent = FEATURE_CASES.flatMap((one) =>
    (one.at ?? DIALECTS).flatMap((dialect) =>
      judge(one, EXCHANGE_WRITERS[id], dialect).silent.map((pair) => `${one.feature} ${one.of} (${dialect}): ${pair}`),
    ),
  );
  expect(silent).toEqual([]);
});

it('sees a loss that nobody declares', () => {
  const forgetful: typeof EXCHANGE_WRITERS.atlas = (document) => ({ ...EXCHANGE_WRITERS.atlas(document), losses: [] });
  const silent = FEATURE_CASES.filter((one) => judge(one, forgetful, one.at?.[0] ?? 'postgresql').silent.length > 0);
  expect(silent.length).toBeGreaterThan(20);
});
