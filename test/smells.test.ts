import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { checkDocument } from '#engine/rules/check.ts';
import { labelOf } from '#engine/rules/labels.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { readSql } from '#engine/sql/read.ts';
import type { Dialect } from '#model/types.ts';
import { parserForTests, readDdl } from './read-ddl.ts';

/** Precision and recall of the rules on smells: on real schemas with labels, and on cases and traps of our own. */
const RULES = [
  'nf-1nf-repeating-columns',
  'type-serialised-list',
  'nf-1nf-packed-value',
  'nf-1nf-json-elements',
  'nf-eav',
  'polymorphic-association',
  'nf-one-true-lookup',
  'nf-clone-tables',
] as const;

const folder = new URL('data/smells/', import.meta.url);
const json = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const { missed, ...labels } = json('labels.json') as Record<string, Record<string, string[]>> & { missed: readonly string[] };
const cases = json('cases.json') as { rule: string; ddl: string; expect: string[] }[];
const DIALECTS: readonly Dialect[] = ['postgresql', 'mysql', 'sqlite', 'mssql', 'oracle'];

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

interface Score {
  hit: number;
  extra: number;
  missed: number;
}

class Scores {
  readonly #scores = new Map<string, Score>(RULES.map((rule) => [rule, { hit: 0, extra: 0, missed: 0 }]));
  readonly differing: string[] = [];

  add(where: string, rule: string, expected: readonly string[], found: readonly string[]): void {
    const score = this.#scores.get(rule) as Score;
    for (const one of found) {
      score[expected.includes(one) ? 'hit' : 'extra']++;
      if (!expected.includes(one)) this.differing.push(`${where}: extra ${rule} ${one}`);
    }
    for (const one of expected.filter((label) => !found.includes(label))) {
      score.missed++;
      this.differing.push(`${where}: missed ${rule} ${one}`);
    }
  }

  print(title: string): void {
    const share = (part: number, of: number) => (of === 0 ? '    –' : `${((100 * part) / of).toFixed(0).padStart(4)}%`);
    const line = (rule: string, { hit, extra, missed: lost }: Score) =>
      `${rule.padEnd(26)}${String(hit + lost).padStart(6)}      ${share(hit, hit + extra)}   ${share(hit, hit + lost)}`;
    const all = [...this.#scores.values()].reduce((a, b) => ({
      hit: a.hit + b.hit,
      extra: a.extra + b.extra,
      missed: a.missed + b.missed,
    }));
    console.log(
      [
        `${title.padEnd(26)}labels  precision  recall`,
        ...[...this.#scores].map(([rule, score]) => line(rule, score)),
        line('all', all),
      ].join('\n'),
    );
  }
}

test('real schemas: what was labelled by reading them is found, and nothing else', () => {
  const scores = new Scores();
  let read = 0;
  for (const [name, label] of Object.entries(labels)) {
    for (const dialect of DIALECTS) {
      const file = new URL(`data/sql/${dialect}/${name}.sql`, import.meta.url);
      if (!existsSync(file)) continue;
      const result = readSql([{ name, text: readFileSync(file, 'utf8') }], { dialect }, { parser });
      if (!result.ok) throw new Error(`${dialect}/${name}: ${result.problem.message}`);
      const { document } = result.value;
      read++;
      const findings = checkDocument(document, { parser });
      for (const rule of RULES) {
        const found = findings.flatMap((one) =>
          one.rule === rule
            ? [
                labelOf(document, one.at[0] ?? { record: '' })
                  .toLowerCase()
                  .replace(/^sakila\./, ''),
              ]
            : [],
        );
        // A dialect with arrays has them where others have lists.
        scores.add(`${dialect}/${name}`, rule, label[rule] ?? [], found);
        for (const one of findings)
          if (one.rule === rule) expect(one.evidence?.length, `${rule} without evidence`).toBeGreaterThan(0);
      }
    }
  }
  scores.print('real schemas');
  expect(read).toBe(35);
  const known = (line: string) => missed.some((one) => line.endsWith(`missed ${one}`));
  expect(scores.differing.filter((line) => !known(line))).toEqual([]);
});

test('cases and traps of our own', () => {
  const scores = new Scores();
  for (const [at, { rule, ddl, expect: expected }] of cases.entries()) {
    const document = readDdl(parser, ddl);
    const found = checkDocument(document, { parser }).flatMap((one) =>
      one.rule === rule ? [labelOf(document, one.at[0] ?? { record: '' })] : [],
    );
    scores.add(`case ${at + 1}`, rule, expected, found);
  }
  scores.print(`${cases.length} cases`);
  expect(scores.differing).toEqual([]);
});
