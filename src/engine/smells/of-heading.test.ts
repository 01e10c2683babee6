import { expect, it } from 'vitest';
import { smellsOfHeading } from './of-heading.ts';

it('names repeating groups by the attributes and packed values by the rows', () => {
  const rows = [
    ['1', 'a,b', '2024-01-01'],
    ['2', 'b', '2024-01-02'],
    ['3', 'c,a', null],
    ['4', 'b,c', '2024-01-03'],
    ['5', null, '2024-02-01'],
  ];
  expect(smellsOfHeading(['id', 'tags', 'day'], rows)).toEqual([
    {
      kind: 'list',
      attributes: ['tags'],
      evidence: '75% of 4 different values hold up to 2 pieces between “,”; 7 pieces, 3 different',
    },
  ]);
  expect(smellsOfHeading(['id', 'phone1', 'phone2', 'x1', 'x2'])).toEqual([
    { kind: 'repeating', attributes: ['phone1', 'phone2'], evidence: 'phone stands 2 times: phone1, phone2' },
  ]);
  expect(smellsOfHeading(['a', 'b'])).toEqual([]);
});
