import { describe, expect, it } from 'vitest';
import type { RankedFd } from '#engine/discover/rank.ts';
import { discoveredIn, sourceOf } from './provenance.ts';
import { additionWords, agreement, evidenceWords, matches, strengthOf, valueText } from './words.ts';

const SCORES = { length: 0, value: 0, position: 0, duplication: 0, redundancy: 0, support: 0, name: 0, type: 0 };
const RANKED: RankedFd = {
  left: [0],
  right: [1],
  score: 0.7,
  scores: SCORES,
  groups: 3,
  distinct: 5,
  things: 90,
  redundantCells: 1200,
  evidence: true,
};

describe('words', () => {
  it('say what speaks for a dependency', () => {
    expect(evidenceWords(RANKED)).toBe(
      'Holds in 3 groups of equal rows on the left; 1,200 cells on the right repeat what is known.',
    );
    expect(evidenceWords({ ...RANKED, evidence: false })).toContain('never repeat');
    expect(strengthOf(RANKED).label).toBe('strong');
    expect(strengthOf({ ...RANKED, score: 0.1 }).label).toBe('weak');
    expect(strengthOf({ ...RANKED, score: 0, evidence: false }).label).toBe('no evidence');
  });

  it('say how many rows agree', () => {
    expect(agreement({ left: [0], right: 1, violating: 2, examples: [] }, 10_000)).toBe('9,998 of 10,000 rows agree');
  });

  it('tell NULL from the empty text', () => {
    expect(valueText(undefined)).not.toBe(valueText(''));
    expect(valueText('NULL ')).toBe('NULL ');
  });

  it('find what is typed, word by word', () => {
    expect(matches('zip → city, state', 'CITY zip')).toBe(true);
    expect(matches('zip → city, state', 'zip, land')).toBe(false);
    expect(matches('anything', '')).toBe(true);
  });

  it('say what the button does', () => {
    const nothing = { made: [], dependencies: 0, keys: 0, foreignKeys: 0 };
    expect(additionWords({ ...nothing, made: ['t'], dependencies: 2 }, 1)).toBe('Add table with 2 accepted dependencies');
    expect(additionWords({ ...nothing, made: ['t', 'u'], dependencies: 1, foreignKeys: 1 }, 2)).toBe(
      'Add 2 tables with 1 accepted dependency and 1 foreign key',
    );
    expect(additionWords({ ...nothing, dependencies: 1, keys: 2 }, 1)).toBe('Add 1 accepted dependency, 2 keys');
    expect(additionWords({ ...nothing, keys: 1 }, 1)).toBe('Add 1 key');
    expect(additionWords(nothing, 1)).toBe('Nothing accepted yet');
  });
});

describe('where a dependency comes from', () => {
  it('names the file without folders and the share of rows that do not keep it', () => {
    const date = '2026-01-02';
    expect(discoveredIn({ source: sourceOf({ name: 'a/b/orders.csv' }), rows: 10_000 }, date)).toEqual({
      discovered: { source: 'orders.csv', rows: 10_000, date },
    });
    expect(discoveredIn({ source: 'orders.csv', rows: 10_000, violating: 2 }, date).discovered.error).toBe(0.0002);
    expect(sourceOf({ name: 'a', source: 'a query on x/y.sql' })).toBe('a query on x/y.sql');
  });
});
