import type { FeatureCase } from './build.ts';
import { COLUMNS_CASES } from './columns.ts';
import { KEYS_CASES } from './keys.ts';
import { LINKS_CASES, OTHERS_CASES } from './others.ts';
import { TABLES_CASES } from './tables.ts';

/** One-feature documents for everything that a schema can say. */
export const FEATURE_CASES: readonly FeatureCase[] = [
  ...TABLES_CASES,
  ...COLUMNS_CASES,
  ...KEYS_CASES,
  ...LINKS_CASES,
  ...OTHERS_CASES,
];
