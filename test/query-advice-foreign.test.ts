import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readSql } from '#engine/sql/read.ts';
import type { Dialect, Document } from '#model/types.ts';
import { loadPorts } from '../src/cli/ports.ts';
import { adviceOn } from './query-advice.ts';
import { parserForTests } from './read-ddl.ts';

interface Foreign {
  readonly id: string;
  readonly tool: string;
  readonly rule: string;
  readonly sql: string;
  readonly expected: 'violation' | 'ok';
  readonly dialect: Dialect;
  readonly our_rule: string;
}

const file = (name: string) => readFileSync(new URL(`data/query-advice/${name}`, import.meta.url), 'utf8');

/** What another verdict here is for; told in the README of the data as well. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'soar-0017': 'a whole table is read rightly by reports and batches: only interactive queries are reported',
  'soar-0215': 'nothing joins the second table: DISTINCT takes away every row that it makes twice',
  'soar-0257': 'the sides may share rows: UNION ALL would give another result',
  'soar-0286': 'a constant looks at no column',
  'soar-0287': 'a constant looks at no column',
  'soar-0289': 'a constant looks at no column',
  'soar-0298': 'three values are no long list; more than 100 are',
};

test('cases of other linters: agreement, and disagreements with their reasons', async () => {
  const parser = await parserForTests();
  const documents = new Map<Dialect, Document>();
  const cases = file('foreign.jsonl')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Foreign);
  const disagree: string[] = [];
  const perRule = new Map<string, { cases: number; agree: number }>();
  for (const one of cases) {
    let document = documents.get(one.dialect);
    if (document === undefined) {
      const files = [{ name: 'schema.sql', text: file(`foreign-${one.dialect}.sql`) }];
      const read = readSql(files, { dialect: one.dialect }, await loadPorts(one.dialect));
      if (!read.ok) throw new Error(read.problem.message);
      document = read.value.document;
      documents.set(one.dialect, document);
    }
    const found = adviceOn(document, [{ sql: one.sql }], parser).some(({ rule }) => rule === one.our_rule);
    const agrees = found === (one.expected === 'violation');
    const so = perRule.get(one.our_rule) ?? { cases: 0, agree: 0 };
    perRule.set(one.our_rule, { cases: so.cases + 1, agree: so.agree + (agrees ? 1 : 0) });
    if (!agrees) disagree.push(one.id);
  }
  const lines = [...perRule].sort().map(([rule, { cases: all, agree }]) => `  ${rule}: ${agree} of ${all}`);
  const reasons = disagree.map((id) => `  ${id}: ${OTHERWISE[id] ?? 'no reason is written down'}`);
  console.log(
    `query advice on ${cases.length} cases of other linters:\n${lines.join('\n')}\nsays otherwise:\n${reasons.join('\n')}`,
  );
  expect(disagree.sort()).toEqual(Object.keys(OTHERWISE).sort());
});
