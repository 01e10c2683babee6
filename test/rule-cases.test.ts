import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { checkDocument } from '#engine/rules/check.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { readSql } from '#engine/sql/read.ts';
import { parserForTests } from './read-ddl.ts';

/** The cases of other linters' own tests, each for one rule: whether we say the same, and if not, that we know why. */
interface Case {
  readonly id: string;
  readonly tool: string;
  readonly sql: string;
  readonly expected: 'violation' | 'ok';
  readonly our_rules: readonly string[];
}

const folder = new URL('data/rule-cases/', import.meta.url);
const cases = readFileSync(new URL('cases.jsonl', folder), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Case);

/** What the README says of these cases; its second part is of `index-cases.jsonl`. */
const readme = readFileSync(new URL('README.md', folder), 'utf8').split('\n## Redundant')[0] ?? '';

/** Cases on which we differ, as the README lists them: `- \`id\`: reason`. */
const known = new Map([...readme.matchAll(/^- `([\w-]+)`: (.+)$/gm)].map(([, id, why]) => [id, why]));

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

const read = (text: string) => {
  const result = readSql([{ name: 'case.sql', text }], { dialect: 'postgresql' }, { parser });
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
};

/** Tables that a case alters but never makes, with the columns it changes or drops, so that the case can be read alone. */
function prelude(sql: string): string {
  const made = new Map<string, Set<string>>();
  for (const [, table = '', body = ''] of sql.matchAll(/alter\s+table\s+(?:if\s+exists\s+)?([\w."]+)([^;]*)/gi)) {
    if (new RegExp(`create\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?${table.replaceAll('.', '\\.')}\\b`, 'i').test(sql)) continue;
    const columns = made.get(table) ?? new Set();
    for (const [, column = ''] of body.matchAll(/(?:alter|drop)\s+column\s+("?\w+"?)/gi))
      if (!new RegExp(`add\\s+column\\s+${column}\\b`, 'i').test(sql)) columns.add(column);
    made.set(table, columns);
  }
  const key = /drop\s+constraint\s+"old_pk"/i.test(sql) ? 'CONSTRAINT old_pk PRIMARY KEY' : 'PRIMARY KEY';
  return [...made]
    .map(([table, columns]) => {
      const list = [`id bigint ${key}`, ...[...columns].map((column) => `${column} text`)];
      return `CREATE TABLE ${table} (${list.join(', ')});\n`;
    })
    .join('');
}

test('other linters’ cases are judged as they judge them, but for those the README explains', () => {
  const scores = new Map<string, { cases: number; hit: number; missed: number; right: number; extra: number }>();
  const differing: string[] = [];
  for (const one of cases) {
    const { document, receipt } = read(prelude(one.sql) + one.sql);
    const said = new Set(checkDocument(document, { parser }).map((finding) => finding.rule));
    // What reading itself reports, such as a name that is cut, counts for the rule it belongs to.
    if (receipt.statements.some((statement) => statement.reason?.includes('PostgreSQL keeps') === true)) said.add('name-too-long');
    for (const rule of one.our_rules) {
      const score = scores.get(rule) ?? { cases: 0, hit: 0, missed: 0, right: 0, extra: 0 };
      score.cases++;
      if (one.expected === 'violation') score[said.has(rule) ? 'hit' : 'missed']++;
      else score[said.has(rule) ? 'extra' : 'right']++;
      scores.set(rule, score);
      if (said.has(rule) !== (one.expected === 'violation')) differing.push(one.id);
    }
  }
  const share = (part: number, of: number) => (of === 0 ? '    –' : `${((100 * part) / of).toFixed(0).padStart(4)}%`);
  console.log(
    [
      'rule                     cases  precision  recall',
      ...[...scores].sort().map(([rule, { cases: count, hit, missed, extra }]) => {
        return `${rule.padEnd(25)}${String(count).padStart(5)}      ${share(hit, hit + extra)}   ${share(hit, hit + missed)}`;
      }),
    ].join('\n'),
  );
  expect(cases.length).toBe(53);
  expect(differing.sort()).toEqual([...known.keys()].sort());
});
