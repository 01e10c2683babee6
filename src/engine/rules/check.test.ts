import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { derivedIds, randomIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document } from '#model/types.ts';
import { generatedSchema } from '#test/generated-schema.ts';
import { randomCall, seededDice } from '#test/random-calls.ts';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { more, seedOf } from '#test/runs.ts';
import type { PgParser } from '../sql/parser-port.ts';
import { readSql } from '../sql/read.ts';
import { type CheckCache, checkDocument, createCheckCache } from './check.ts';
import { defineRule, type Rule } from './define.ts';
import { labelOf } from './labels.ts';
import { RULES } from './registry.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

const load = (...names: string[]) => {
  const files = names.map((name) => ({
    name,
    text: readFileSync(new URL(`../../../test/data/sql/${name}`, import.meta.url), 'utf8'),
  }));
  const read = readSql(files, { dialect: 'postgresql' }, { parser });
  if (!read.ok) throw new Error(read.problem.message);
  return read.value.document;
};

function said(document: Document, cache?: CheckCache): string[] {
  const findings = checkDocument(document, { parser, ...(cache === undefined ? {} : { cache }) });
  return findings.map(
    (one) =>
      `${one.severity} ${one.rule} @ ${one.at[0] === undefined ? '' : labelOf(document, one.at[0])}: ${one.message.what} ${one.waivedBy ?? ''}`,
  );
}

test('after each of 300 random edits, what is remembered says the same as looking anew', () => {
  for (let seed = seedOf(1); seed < seedOf(1) + more(2); seed++) {
    const dice = seededDice(seed);
    const ids = randomIds(() => dice.roll(2 ** 20) / 2 ** 20);
    const cache = createCheckCache();
    let document = load('postgresql/sakila_pg.sql');
    let changed = 0;
    for (let step = 0; step < 150; step++) {
      const ran = runCommands(document, [randomCall(document, dice)], ids);
      if (!ran.ok) continue;
      document = ran.value.document;
      changed++;
      expect(said(document, cache)).toEqual(said(document));
    }
    // Whatever the seed, enough of the edits did something.
    expect(changed).toBeGreaterThan(30);
  }
});

test('an edit of one table looks at that table and its relationships alone', () => {
  const document = readDdl(parser, generatedSchema({ tables: 200 }));
  let tables = 0;
  let relationships = 0;
  let objects = 0;
  const meta = {
    category: 'keys',
    severity: 'info',
    title: 'Counts',
    docs: { what: '', why: '', todo: '' },
    sources: [],
    examples: { bad: [], good: [] },
  } as const;
  const count = (add: () => void) => () => {
    add();
    return [];
  };
  const rules: Rule[] = [
    defineRule({ ...meta, id: 'a', scope: 'table', check: count(() => tables++) }),
    defineRule({ ...meta, id: 'b', scope: 'tableInModel', check: count(() => tables++) }),
    defineRule({ ...meta, id: 'c', scope: 'relationship', check: count(() => relationships++) }),
    defineRule({ ...meta, id: 'd', scope: 'object', check: count(() => objects++) }),
  ];
  const cache = createCheckCache();
  checkDocument(document, { rules, cache, parser });
  expect(tables).toBe(400);
  const table = Object.values(document.tables).find((one) => one.columns.length > 2);
  const column = table?.columns.at(-1);
  if (table === undefined || column === undefined) throw new Error('no table');
  const touching = Object.values(document.relationships).filter((one) => one.child === table.id || one.parent === table.id).length;
  const edited = withCalls(document, [{ name: 'setColumn', args: { table: table.id, id: column.id, patch: { comment: 'seen' } } }]);
  tables = 0;
  relationships = 0;
  objects = 0;
  checkDocument(edited, { rules, cache, parser });
  expect({ tables, relationships, objects }).toEqual({ tables: 2, relationships: touching, objects: 1 });
  checkDocument(edited, { rules, cache, parser });
  expect({ tables, relationships, objects }).toEqual({ tables: 2, relationships: touching, objects: 1 });
});

test('a waiver covers the finding at its place, and that alone', () => {
  const document = readDdl(parser, 'CREATE TABLE a (x int);\nCREATE TABLE b (x int);');
  const [a] = checkDocument(document, { parser });
  if (a?.at[0] === undefined) throw new Error('no finding');
  const waived = withCalls(document, [
    { name: 'addWaiver', args: { record: { id: 'waiver_1', rule: a.rule, at: a.at[0], reason: 'meant', date: '2026-01-01' } } },
  ]);
  const found = checkDocument(waived, { parser });
  expect(found.map((one) => [one.rule, one.waivedBy])).toEqual([
    ['pk-missing', 'waiver_1'],
    ['pk-missing', undefined],
  ]);
});

const SAMPLES: readonly [string, readonly string[]][] = [
  ['architect-samples/001-1.sql', ['warning ix-constant-column @ users (idx_users_status)']],
  [
    'architect-samples/002-1.sql',
    [
      'warning ix-nonunique-of-unique @ auth.users (idx_users_email)',
      'warning ix-prefix-redundant @ app.organization_members (idx_org_members_org_id)',
    ],
  ],
  ['architect-samples/003-1.sql', ['error part-key-not-in-unique @ orders (primary key order_id)']],
  ['architect-samples/000-3.sql', ['error pk-missing @ orders', 'error pk-missing @ user_events']],
];

test.each(SAMPLES)('%s: what is wrong there is reported at its place', (name, expected) => {
  const found = said(load(name)).map((line) => line.slice(0, line.indexOf(':')));
  for (const line of expected) expect(found).toContain(line);
});

test('the guide with several files: the predicate that PostgreSQL refuses is reported', () => {
  const document = load('architect-samples/002-1.sql', 'architect-samples/002-2.sql', 'architect-samples/002-3.sql');
  expect(said(document).filter((line) => line.includes('ix-predicate-not-immutable'))).toEqual([
    'error ix-predicate-not-immutable @ auth.sessions (idx_sessions_active): idx_sessions_active: its WHERE clause uses now(), which is not immutable. ',
  ]);
});

test('well-made real schemas do not drown: errors are few and each is a real one', () => {
  const errors = ['chinook', 'northwind', 'pagila', 'quartz', 'camunda', 'azimutt'].flatMap((name) =>
    said(load(`postgresql/${name}.sql`))
      .filter((line) => line.startsWith('error '))
      .map((line) => `${name}: ${line.slice(6, line.indexOf(':'))}`),
  );
  expect(errors).toEqual([
    'northwind: type-float-money @ order_details.unit_price',
    'northwind: type-float-money @ orders.freight',
    'northwind: type-float-money @ products.unit_price',
  ]);
});

test('hostile names reach the message as they are and break nothing', () => {
  const document = readDdl(parser, 'CREATE TABLE "__proto__" ("<img src=x onerror=alert(1)>" timestamp, "constructor" real);');
  const lines = said(document);
  expect(lines.some((line) => line.includes('pk-missing @ __proto__'))).toBe(true);
  expect(lines.some((line) => line.includes('<img src=x onerror=alert(1)>'))).toBe(true);
});

test('without a parser the rules that read SQL text by it are silent and the others speak', () => {
  const document = readDdl(parser, 'CREATE TABLE t (x int);\nCREATE INDEX i ON t (x) WHERE now() > now();');
  const rules = checkDocument(document).map((one) => one.rule);
  expect(rules).toContain('pk-missing');
  expect(rules).toContain('ix-predicate-not-immutable');
  expect(RULES.some((rule) => rule.scope === 'text')).toBe(true);
});

test('fixes run on ids that the caller gives', () => {
  const document = readDdl(parser, 'CREATE TABLE t (x int);');
  const [fix] = checkDocument(document, { parser })[0]?.fixes ?? [];
  if (fix === undefined) throw new Error('no fix');
  const ran = runCommands(document, fix.calls, derivedIds());
  expect(ran.ok).toBe(true);
});
