import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { readSql } from '#engine/sql/read.ts';
import { splitSql } from '#engine/sql/split.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Dialect, Document } from '#model/types.ts';
import { loadPorts } from '../src/cli/ports.ts';
import { ADVICE_RULES, adviceOn, type GivenQuery } from './query-advice.ts';
import { parserForTests, withCalls } from './read-ddl.ts';

/** Labelled queries: which rules speak of each, and no other. */

interface Case extends GivenQuery {
  readonly dialect: Dialect;
  readonly says: readonly string[];
  readonly rewritten?: string;
}

interface Workload {
  readonly queries: readonly (GivenQuery & { readonly name: string })[];
  readonly says: Readonly<Record<string, readonly string[]>>;
  readonly rows?: Readonly<Record<string, number>>;
}

const file = (name: string) => readFileSync(new URL(`data/query-advice/${name}`, import.meta.url), 'utf8');
const CASES = JSON.parse(file('cases.json')) as readonly Case[];
const WORKLOADS = JSON.parse(file('workloads.json')) as readonly Workload[];
const AMONG = new Set(ADVICE_RULES.filter(({ scope }) => scope === 'workload').map(({ id }) => id));

const counts = new Map<string, { hit: number; missed: number; wrong: number }>();
const documents = new Map<Dialect, Document>();
let parser: PgParser;

function count(found: ReadonlySet<string>, wanted: ReadonlySet<string>): void {
  for (const rule of new Set([...found, ...wanted])) {
    const so = counts.get(rule) ?? { hit: 0, missed: 0, wrong: 0 };
    counts.set(rule, so);
    if (!wanted.has(rule)) so.wrong++;
    else if (found.has(rule)) so.hit++;
    else so.missed++;
  }
}

beforeAll(async () => {
  parser = await parserForTests();
  for (const dialect of new Set(CASES.map((one) => one.dialect))) {
    const read = readSql([{ name: 'schema.sql', text: file(`schema-${dialect}.sql`) }], { dialect }, await loadPorts(dialect));
    if (!read.ok) throw new Error(read.problem.message);
    documents.set(dialect, read.value.document);
  }
});

afterAll(() => {
  const part = (a: number, b: number) => (a + b === 0 ? '-' : (a / (a + b)).toFixed(2));
  const lines = [...counts]
    .sort()
    .map(
      ([rule, { hit, missed, wrong }]) =>
        `  ${rule}: precision ${part(hit, wrong)}, recall ${part(hit, missed)} (${hit} found, ${missed} missed, ${wrong} wrong)`,
    );
  console.log(`advice on ${CASES.length} labelled queries and ${WORKLOADS.length} workloads:\n${lines.join('\n')}`);
});

describe('one query', () => {
  it.each(CASES.map((one) => [`${one.dialect}: ${one.sql.slice(0, 110)}`, one] as const))('%s', (_, one) => {
    const document = documents.get(one.dialect) as Document;
    const { dialect: __, says, rewritten, ...query } = one;
    const findings = adviceOn(document, [query], parser).filter(({ rule }) => !AMONG.has(rule));
    const found = new Set(findings.map(({ rule }) => rule));
    count(found, new Set(says));
    expect([...found].sort()).toEqual([...says].sort());
    for (const { text } of findings) expect(one.sql.slice(text?.start, text?.end).trim()).not.toBe('');
    if (rewritten !== undefined) expect(findings.map((finding) => finding.rewrite?.sql ?? '').join('\n')).toContain(rewritten);
    // Every text that is offered is one statement whose names are known, or it would not be offered.
    for (const { rewrite } of findings)
      if (rewrite !== undefined) expect(splitSql(rewrite.sql, one.dialect).length).toBeGreaterThan(0);
  });
});

describe('several queries', () => {
  it.each(WORKLOADS.map((one) => [one.queries.map(({ name }) => name).join(', '), one] as const))(
    '%s',
    (_, { queries, says, rows }) => {
      const document = documents.get('postgresql') as Document;
      const facts = Object.values(document.tables).flatMap((table): CommandCall[] => {
        const count = rows?.[table.name];
        return count === undefined ? [] : [{ name: 'setTable', args: { id: table.id, patch: { facts: { rows: count } } } }];
      });
      const findings = adviceOn(withCalls(document, facts), queries, parser).filter(({ rule }) => AMONG.has(rule));
      const found = findings.map(
        ({ rule, message }) => `${queries.find(({ name }) => message.what.startsWith(name))?.name}: ${rule}`,
      );
      const wanted = Object.entries(says).flatMap(([name, rules]) => rules.map((rule) => `${name}: ${rule}`));
      count(new Set(findings.map(({ rule }) => rule)), new Set(Object.values(says).flat()));
      expect(found.sort()).toEqual(wanted.sort());
    },
  );
});
