import { beforeAll, describe, expect, test } from 'vitest';
import type { CommandCall } from '#model/commands/registry.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import type { Document } from '#model/types.ts';
import { planning, proposing } from '#test/decompose.ts';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { reshaping } from '#test/reshape.ts';
import type { Fix } from '../finding.ts';
import { renameCalls } from '../sql/expressions.ts';
import type { PgParser } from '../sql/parser-port.ts';
import { checkDocument } from './check.ts';
import { CATEGORIES, type GoodExample } from './define.ts';
import { labelOf } from './labels.ts';
import { RULES, ruleById } from './registry.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

function addQueryCall(record: Omit<WorkloadQuery, 'id'>): CommandCall {
  return { name: 'addQuery', args: { record } };
}

function documentOf(example: GoodExample) {
  const calls = (example.queries ?? []).map((query, i) => addQueryCall({ name: `Query ${i + 1}`, ...query }));
  const document = withCalls(readDdl(parser, example.ddl), calls);
  return example.given === undefined ? document : withCalls(document, example.given(document));
}

function applied(document: Document, fix: Fix): Document {
  if (fix.opens !== undefined) {
    const proposal = proposing(document, document.tables[fix.opens.table]?.name ?? '', fix.opens.choice);
    const nulls = Object.fromEntries(
      proposal.tables.flatMap(({ policies: [first] }, at) => (first === undefined ? [] : [[at, first]])),
    );
    return withCalls(document, planning(document, parser, proposal, { nulls }).calls);
  }
  if (fix.reshape !== undefined) return withCalls(document, reshaping(document, parser, fix.reshape).calls);
  return (fix.renames ?? []).reduce(
    (reached, { target, to }) => {
      const renaming = renameCalls(reached, parser, target, to);
      if (!renaming.ok) throw new Error(renaming.problem.message);
      return withCalls(reached, renaming.value.calls);
    },
    withCalls(document, fix.calls),
  );
}

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const check = (example: GoodExample) => {
    const document = documentOf(example);
    return { document, findings: checkDocument(document, { parser }).filter((one) => one.rule === id) };
  };

  test('finds what its bad examples say, and nothing else', () => {
    expect(rule.examples.bad.length).toBeGreaterThan(0);
    for (const example of rule.examples.bad) {
      const { document, findings } = check(example);
      expect(findings.map((one) => labelOf(document, one.at[0] ?? { record: '' }))).toEqual(example.expect);
      for (const { message } of findings) {
        expect(message.what).toMatch(/\w.*[.…]$/);
        expect(message.why.length).toBeGreaterThan(20);
        expect(message.todo.length).toBeGreaterThan(10);
      }
    }
  });

  test('leaves its good examples alone', () => {
    expect(rule.examples.good.length).toBeGreaterThan(0);
    for (const example of rule.examples.good) expect(check(example).findings).toEqual([]);
  });

  test('its fixes settle what it found', () => {
    for (const example of rule.examples.bad) {
      const { document, findings } = check(example);
      for (const finding of findings) {
        const place = labelOf(document, finding.at[0] ?? { record: '' });
        for (const fix of finding.fixes) {
          const fixed = applied(document, fix);
          const after = checkDocument(fixed, { parser });
          const left = after.filter((one) => one.rule === id).map((one) => labelOf(fixed, one.at[0] ?? { record: '' }));
          expect(left, fix.label).not.toContain(place);
          // A fix that trades one error for another is none, unless it says so before: a view on what goes has to change.
          const errors = (list: readonly { severity: string; rule: string }[]) =>
            list.filter((one) => one.severity === 'error').length;
          const plan = fix.reshape === undefined ? undefined : reshaping(document, parser, fix.reshape);
          const announced = plan?.consequences.filter(({ kind }) => kind === 'breaks').length ?? 0;
          expect(errors(after), fix.label).toBeLessThanOrEqual(errors(checkDocument(document, { parser })) + announced);
        }
      }
    }
  });
});

test('every rule has an id of its own, a known category and reasons', () => {
  expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length);
  for (const rule of RULES) {
    expect(ruleById(rule.id)).toBe(rule);
    expect(CATEGORIES).toContain(rule.category);
    expect(rule.sources.length).toBeGreaterThan(0);
  }
});
