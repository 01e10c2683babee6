import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitTabs, tabWidth } from './fit-tabs.ts';

describe('fitTabs', () => {
  const tabs = ['Columns', 'Keys', 'Indexes', 'Dependencies', 'Storage', 'Security', 'Docs', 'SQL'].map((label) => ({
    value: label,
    label,
  }));

  it('shows all where there is room', () => {
    expect(fitTabs(tabs, 2000, 'Keys')).toEqual({ shown: tabs, more: [] });
  });

  it('shows the first four at the usual width', () => {
    expect(fitTabs(tabs, 324, 'Columns').shown.map((tab) => tab.label)).toEqual(['Columns', 'Keys', 'Indexes', 'Dependencies']);
  });

  it('loses no tab, shows the chosen one and fits, at any width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 160, max: 900 }), fc.constantFrom(...tabs), (width, { value }) => {
        const { shown, more } = fitTabs(tabs, width, value);
        expect([...shown, ...more].map((tab) => tab.value).sort()).toEqual(tabs.map((tab) => tab.value).sort());
        expect(shown.some((tab) => tab.value === value)).toBe(true);
        expect(shown.reduce((sum, tab) => sum + tabWidth(tab.label), 0)).toBeLessThanOrEqual(width);
      }),
      { seed: 6, numRuns: 500 },
    );
  });
});
