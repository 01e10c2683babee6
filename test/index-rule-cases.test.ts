import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { checkDocument } from '#engine/rules/check.ts';
import { labelOf } from '#engine/rules/labels.ts';
import { readSql } from '#engine/sql/read.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Dialect, Document, Id } from '#model/types.ts';
import { loadPorts } from '../src/cli/ports.ts';
import { ADVICE_CASES, ADVICE_SCHEMA, adviceQuery, adviceWants } from './index-advice-cases.ts';
import { parserForTests, withCalls } from './read-ddl.ts';

/**
 * Redundant and missing indexes by the cases of other tools' tests: each index, foreign key and searched table of a case is
 * judged, those that nothing is expected of, too.
 */

interface Case {
  readonly id: string;
  readonly tool: string;
  readonly dialects: readonly Dialect[];
  readonly sql?: string;
  /** Instead of `sql`: the file that holds it. */
  readonly schema?: string;
  /** By index or constraint: the rule that says what the tool says. */
  readonly expected: Readonly<Record<string, string>>;
  /** The indexes and foreign keys that the tool's test speaks of, where it does not speak of all. */
  readonly judged?: readonly string[];
  /** The tool was told to leave the table alone: here the findings are waived. */
  readonly ignored?: true;
}

const REDUNDANCY = ['ix-duplicate', 'ix-nonunique-of-unique', 'ix-prefix-redundant', 'ix-unique-superset'];
/** An index is missing for a search, whether it would find rows or give their order. */
const MISSING = ['ix-equality-filter', 'ix-sort-avoid'];

/** What we say otherwise, and why. */
const REASONS: readonly (readonly [why: string, of: readonly string[]])[] = [
  ['UNIQUE (id, name) beside PRIMARY KEY (id) forbids nothing new; skeema looks at plain indexes only.', ['skeema-0017 idname']],
  [
    'A plain index on the columns of a key repeats it; these tools compare plain indexes with plain ones, or leave keys out.',
    ['splinter-r07 i1', 'splinter-r08 i1', 'splinter-r09 i1', 'bytebase-r02 i'],
  ],
  [
    'Unique by (a, b) forbids nothing beside unique by (a), as active_record_doctor and database_consistency say; Schematic asks what an index finds, not what it forbids.',
    ['Schematic-r10 j'],
  ],
  [
    'Rows are found by equal values of all columns whatever their order in the index, as pg-migration-lint says too.',
    ['splinter-r04 link'],
  ],
  ['An index on one of the two columns finds all rows that agree in it, which may be nearly all.', ['pg-migration-lint-r10 link']],
  [
    'A hash index is not compared with a B-tree, nor do active_record_doctor and database_consistency compare them.',
    ['pg-index-health-r02 last_only'],
  ],
  [
    'PostgreSQL does not search an index of another collation than the column (its planner was asked); the tool looks at columns alone.',
    ['ruby-pg-extras-r07 link'],
  ],
  ['The table is excluded by a setting; the query is that of dexter-0002, which expects the index.', ['dexter-0001 query']],
  [
    'All rows are sorted, not the first ones: reading them through an index costs more than the sort.',
    ['pghero-0006 query', 'pghero-0007 query'],
  ],
];

const OTHERWISE: Readonly<Record<string, string>> = Object.fromEntries(
  REASONS.flatMap(([why, of]) => of.map((one) => [one, why] as const)),
);

const text = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

const lines = (path: string) =>
  text(path)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

const CASES = lines('data/rule-cases/index-cases.jsonl') as readonly Case[];

beforeAll(() => parserForTests());

async function read(sql: string, dialect: Dialect): Promise<Document> {
  const result = readSql([{ name: 'case.sql', text: sql }], { dialect }, await loadPorts(dialect));
  if (!result.ok) throw new Error(result.problem.message);
  expect(result.value.receipt.statements.filter(({ state }) => state === 'error')).toEqual([]);
  return result.value.document;
}

/** Findings that are open, by the name of the index or foreign key they speak of. */
async function said(document: Document, rules: readonly string[]): Promise<Map<string, string>> {
  const parser = await parserForTests();
  const open = checkDocument(document, { parser }).filter((one) => rules.includes(one.rule) && one.waivedBy === undefined);
  return new Map(open.map(({ rule, at: [ref] }) => [ref === undefined ? '' : nameOf(document, ref.record, ref.part), rule]));
}

function nameOf(document: Document, record: Id, part: Id | undefined): string {
  const table = document.tables[record];
  const named = [...(table?.indexes ?? []), ...(table?.keys ?? [])].find(({ id }) => id === part);
  return (
    named?.name ?? document.relationships[record]?.name ?? labelOf(document, { record, ...(part === undefined ? {} : { part }) })
  );
}

/** Everything of a case that could be reported. */
function subjects(document: Document): string[] {
  const parts = Object.values(document.tables).flatMap((table) =>
    [...table.indexes, ...table.keys.filter(({ kind }) => kind === 'unique')].map(({ id }) => nameOf(document, table.id, id)),
  );
  return [...parts, ...Object.keys(document.relationships).map((id) => nameOf(document, id, undefined))];
}

async function waived(document: Document): Promise<Document> {
  const parser = await parserForTests();
  const calls = checkDocument(document, { parser }).flatMap(({ rule, at: [at] }): CommandCall[] =>
    at === undefined ? [] : [{ name: 'addWaiver', args: { record: { rule, at, reason: 'ignored', date: '2026-01-01' } } }],
  );
  return withCalls(document, calls);
}

interface Score {
  cases: Set<string>;
  judged: number;
  hit: number;
  missed: number;
  extra: number;
  /** Of `missed` and `extra`: those with a reason in {@link OTHERWISE}. */
  explained: { missed: number; extra: number };
}

class Board {
  readonly scores = new Map<string, Score>();
  readonly differing: string[] = [];

  private of(rule: string): Score {
    const known = this.scores.get(rule) ?? {
      cases: new Set<string>(),
      judged: 0,
      hit: 0,
      missed: 0,
      extra: 0,
      explained: { missed: 0, extra: 0 },
    };
    this.scores.set(rule, known);
    return known;
  }

  judge(id: string, what: string, rules: readonly string[], expected: string | undefined, got: string | undefined): void {
    for (const rule of rules) {
      const score = this.of(rule);
      score.cases.add(id);
      score.judged++;
      if (expected === rule && got === rule) score.hit++;
      if ((expected === rule) === (got === rule)) continue;
      const kind = expected === rule ? 'missed' : 'extra';
      score[kind]++;
      if (Object.hasOwn(OTHERWISE, `${id} ${what}`)) score.explained[kind]++;
    }
    if (expected !== got) this.differing.push(`${id} ${what}`);
  }

  print(): void {
    const share = (part: number, of: number) => (of === 0 ? '     –' : `${((100 * part) / of).toFixed(1).padStart(5)}%`);
    const rows = [...this.scores].sort().map(([rule, { cases, judged, hit, missed, extra, explained }]) => {
      const raw = `${share(hit, hit + extra)}  ${share(hit, hit + missed)}`;
      const rest = `${share(hit, hit + extra - explained.extra)}  ${share(hit, hit + missed - explained.missed)}`;
      return `${rule.padEnd(24)}${String(cases.size).padStart(5)}${String(judged).padStart(8)}${String(hit + missed).padStart(10)}     ${raw}     ${rest}`;
    });
    const tools = [...new Set(CASES.map(({ tool }) => tool))].sort();
    const from = tools.map((tool) => `${tool} ${CASES.filter((one) => one.tool === tool).length}`);
    const unlike = [...new Set(this.differing)];
    const why = [...REASONS, ['NOT EXPLAINED', unlike.filter((one) => !Object.hasOwn(OTHERWISE, one))] as const].flatMap(
      ([reason, of]) => {
        const here = of.filter((one) => unlike.includes(one));
        return here.length === 0 ? [] : [`${reason} (${here.join(', ')})`];
      },
    );
    const head = [
      'cases by tool: '.concat(from.join(', ')),
      '                                                    raw                  with reasons set aside',
      'rule                    cases  judged  expected  precision  recall     precision  recall',
    ];
    process.stdout.write(`${[...head, ...rows, 'differences:', ...why].join('\n')}\n`);
  }
}

const board = new Board();

test.each(CASES.flatMap((one) => one.dialects.map((dialect) => [one.id, dialect, one] as const)))(
  '%s as %s: what is said of each index and foreign key',
  async (id, dialect, one) => {
    const document = await read(one.schema === undefined ? (one.sql ?? '') : text(`data/rule-cases/${one.schema}`), dialect);
    const found = await said(document, [...REDUNDANCY, 'fk-index-missing']);
    const judged = one.ignored === true ? await said(await waived(document), [...REDUNDANCY, 'fk-index-missing']) : found;
    // What is ignored would be reported otherwise, or the case would show nothing.
    if (one.ignored === true) expect(found.size).toBeGreaterThan(0);
    const links = new Set(Object.values(document.relationships).map(({ name }) => name));
    for (const what of subjects(document)) {
      if (one.judged !== undefined && !one.judged.includes(what)) continue;
      const rules = links.has(what) ? ['fk-index-missing'] : REDUNDANCY;
      board.judge(id, what, rules, one.expected[what], judged.get(what));
    }
    for (const name of [...Object.keys(one.expected), ...(one.judged ?? [])]) expect(subjects(document)).toContain(name);
  },
);

test.each(ADVICE_CASES.map((one) => [one.id, one] as const))('%s: whether an index is missing', async (id, one) => {
  const parser = await parserForTests();
  const schema = await read(ADVICE_SCHEMA, 'postgresql');
  const sql = adviceQuery(one);
  const document = withCalls(schema, [
    { name: 'addQuery', args: { record: { name: id, sql } } },
    ...Object.keys(schema.tables).map(
      (table): CommandCall => ({ name: 'setTable', args: { id: table, patch: { facts: { rows: 1_000_000 } } } }),
    ),
  ]);
  const wanted = adviceWants(one);
  // A key that is there already needs no other.
  const held = Object.values(document.tables).some(
    (table) =>
      table.name === wanted?.table &&
      table.keys.some(({ columns }) => table.columns.find((column) => column.id === columns[0])?.name === wanted.columns[0]),
  );
  const found = checkDocument(document, { parser }).filter(({ rule }) => MISSING.includes(rule));
  const columns = found.flatMap(({ fixes }) => /\((.*)\)/.exec(fixes[0]?.label ?? '')?.[1]?.split(', ') ?? []);
  const expected = wanted === undefined || held ? undefined : 'missing index (any)';
  board.judge(id, 'query', ['missing index (any)'], expected, found.length > 0 ? 'missing index (any)' : undefined);
  if (expected !== undefined && found.length > 0)
    expect(wanted?.columns.map((name) => name.replace(' desc', ''))).toContain(columns[0]?.replace(' DESC', ''));
});

test('precision and recall of every rule are 0.95 or more but for differences that have their reason', () => {
  board.print();
  expect([...new Set(board.differing)].sort()).toEqual(Object.keys(OTHERWISE).sort());
  const readme = text('data/rule-cases/README.md');
  for (const one of board.differing) expect(readme).toContain(`\`${one.split(' ')[0]}\``);
  for (const [rule, { hit, missed, extra, explained }] of board.scores) {
    expect(hit, rule).toBeGreaterThan(0);
    expect(hit / (hit + extra - explained.extra), rule).toBeGreaterThanOrEqual(0.95);
    expect(hit / (hit + missed - explained.missed), rule).toBeGreaterThanOrEqual(0.95);
  }
  expect(CASES).toHaveLength(216);
});
