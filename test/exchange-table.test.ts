import { expect, it } from 'vitest';
import { FEATURES } from '#engine/exchange/common/features.ts';
import { FEATURE_CASES } from './exchange-features/cases.ts';
import { formatTable } from './exchange-table.ts';

it('tries every feature that a document may have', () => {
  const tried = new Set(FEATURE_CASES.map(({ feature }) => feature));
  expect(Object.keys(FEATURES).filter((feature) => !tried.has(feature as keyof typeof FEATURES))).toEqual([]);
});

it('is what docs/formats.md says (npx vitest run test/exchange-table.test.ts -u writes it)', async () => {
  await expect(formatTable()).toMatchFileSnapshot('../docs/formats.md');
});
