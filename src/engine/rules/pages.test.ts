import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rulePages } from './pages.ts';
import { RULES } from './registry.ts';

const FOLDER = new URL('../../../docs/rules/', import.meta.url);

test('docs/rules is what the rules say now; npm run docs:rules writes it anew', () => {
  const pages = rulePages(RULES);
  expect(readdirSync(FOLDER).sort()).toEqual([...pages.keys()].sort());
  for (const [name, text] of pages) expect(readFileSync(new URL(name, FOLDER), 'utf8'), name).toBe(text);
});
