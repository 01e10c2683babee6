import { describe, expect, it } from 'vitest';
import { type Tally, tally } from './tally.ts';

function of(...severities: ('error' | 'warning' | 'info')[]): Tally | undefined {
  return severities.reduce<Tally | undefined>(tally, undefined);
}

describe('a tally', () => {
  it('counts errors and warnings together, under the worse', () => {
    expect(of('warning', 'error', 'warning')).toEqual({ count: 3, worst: 'error' });
  });

  it('leaves notes out where there is worse, in whatever order they come', () => {
    expect(of('info', 'warning', 'info')).toEqual({ count: 1, worst: 'warning' });
    expect(of('warning', 'info')).toEqual({ count: 1, worst: 'warning' });
  });

  it('counts notes where there is nothing else', () => {
    expect(of('info', 'info')).toEqual({ count: 2, worst: 'info' });
    expect(of()).toBeUndefined();
  });
});
