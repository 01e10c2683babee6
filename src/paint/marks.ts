import type { RowMark } from './face.ts';

/** Sign paths in a 16 px box: key, link, diamond, lines. */
export const MARK_PATHS: Readonly<Record<RowMark, string>> = {
  primary: 'M2 11a3 3 0 1 0 6 0a3 3 0 1 0-6 0m5.2-2.2 6-6M11 5l2 2',
  foreign: 'M6.5 9.5 9.5 6.5M7 4.5 9 2.6a3 3 0 0 1 4.3 4.3l-2 1.9M9 11.5l-2 1.9a3 3 0 0 1-4.3-4.3l2-1.9',
  unique: 'm8 2 6 6-6 6-6-6z',
  index: 'M3 4h10M3 8h7M3 12h4',
  none: '',
};
