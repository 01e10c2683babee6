import { describe, expect, it } from 'vitest';
import { packedValues } from './values.ts';

const packed = (...values: string[]) => packedValues(values.map((value) => ({ value, rows: 1 })));

describe('lists', () => {
  it('are pieces of one kind that come again', () => {
    expect(packed('red,green', 'red', 'green,blue', 'blue,red,green', 'red,blue')).toMatchObject({
      kind: 'list',
      separator: ',',
      values: 5,
      packed: 4,
      pieces: 3,
      why: '80% of 5 different values hold up to 3 pieces between “,”; 10 pieces, 3 different',
    });
    expect(packed('1,2,3', '17', '4,5', '99,100,3,8', '5,6')).toMatchObject({ kind: 'list' });
    expect(packed('a; b', 'b; c', 'a; c; d', 'd')).toMatchObject({ kind: 'list', separator: '; ' });
    expect(packed('x|y', 'y|z', 'x|z|y', 'x')).toMatchObject({ kind: 'list', separator: '|' });
  });

  it.each([
    ['names with the first name behind', 'Miller, Anne', 'Smith, John', 'Doe, Jane', 'Roe, Richard', 'Bloggs, Joe'],
    ['places', 'Berlin, DE', 'Paris, FR', 'Rome, IT', 'Bern, CH', 'Vienna, AT'],
    ['numbers with a decimal comma', '1,5', '2,25', '100,0', '7,75', '8,5'],
    ['numbers in groups', '1,000', '2,500', '1,000,000', '7,750'],
    ['coordinates', '47.1,8.5', '46.2,7.3', '45.9,9.1', '48.5,10.2'],
    ['sentences', 'Hello, world.', 'Well, that is it, then.', 'No, not at all.', 'Yes, it is.'],
    [
      'prose',
      'a long line about nothing, with commas',
      'another line which says things, and more',
      'still one more of these lines, or so',
      'and the last of them all, at last',
    ],
    ['too few', 'a,b', 'b,c', 'a,c'],
    ['single words', 'red', 'green', 'blue', 'black', 'white'],
    ['JSON', '["a","b"]', '["b"]', '[]', '["a","c"]', '["c","d"]'],
  ])('are not %s', (_, ...values) => {
    expect(packed(...values)).toBeUndefined();
  });

  it('are not looked for in long texts', () => {
    expect(packed('a,b', 'b,c', 'a,c', 'a', 'b,'.repeat(300))).toBeUndefined();
  });
});

describe('pairs', () => {
  it('are names with values', () => {
    expect(packed('size=4;colour=red', 'size=5', 'colour=blue;size=1', 'size=2;colour=red')).toMatchObject({
      kind: 'pairs',
      separator: ';',
    });
    expect(packed('a=1&b=2', 'a=2', 'b=3&a=1', 'a=7&b=9')).toMatchObject({ kind: 'pairs', separator: '&' });
  });

  it('are not times or links', () => {
    expect(packed('10:30', '11:45', '09:15', '23:59')).toBeUndefined();
    expect(packed('https://a.b/c', 'https://d.e/f', 'http://x.y', 'https://z.z')).toBeUndefined();
  });
});

describe('codes and quantities', () => {
  it('codes have a fixed number of pieces, one of which groups', () => {
    expect(packed('CH-2024-001', 'DE-2024-002', 'CH-2023-003', 'CH-2024-004')).toMatchObject({
      kind: 'code',
      separator: '-',
      pieces: 3,
    });
  });

  it.each([
    ['dates', '2024-01-01', '2024-02-03', '2023-05-06', '2022-01-01'],
    ['phone numbers', '555-1234', '555-9876', '555-4321', '555-6789'],
    [
      'uuids',
      '0f8fad5b-d9cb-469f-a165-70867728950e',
      '7c9e6679-7425-40de-944b-e07fc1f90ae7',
      '0f8fad5b-d9cb-469f-a165-70867728950a',
      '0f8fad5b-d9cb-469f-a165-70867728950b',
    ],
    ['addresses', '10.0.0.1', '10.0.0.2', '192.168.1.1', '172.16.0.1'],
    ['words', 'well-known', 'long-term', 'short-term', 'well-made'],
  ])('codes are not %s', (_, ...values) => {
    expect(packed(...values)).toBeUndefined();
  });

  it('quantities are a number with one of a few units', () => {
    expect(packed('12 kg', '3.5 kg', '700 g', '1 kg')).toMatchObject({ kind: 'quantity', packed: 4 });
    expect(packed('1a', '2b', '3c', '4d', '5e')).toBeUndefined();
  });
});
