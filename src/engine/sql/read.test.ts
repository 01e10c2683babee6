import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { validate } from '#model/validate.ts';
import { parserForTests } from '#test/read-ddl.ts';
import { runs } from '#test/runs.ts';
import type { PgParser } from './parser-port.ts';
import { type ReadResult, readSql } from './read.ts';
import { splitSql } from './split.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

function read(text: string, name = 'a.sql'): ReadResult {
  const result = readSql([{ name, text }], { dialect: 'postgresql' }, { parser });
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

/** The receipt's statements and the gaps of white space and comments between them tile the text. */
function expectTiling(text: string, { receipt }: ReadResult): void {
  let at = 0;
  for (const { start, end } of receipt.statements) {
    expect(start).toBeGreaterThanOrEqual(at);
    const gap = text.slice(at, start);
    expect(splitSql(gap, 'postgresql').every((span) => span.kind === 'gap')).toBe(true);
    expect(end).toBeGreaterThanOrEqual(start);
    at = end;
  }
  expect(splitSql(text.slice(at), 'postgresql').every((span) => span.kind === 'gap' && span.unterminated === undefined)).toBe(true);
  const { counts } = receipt;
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(receipt.statements.length);
}

const FILES = 'test/data/sql/postgresql';

/** Tables, columns (inherited ones not counted twice), foreign keys, secondary indexes. */
const COUNTS: Readonly<Record<string, readonly [number, number, number, number]>> = {
  azimutt: [14, 177, 27, 15],
  bytebase: [46, 271, 56, 64],
  camunda: [49, 681, 42, 225],
  chinook: [11, 64, 11, 11],
  danbooru: [66, 641, 93, 391],
  mimic_iv: [31, 342, 51, 43],
  northwind: [14, 92, 13, 0],
  // 70 tables, 36 keys and 37 indexes on a server without the vector extension, which one more table needs.
  pagila: [71, 94, 37, 38],
  quartz: [11, 85, 5, 8],
  sakila_pg: [21, 87, 40, 29],
};

describe('real schemas', () => {
  it.each(Object.entries(COUNTS))('%s', (name, expected) => {
    const text = readFileSync(`${FILES}/${name}.sql`, 'utf8');
    const result = read(text, `${name}.sql`);
    expectTiling(text, result);
    const { document, receipt } = result;
    const tables = Object.values(document.tables);
    const owners = [...tables, ...Object.values(document.views)];
    expect([
      tables.length,
      tables.reduce((sum, table) => sum + table.columns.length, 0),
      Object.keys(document.relationships).length,
      owners.reduce((sum, owner) => sum + owner.indexes.length, 0),
    ]).toEqual(expected);
    expect(receipt.counts.error).toBe(0);
    expect(receipt.lost).toEqual([]);
    expect(receipt.statements.filter((one) => one.state !== 'modelled' && one.reason === undefined)).toEqual([]);
    expect(validate(document)).toEqual([]);
    expect(document).toEqual(read(text, `${name}.sql`).document);
  });

  it('has a row for every file', () => {
    expect(readdirSync(FILES).sort()).toEqual(
      Object.keys(COUNTS)
        .map((name) => `${name}.sql`)
        .sort(),
    );
  });
});

describe("the guides' own SQL", () => {
  const sample = (name: string) => {
    const text = readFileSync(`test/data/sql/architect-samples/${name}.sql`, 'utf8');
    const result = read(text, name);
    expectTiling(text, result);
    expect(validate(result.document)).toEqual([]);
    return result;
  };
  const errors = ({ receipt }: ReadResult) =>
    receipt.statements.filter((one) => one.state === 'error').map(({ line, column, reason }) => [line, column, reason]);

  it('says where INCLUDE stands after WHERE, and reads on', () => {
    const result = sample('000-1');
    expect(errors(result)).toEqual([[5, 1, 'syntax error at or near "INCLUDE"']]);
    expect(result.receipt.counts.skipped).toBe(2);
  });

  it('takes partitions in', () => {
    const { document, receipt } = sample('000-3');
    expect(receipt.counts).toMatchObject({ modelled: 5, error: 0 });
    const partitions = Object.values(document.tables).filter((table) => table.partitionOf !== undefined);
    expect(partitions.map((table) => [table.name, table.columns.length, table.partitionOf?.bound])).toEqual([
      ['orders_2024_q1', 0, "FOR VALUES FROM ('2024-01-01') TO ('2024-04-01')"],
      ['orders_2024_q2', 0, "FOR VALUES FROM ('2024-04-01') TO ('2024-07-01')"],
      ['user_events_0', 0, 'FOR VALUES WITH (MODULUS 4, REMAINDER 0)'],
    ]);
  });

  it('names the table that an ALTER or an index misses', () => {
    expect(errors(sample('000-4')).map(([line, , reason]) => [line, reason])).toEqual([
      [3, 'there is no table users in the text to alter'],
      [14, 'there is no table users in the text to alter'],
      [15, expect.stringContaining('users')],
    ]);
    expect(errors(sample('002-3')).map(([, , reason]) => reason)).toEqual([
      expect.stringContaining('no table auth.users'),
      expect.stringContaining('no table app.organization_members'),
      expect.stringContaining('no table app.metrics'),
      expect.stringContaining('no table auth.sessions'),
    ]);
  });

  it.each([
    ['001-1', 4],
    ['002-1', 20],
    ['002-2', 6],
    ['003-1', 4],
  ])('%s comes in whole', (name, modelled) => {
    expect(sample(name).receipt.counts).toEqual({ modelled, residue: 0, verbatim: 0, skipped: 0, error: 0 });
  });
});

describe('text that is wrong', () => {
  it('reads everything else', () => {
    const text =
      'create table a (id int);\ncreate tabel b (id int);\n  create table c (id int primary key,, x int);\ncreate table d (id int);';
    const { document, receipt } = read(text);
    expect(Object.values(document.tables).map((table) => table.name)).toEqual(['a', 'd']);
    expect(receipt.statements.filter((one) => one.state === 'error')).toMatchObject([
      { line: 2, column: 8, start: 25 },
      { line: 3, column: 38 },
    ]);
    expect(receipt.lost).toHaveLength(2);
  });

  it('says where an unterminated quote opened', () => {
    const { receipt, document } = read("create table a (id int);\n\ncomment on table a is 'oops;\ncreate table b (id int);");
    expect(Object.keys(document.tables)).toHaveLength(1);
    expect(receipt.statements.at(-1)).toMatchObject({
      state: 'error',
      line: 3,
      column: 23,
      reason: expect.stringContaining('line 3'),
    });
  });

  it('takes a dump that is cut off', () => {
    const dump = readFileSync(`${FILES}/pagila.sql`, 'utf8');
    for (const share of [0.2, 0.55, 0.9]) {
      const text = dump.slice(0, Math.floor(dump.length * share));
      const result = read(text);
      expectTiling(text, result);
      expect(validate(result.document)).toEqual([]);
      expect(result.receipt.counts.error).toBeLessThanOrEqual(1);
    }
  });

  it.each([
    ['a NUL character', 'create table a (id int);\ncreate table b\0 (id int);', /NUL/],
    ['a Word document', 'PK\u0003\u0004\u0014\u0000\u0006\u0000word/document.xml', /Office document/],
    ['an old Word document', '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1', /Office document/],
    ['a pg_dump archive', 'PGDMP\u0001\u000e\u0000', /pg_restore/],
  ])('refuses %s', (_name, text, reason) => {
    const { document, receipt } = read(text);
    expect(receipt.statements).toEqual([
      expect.objectContaining({ state: 'error', start: 0, end: text.length, reason: expect.stringMatching(reason) }),
    ]);
    expect(document.tables).toEqual({});
  });

  it('refuses a statement with half a character, and reads on', () => {
    const { receipt } = read('create table a (id int);create table "\ud800" (id int);create table c (id int);');
    expect(receipt.statements.map((one) => one.state)).toEqual(['modelled', 'error', 'modelled']);
    expect(receipt.statements[1]).toMatchObject({ column: 39, reason: expect.stringContaining('surrogate') });
  });

  it('never throws, whatever is cut out of real text', () => {
    const texts = ['azimutt', 'sakila_pg', 'bytebase'].map((name) => readFileSync(`${FILES}/${name}.sql`, 'utf8').slice(0, 12_000));
    const cut = fc.record({
      text: fc.constantFrom(...texts),
      from: fc.nat(9000),
      length: fc.integer({ min: 1, max: 60 }),
      put: fc.constantFrom('', "'", '"', '$$', '(', ')', ';', '/*', ',', ' PRIMARY KEY ', '\u0001'),
    });
    fc.assert(
      fc.property(cut, ({ text, from, length, put }) => {
        const broken = (text.slice(0, from) + put + text.slice(from + length)).slice(Math.max(0, from - 3000), from + 3000);
        const result = read(broken);
        expectTiling(broken, result);
        expect(validate(result.document)).toEqual([]);
      }),
      runs(11, 150),
    );
  });

  it('names that are SQL, HTML or keys of objects are names', () => {
    const names = ['__proto__', 'constructor', 'toString', '<script>', "'; drop table x; --", 'ÄÖ "quoted"'];
    const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
    const text = names.map((name) => `create table ${quote(name)} (${quote(name)} int primary key);`).join('\n');
    const { document, receipt } = read(text);
    expect(receipt.counts.modelled).toBe(names.length);
    expect(Object.values(document.tables).map((table) => [table.name, table.columns[0]?.name])).toEqual(
      names.map((name) => [name, name]),
    );
  });
});

describe('budget', () => {
  const files = [{ name: 'a.sql', text: 'create table a (id int);\n'.repeat(500) }];

  it('tells how far it is and stops when told', () => {
    const shares: number[] = [];
    readSql(
      files,
      { dialect: 'postgresql', budget: { shouldStop: () => false, progress: (done) => shares.push(done) } },
      { parser },
    );
    expect(shares.length).toBeGreaterThan(5);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(readSql(files, { dialect: 'postgresql', budget: { shouldStop: () => shares.length > 0 } }, { parser })).toMatchObject({
      ok: false,
      problem: { code: 'stopped' },
    });
  });

  it('folds files one after the other', () => {
    const result = readSql(
      [
        { name: '001.sql', text: 'create table a (id int, x int);' },
        { name: '002.sql', text: 'alter table a drop column x;\nalter table a rename to b;' },
      ],
      { dialect: 'postgresql', name: 'Shop' },
      { parser },
    );
    if (!result.ok) throw new Error(result.problem.message);
    const { document, receipt } = result.value;
    expect(Object.values(document.tables).map((table) => [table.name, table.columns.map((one) => one.name)])).toEqual([
      ['b', ['id']],
    ]);
    expect(receipt.statements.map(({ file, line }) => [file, line])).toEqual([
      ['001.sql', 1],
      ['002.sql', 1],
      ['002.sql', 2],
    ]);
    expect(document.settings['settings']?.name).toBe('Shop');
  });
});
