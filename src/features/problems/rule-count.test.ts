import { expect, test } from 'vitest';
import { RULES } from '#engine/rules/registry.ts';
import { RULE_COUNT } from './rule-count.ts';

test('the number the pane speaks of is the number of rules', () => {
  expect(RULE_COUNT).toBe(RULES.length);
});
