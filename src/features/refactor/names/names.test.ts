import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { renameManyCalls } from '#engine/sql/expressions.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { writeDocument } from '#engine/sql/write.ts';
import type { Document } from '#model/types.ts';
import { documents } from '#test/arbitrary/document.ts';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { runs } from '#test/runs.ts';
import { conflictsOf, type Proposal } from './conflicts.ts';
import { type NameRule, NO_RULE, renamedBy } from './rules.ts';
import { type NameKind, targetsOf } from './targets.ts';
import { plural, singular, toCase, wordsOf } from './words.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

const ALL: ReadonlySet<NameKind> = new Set(['table', 'column', 'constraint', 'index']);
const everything = (document: Document) => targetsOf(document, { scope: { kind: 'all' }, kinds: ALL, selection: [] });
const by = (rule: Partial<NameRule>) => (name: string) => renamedBy(name, { ...NO_RULE, ...rule });

function proposals(document: Document, rename: (name: string) => string): Proposal[] {
  return everything(document).flatMap((one) => (rename(one.name) === one.name ? [] : [{ ...one, to: rename(one.name) }]));
}

function ddl(document: Document): string {
  return writeDocument(document, { version: 18 })
    .statements.map((one) => one.sql)
    .join('\n')
    .replaceAll(/\s+/g, ' ');
}

describe('words of a name', () => {
  it.each([
    ['orderItems', ['order', 'Items']],
    ['HTTPServer2Log', ['HTTP', 'Server2', 'Log']],
    ['order-items_2', ['order', 'items', '2']],
    ['GRÖSSE', ['GRÖSSE']],
    ['', []],
  ])('%s', (name, words) => expect(wordsOf(name)).toEqual(words));

  it('are joined in every case', () => {
    expect((['snake', 'camel', 'pascal', 'upper', 'lower'] as const).map((one) => toCase('Order itemsID', one))).toEqual([
      'order_items_id',
      'orderItemsId',
      'OrderItemsId',
      'ORDER ITEMSID',
      'order itemsid',
    ]);
    expect(toCase('_hidden', 'pascal')).toBe('_Hidden');
    expect(toCase('***', 'snake')).toBe('***');
  });

  it('have plurals and singulars that undo each other', () => {
    const pairs = {
      order: 'orders',
      category: 'categories',
      address: 'addresses',
      person: 'people',
      order_status: 'order_statuses',
      OrderItem: 'OrderItems',
      box: 'boxes',
      day: 'days',
    };
    for (const [one, many] of Object.entries(pairs)) {
      expect(plural(one)).toBe(many);
      expect(singular(many)).toBe(one);
      expect(plural(many)).toBe(many);
    }
    expect(plural('ORDER')).toBe('ORDERS');
    expect(plural('x1')).toBe('x1');
  });
});

describe('a rule', () => {
  it('finds and replaces plainly, with case or without', () => {
    expect(by({ find: 'a.', replace: '$1' })('a.ba.')).toBe('$1b$1');
    expect(by({ find: 'ID', replace: 'Key' })('order_id')).toBe('order_id');
    expect(by({ find: 'ID', replace: 'Key', matchCase: false })('id_order_Id')).toBe('Key_order_Key');
    expect(by({ find: 'i', replace: 'x', matchCase: false })('İi')).toBe('İx');
  });

  it('takes away, changes, then adds', () => {
    const rule = {
      removePrefix: 'tbl_',
      removeSuffix: '_t',
      number: 'singular',
      case: 'pascal',
      prefix: 'X',
      suffix: '!',
    } as const;
    expect(by(rule)('tbl_order_items_t')).toBe('XOrderItem!');
    expect(by({})('as it is')).toBe('as it is');
  });
});

describe('names that would change', () => {
  it('are those with a name of their own, in the scope', () => {
    const document = readDdl(
      parser,
      `CREATE SCHEMA s; CREATE TABLE s.a (id integer CONSTRAINT a_key PRIMARY KEY, b integer CHECK (b > 0)); CREATE INDEX a_b ON s.a (b);
       CREATE TABLE p (x integer) PARTITION BY LIST (x); CREATE TABLE p1 PARTITION OF p DEFAULT;
       CREATE TABLE c (a integer CONSTRAINT to_a REFERENCES s.a (id));`,
    );
    const said = (list: ReturnType<typeof everything>) => list.map((one) => `${one.kind} ${one.where}.${one.name}`);
    expect(said(everything(document))).toEqual([
      'table s.a',
      'column a.id',
      'column a.b',
      'constraint a.a_key',
      'index a.a_b',
      'table public.c',
      'column c.a',
      'table public.p',
      'column p.x',
      'table public.p1',
      'constraint c.to_a',
    ]);
    const schema = Object.values(document.schemas).find((one) => one.name === 's')?.id ?? '';
    expect(said(targetsOf(document, { scope: { kind: 'schema', schema }, kinds: new Set(['table']), selection: [] }))).toEqual([
      'table s.a',
    ]);
    const table = Object.values(document.tables).find((one) => one.name === 'a');
    const part = table?.columns[1]?.id ?? '';
    const selection = [{ record: table?.id ?? '', part }];
    expect(said(targetsOf(document, { scope: { kind: 'selection' }, kinds: ALL, selection }))).toEqual(['column a.b']);
  });

  it('are in conflict with what is there, with each other, and when they cannot be names', () => {
    const document = readDdl(
      parser,
      'CREATE TABLE a (x integer, y integer); CREATE TABLE b (x integer, CONSTRAINT k UNIQUE (x)); CREATE VIEW v AS SELECT 1 AS one; CREATE INDEX i ON a (x);',
    );
    const names: Record<string, string> = { a: 'v', b: 'c', x: 'same', y: 'same', k: '', i: `${'long'.repeat(16)}` };
    const all = proposals(document, (name) => names[name] ?? name);
    const told = conflictsOf(document, all, new Set(all.map((one) => one.key)));
    expect(all.map((one) => `${one.name}: ${told.get(one.key) ?? 'fine'}`)).toEqual([
      'a: v is there already',
      'x: y would be called same too',
      'y: x would be called same too',
      'i: PostgreSQL keeps 63 bytes of a name',
      'b: fine',
      'x: fine',
      'k: the name would be empty',
    ]);
    // What is left out no longer stands in the way of others.
    const without = new Set(all.filter((one) => one.name !== 'y').map((one) => one.key));
    const [first] = all.filter((one) => one.name === 'x');
    expect(conflictsOf(document, all, without).get(first?.key ?? '')).toBeUndefined();
  });

  it('may be exchanged, as they change at the same moment', () => {
    const document = readDdl(
      parser,
      'CREATE TABLE a (x integer, y integer CHECK (x < y)); CREATE TABLE b (x integer); CREATE VIEW v AS SELECT a.x AS z FROM a JOIN b ON a.y = b.x;',
    );
    const swap: Record<string, string> = { a: 'b', b: 'a', x: 'y', y: 'x' };
    const all = proposals(document, (name) => swap[name] ?? name);
    expect(conflictsOf(document, all, new Set(all.map((one) => one.key))).size).toBe(0);
    const { calls, left } = renameManyCalls(
      document,
      parser,
      all.map(({ ref, to }) => ({ ref, name: to })),
      'Swap',
    );
    expect(left).toEqual([]);
    const after = withCalls(document, calls);
    expect(ddl(after)).toContain('CREATE TABLE b ( y integer, x integer, CHECK (y < x) );');
    expect(ddl(after)).toContain('SELECT b.y AS z FROM b JOIN a ON b.x = a.y');
  });

  it('give back the same DDL when they are taken back', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const there = proposals(document, (name) => `${[...name].slice(0, 12).join('')}_é`);
        const told = conflictsOf(document, there, new Set(there.map((one) => one.key)));
        const chosen = there.filter((one) => !told.has(one.key));
        const run = (from: Document, names: readonly { ref: Proposal['ref']; name: string }[]) =>
          withCalls(from, renameManyCalls(from, parser, names, 'Rename').calls);
        const renamed = run(
          document,
          chosen.map(({ ref, to }) => ({ ref, name: to })),
        );
        const back = run(
          renamed,
          chosen.map(({ ref, name }) => ({ ref, name })),
        );
        expect(ddl(back)).toBe(ddl(document));
      }),
      runs(20_261_122, 25),
    );
  });
});
