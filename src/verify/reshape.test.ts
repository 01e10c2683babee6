import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fix } from '#engine/finding.ts';
import type { Reshape } from '#engine/reshape/types.ts';
import { checkDocument } from '#engine/rules/check.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { writeDocument } from '#engine/sql/write.ts';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import { applyDiff, reverseDiff } from '#model/diff.ts';
import type { Document } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { openOn } from '#test/decompose.ts';
import { TestDatabase } from '#test/pglite.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { reshaping, trialOfReshape } from '#test/reshape.ts';
import { runs } from '#test/runs.ts';
import { isProved, type TrialOutcome, tryDecomposition } from './decomposition.ts';

let parser: PgParser;
let db: TestDatabase;
beforeAll(async () => {
  parser = await parserForTests();
  db = await TestDatabase.open();
});
afterAll(() => db.close());

function fixesOf(document: Document, rule: string): readonly Fix[] {
  return checkDocument(document, { parser }).flatMap((one) => (one.rule === rule ? one.fixes : []));
}

function askedBy(document: Document, rule: string, kind: Reshape['kind']): Reshape {
  const found = fixesOf(document, rule).find(({ reshape }) => reshape?.kind === kind)?.reshape;
  if (found === undefined) throw new Error(`no ${kind} offered by ${rule}`);
  return found;
}

async function tried(ddl: string, rule: string, kind: Reshape['kind'], rows: readonly string[]): Promise<TrialOutcome> {
  const document = readDdl(parser, ddl);
  const plan = reshaping(document, parser, askedBy(document, rule, kind));
  return tryDecomposition(openOn(db), trialOfReshape(document, plan, rows));
}

interface Case {
  readonly name: string;
  readonly rule: string;
  readonly kind: Reshape['kind'];
  readonly ddl: string;
  readonly rows: readonly string[];
  /** Rows that the script refuses, and the reason it gives. */
  readonly refused?: readonly (readonly [string, RegExp])[];
  /** What the new DDL says. */
  readonly says: readonly RegExp[];
}

const CASES: readonly Case[] = [
  {
    name: 'numbered columns become rows of a child table',
    rule: 'nf-1nf-repeating-columns',
    kind: 'repeating',
    ddl: `CREATE TABLE contacts (id int PRIMARY KEY, phone1 varchar(20) NOT NULL, phone2 varchar(20), phone3 varchar(30) DEFAULT 'none', note text,
  CHECK (phone1 <> phone2));
CREATE INDEX contacts_phone ON contacts (phone1);`,
    rows: [
      "INSERT INTO contacts VALUES (1, 'a', 'b', 'c', 'n'), (2, 'a', NULL, 'x', NULL), (3, '', NULL, NULL, 'm')",
      "INSERT INTO contacts VALUES (4, 'z', '', NULL, NULL)",
    ],
    says: [
      /CREATE TABLE contact_phones/,
      /phone\s+varchar\(30\) NOT NULL/,
      /PRIMARY KEY \(contact_id, "?position"?\)/,
      /REFERENCES contacts[^;]*ON DELETE CASCADE/,
      /CREATE INDEX[^;]*ON contact_phones \(phone\)/,
    ],
  },
  {
    name: 'a group of columns becomes rows with several columns, under a key of two',
    rule: 'nf-1nf-repeating-columns',
    kind: 'repeating',
    ddl: `CREATE TABLE products (id int PRIMARY KEY);
CREATE TABLE orders (region text, no int, product1 int REFERENCES products, qty1 int, product2 int REFERENCES products, qty2 int, PRIMARY KEY (region, no));`,
    rows: [
      'INSERT INTO products VALUES (1), (2), (3)',
      "INSERT INTO orders VALUES ('n', 1, 1, 5, 2, 6), ('n', 2, NULL, NULL, 3, NULL), ('s', 1, NULL, 7, NULL, NULL), ('s', 2, NULL, NULL, NULL, NULL)",
    ],
    says: [/CREATE TABLE order_products/, /product\s+integer/, /qty\s+integer/, /REFERENCES products/],
  },
  {
    name: 'a list of words becomes rows',
    rule: 'type-serialised-list',
    kind: 'list',
    ddl: `CREATE TABLE posts (id int PRIMARY KEY, title text, tags text);`,
    rows: ["INSERT INTO posts VALUES (1, 'a', 'x,y,x'), (2, 'b', NULL), (3, NULL, 'z'), (4, 'd', 'a,,b')"],
    refused: [
      ["INSERT INTO posts VALUES (9, 'e', '')", /an empty text in tags/],
      ["INSERT INTO posts VALUES (9, 'e', 'a, b')", /spaces around them/],
    ],
    says: [/CREATE TABLE post_tags/, /tag\s+text NOT NULL/],
  },
  {
    name: 'a list that is never NULL may be empty',
    rule: 'type-serialised-list',
    kind: 'list',
    ddl: `CREATE TABLE posts (id int PRIMARY KEY, tags text NOT NULL DEFAULT '');`,
    rows: ["INSERT INTO posts VALUES (1, 'x,y'), (2, ''), (3, 'z')"],
    says: [/CREATE TABLE post_tags/],
  },
  {
    name: 'a list of keys becomes a link table',
    rule: 'type-serialised-list',
    kind: 'list',
    ddl: `CREATE TABLE tags (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY, tag_ids varchar(100));`,
    rows: ['INSERT INTO tags VALUES (1), (2), (30)', "INSERT INTO posts VALUES (1, '1,30'), (2, NULL), (3, '2'), (4, '2,2')"],
    refused: [
      ["INSERT INTO posts VALUES (9, '1,7')", /no key of tags/],
      ["INSERT INTO posts VALUES (9, '01')", /not written as one/],
    ],
    says: [/tag_id\s+integer NOT NULL/, /REFERENCES tags/],
  },
  {
    name: 'a list becomes an array',
    rule: 'type-serialised-list',
    kind: 'array',
    ddl: `CREATE TABLE posts (id int PRIMARY KEY, tags varchar(40));`,
    rows: ["INSERT INTO posts VALUES (1, 'x,y,x'), (2, NULL), (3, ''), (4, 'a, b')"],
    says: [/tags\s+text\[\]/],
  },
  {
    name: 'elements of a JSON array become rows',
    rule: 'nf-1nf-json-elements',
    kind: 'elements',
    ddl: `CREATE TABLE orders (id int PRIMARY KEY, lines jsonb);
CREATE INDEX orders_lines ON orders ((jsonb_array_length(lines)));
CREATE FUNCTION skus() RETURNS SETOF text LANGUAGE sql AS $$ SELECT l ->> 'sku' FROM orders o, jsonb_array_elements(o.lines) AS l $$;`,
    rows: [`INSERT INTO orders VALUES (1, '[{"sku": "a"}, 3, null]'), (2, NULL), (3, '[[1]]')`],
    refused: [["INSERT INTO orders VALUES (9, '[]')", /an empty array/]],
    says: [/CREATE TABLE order_lines/, /line\s+jsonb NOT NULL/],
  },
  {
    name: 'a type and an id become a foreign key for each table',
    rule: 'polymorphic-association',
    kind: 'polymorphic',
    ddl: `CREATE TABLE posts (id int PRIMARY KEY);
CREATE TABLE photos (id bigint PRIMARY KEY);
CREATE TABLE likes (id int PRIMARY KEY, liked_type text CHECK (liked_type IN ('Post', 'Photo')), liked_id bigint, who text NOT NULL, UNIQUE (who, liked_type, liked_id));`,
    rows: [
      'INSERT INTO posts VALUES (1), (2)',
      'INSERT INTO photos VALUES (1), (5000000000)',
      "INSERT INTO likes VALUES (1, 'Post', 1, 'a'), (2, 'Photo', 1, 'a'), (3, 'Photo', 5000000000, 'b'), (4, NULL, NULL, 'c')",
    ],
    refused: [
      ["INSERT INTO likes VALUES (9, 'Post', 77, 'z')", /rows of posts that are not there/],
      ["INSERT INTO likes VALUES (9, 'Post', NULL, 'z')", /one half of the pair/],
    ],
    says: [
      /post_id\s+integer/,
      /photo_id\s+bigint/,
      /num_nonnulls\(post_id, photo_id\) <= 1/,
      /UNIQUE \(who, post_id\)/,
      /REFERENCES photos/,
    ],
  },
  {
    name: 'known attributes become columns',
    rule: 'nf-eav',
    kind: 'eav',
    ddl: `CREATE TABLE products (id int PRIMARY KEY, name text);
CREATE TABLE product_attributes (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, product_id int NOT NULL REFERENCES products, attribute text CHECK (attribute IN ('colour', 'size')), value text, UNIQUE (product_id, attribute));`,
    rows: [
      "INSERT INTO products VALUES (1, 'a'), (2, 'b'), (3, 'c')",
      "INSERT INTO product_attributes (product_id, attribute, value) VALUES (1, 'colour', 'red'), (1, 'size', ''), (2, 'size', '4')",
    ],
    refused: [["INSERT INTO product_attributes (product_id, attribute, value) VALUES (3, 'size', NULL)", /no value/]],
    says: [/colour\s+text/, /size\s+text/],
  },
  {
    name: 'attributes that nobody knows become one JSON column',
    rule: 'nf-eav',
    kind: 'eav',
    ddl: `CREATE TABLE products (id int PRIMARY KEY);
CREATE TABLE product_attributes (product_id int REFERENCES products, attribute text, value text, PRIMARY KEY (product_id, attribute));`,
    rows: [
      'INSERT INTO products VALUES (1), (2), (3)',
      `INSERT INTO product_attributes VALUES (1, 'a "b"', 'x'), (1, 'c', NULL), (2, '', 'y')`,
    ],
    says: [/attributes\s+jsonb/],
  },
  {
    name: 'kinds of codes get tables of their own',
    rule: 'nf-one-true-lookup',
    kind: 'lookup',
    ddl: `CREATE TABLE codes (kind text CHECK (kind IN ('country', 'currency')), code text, name text NOT NULL, CHECK (length(code) < 9), PRIMARY KEY (kind, code));`,
    rows: [
      "INSERT INTO codes VALUES ('country', 'CH', 'Switzerland'), ('currency', 'CHF', 'Franc'), ('country', 'FR', 'France'), ('currency', 'CH', 'x')",
    ],
    says: [/CREATE TABLE country/, /CREATE TABLE currency/, /code\s+text PRIMARY KEY|PRIMARY KEY \(code\)/, /length\(code\) < 9/],
  },
  {
    name: 'tables of one kind of row become one',
    rule: 'nf-clone-tables',
    kind: 'clones',
    ddl: `CREATE TABLE shops (id int PRIMARY KEY);
CREATE TABLE sales_2023 (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, shop_id int REFERENCES shops, amount numeric(9, 2) NOT NULL);
CREATE TABLE sales_2024 (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, shop_id int REFERENCES shops, amount numeric(9, 2) NOT NULL);
CREATE INDEX ON sales_2023 (shop_id);
CREATE INDEX ON sales_2024 (shop_id);`,
    rows: [
      'INSERT INTO shops VALUES (1), (2)',
      'INSERT INTO sales_2023 (shop_id, amount) VALUES (1, 10), (NULL, 2.5)',
      'INSERT INTO sales_2024 (shop_id, amount) VALUES (2, 10), (1, 3), (1, 3)',
    ],
    says: [/CREATE TABLE sales \(/, /PRIMARY KEY \("?year"?, id\)/, /REFERENCES shops/, /CREATE INDEX[^;]*ON sales \(shop_id\)/],
  },
];

describe.each(CASES.map((one) => [one.name, one] as const))('%s', (_, one) => {
  it('with equal rows forward and back', async () => {
    const outcome = await tried(one.ddl, one.rule, one.kind, one.rows);
    expect({ ...outcome, version: '' }).toMatchObject({ errors: [], refused: 0 });
    expect(outcome.stopped).toBeUndefined();
    expect(isProved(outcome)).toBe(true);
    expect(outcome.rows).toBeGreaterThan(0);
  });

  it('refuses rows that would lose something, and says which', async () => {
    for (const [row, reason] of one.refused ?? []) {
      const outcome = await tried(one.ddl, one.rule, one.kind, [...one.rows, row]);
      expect(outcome.refused).toBe(0);
      expect(outcome.stopped?.phase).toBe('guard');
      expect(outcome.stopped?.message).toMatch(reason);
    }
  });

  it('as one step, which is undone whole, and whose DDL PostgreSQL takes', async () => {
    const document = readDdl(parser, one.ddl);
    const plan = reshaping(document, parser, askedBy(document, one.rule, one.kind));
    const ran = runCommands(document, plan.calls, derivedIds());
    if (!ran.ok) throw new Error(ran.problem.message);
    expect(validate(ran.value.document)).toEqual([]);
    expect(applyDiff(ran.value.document, reverseDiff(ran.value.diff))).toEqual(document);
    expect(Object.values(ran.value.document.changes)).toMatchObject([{ kind: 'refactoring', title: plan.label }]);
    const statements = writeDocument(plan.after, { version: 18 }).statements.map(({ sql }) => sql);
    const text = statements.join('\n');
    for (const pattern of one.says) expect(text).toMatch(pattern);
    await db.reset();
    expect(await db.run(statements)).toEqual(plan.consequences.some(({ kind }) => kind === 'breaks') ? expect.anything() : []);
    // What was found is found no more.
    const left = checkDocument(plan.after, { parser }).filter(({ rule }) => rule === one.rule);
    expect(left.map(({ message }) => message.what)).toEqual([]);
  });
});

it('whatever rows there are, numbered columns come back as they were', async () => {
  const ddl = 'CREATE TABLE t (a int, b text, x1 text, y1 int, x2 text, y2 int, v1 date, v2 date, v3 date, PRIMARY KEY (a, b));'
    .replaceAll('x1', 'word1')
    .replaceAll('x2', 'word2')
    .replaceAll('y1', 'size1')
    .replaceAll('y2', 'size2')
    .replaceAll(/\bv(\d)/g, 'day$1');
  const word = fc.option(fc.constantFrom("'a'", "''", "'it''s'"), { nil: 'NULL' });
  const size = fc.option(fc.integer({ min: -2, max: 2 }).map(String), { nil: 'NULL' });
  const day = fc.option(fc.constantFrom("'2024-01-01'", "'1999-12-31'"), { nil: 'NULL' });
  const row = fc.tuple(word, size, word, size, day, day, day);
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 5 }), async (rows) => {
      const inserts = rows.map((values, at) => `INSERT INTO t VALUES (${at}, 'k', ${values.join(', ')})`);
      const outcome = await tried(ddl, 'nf-1nf-repeating-columns', 'repeating', inserts);
      expect(outcome.stopped).toBeUndefined();
      expect(outcome.refused).toBe(0);
      expect(isProved(outcome)).toBe(true);
    }),
    runs(7301, 5),
  );
});
