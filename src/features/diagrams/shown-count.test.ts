import { expect, it } from 'vitest';
import { shownCount } from './shown-count.ts';

it('says how much is shown, numbers as everywhere', () => {
  expect(shownCount({ shown: 0, of: 6 })).toBe('0 of 6 shown');
  expect(shownCount({ shown: 1204, of: 5000 })).toBe('1,204 of 5,000 shown');
});
