import { describe, expect, it } from 'vitest';
import { lastOfPath, moved, shortNames } from './file-list.ts';

const files = ['a', 'b', 'c'].map((name) => ({ name, text: '' }));
const names = (at: number, to: number | undefined) =>
  moved(files, at, to)
    .map(({ name }) => name)
    .join('');

describe('the list of files', () => {
  it('moves one to a place, to the ends, or out of it', () => {
    expect(names(0, 1)).toBe('bac');
    expect(names(2, 0)).toBe('cab');
    expect(names(1, -5)).toBe('bac');
    expect(names(0, 99)).toBe('bca');
    expect(names(1, undefined)).toBe('ac');
    expect(moved(files, 7, 0)).toBe(files);
  });

  it('calls files by their last name where that tells them apart', () => {
    expect(lastOfPath('db/up/1.sql')).toBe('1.sql');
    expect(lastOfPath('1.sql')).toBe('1.sql');
    expect([...shortNames(['a/1.sql', 'b/1.sql', 'b/2.sql']).values()]).toEqual(['a/1.sql', 'b/1.sql', '2.sql']);
  });
});
