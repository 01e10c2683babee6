import { describe, expect, it } from 'vitest';
import { balance, orderLines } from '#test/discovery/tables.ts';
import { UNLIMITED } from '../budget.ts';
import { discoverDependencies } from './dependencies.ts';
import { explore } from './explore.ts';

describe('exploring a table', () => {
  const relation = orderLines(2000);

  it('tells progress that never goes back, from nothing to nearly all', () => {
    const told: number[] = [];
    explore(
      relation,
      { name: 'orders.csv', dialect: 'postgresql' },
      { shouldStop: () => false, progress: (done) => void told.push(done) },
    );
    expect(told[0]).toBe(0);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(Math.max(...told)).toBeGreaterThan(0.8);
    expect(Math.max(...told)).toBeLessThanOrEqual(1);
    expect(told.length).toBeGreaterThan(20);
  });

  it('proposes a table with the key that people would take', () => {
    const { proposal, discovery, keys } = explore(relation, { name: 'orders.csv', dialect: 'postgresql' }, UNLIMITED);
    expect(proposal).toMatchObject({ name: 'orders', primaryKey: [0] });
    expect(proposal.columns.every((column) => !column.nullable)).toBe(true);
    expect(keys[0]?.columns).toEqual([0]);
    expect(discovery).toEqual(discoverDependencies(relation, UNLIMITED));
  });

  it('is plain data that a worker can hand over', () => {
    const seen = explore(balance(), { name: 'b', dialect: 'sqlite' }, UNLIMITED);
    expect(structuredClone(seen)).toEqual(seen);
  });

  it('stopped at once still profiles, and says that the rest is not complete', () => {
    const seen = explore(relation, { name: 'orders', dialect: 'mysql' }, { shouldStop: () => true });
    expect(seen.profiles).toHaveLength(20);
    expect(seen.discovery.complete).toBe(false);
    expect(seen.approximate.complete).toBe(false);
    expect(seen.ranked).toEqual([]);
  });
});
