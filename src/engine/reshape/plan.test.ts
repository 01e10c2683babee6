import { beforeAll, describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { tableNamed } from '#test/decompose.ts';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { reshaping } from '#test/reshape.ts';
import { checkDocument } from '../rules/check.ts';
import type { PgParser } from '../sql/parser-port.ts';
import { planReshape } from './plan.ts';
import type { Reshape } from './types.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

function offered(document: Document): Reshape[] {
  return checkDocument(document, { parser }).flatMap(({ fixes }) => fixes.flatMap(({ reshape }) => reshape ?? []));
}

const PHONES = 'CREATE TABLE contacts (id int PRIMARY KEY, phone1 text, phone2 text, phone3 text';

describe('a refactoring is offered', () => {
  it('where a row can be referred to', () => {
    expect(offered(readDdl(parser, `${PHONES});`))).toHaveLength(1);
    expect(offered(readDdl(parser, `${PHONES});`.replace(' PRIMARY KEY', '')))).toEqual([]);
  });

  it.each([
    ['a policy guards the rows', `${PHONES});\nALTER TABLE contacts ENABLE ROW LEVEL SECURITY;`],
    [
      'the table has partitions',
      'CREATE TABLE c (id int, phone1 text, phone2 text, phone3 text, PRIMARY KEY (id)) PARTITION BY HASH (id);',
    ],
    [
      'others refer to the columns',
      `${PHONES}, UNIQUE (phone1));\nCREATE TABLE calls (id int PRIMARY KEY, phone text REFERENCES contacts (phone1));`,
    ],
    ['the columns are the key', 'CREATE TABLE c (part1 int, part2 int, part3 int, note text, PRIMARY KEY (part1, part2, part3));'],
    [
      'an attribute may stand twice',
      'CREATE TABLE p (id int PRIMARY KEY);\nCREATE TABLE pa (id int PRIMARY KEY, p_id int REFERENCES p, attribute text, value text);',
    ],
    [
      'a key of attributes is made by the program',
      'CREATE TABLE p (id int PRIMARY KEY);\nCREATE TABLE pa (id int PRIMARY KEY, p_id int REFERENCES p, attribute text, value text, UNIQUE (p_id, attribute));',
    ],
    ['it is not known which tables are meant', 'CREATE TABLE c (id int PRIMARY KEY, item_type text, item_id int);'],
    [
      'a value names no table',
      "CREATE TABLE posts (id int PRIMARY KEY);\nCREATE TABLE c (id int PRIMARY KEY, item_type text CHECK (item_type IN ('posts', 'boats')), item_id int);",
    ],
    [
      'a code is referred to',
      "CREATE TABLE codes (kind text CHECK (kind IN ('a', 'b')), code text, name text, PRIMARY KEY (kind, code));\nCREATE TABLE t (id int PRIMARY KEY, kind text, code text, FOREIGN KEY (kind, code) REFERENCES codes);",
    ],
    [
      'clones differ',
      'CREATE TABLE s_2023 (id int PRIMARY KEY, a int, b int, c int, d int);\nCREATE TABLE s_2024 (id int PRIMARY KEY, a int, b int, c int, d int, e int);',
    ],
  ])('not where %s', (_, ddl) => {
    const document = readDdl(parser, ddl);
    expect(
      checkDocument(document, { parser })
        .map(({ rule }) => rule)
        .some((rule) => /^(nf-|type-serialised|polymorphic)/.test(rule)),
    ).toBe(true);
    expect(offered(document)).toEqual([]);
  });

  it('under names that are free, in the style of the others', () => {
    const names = (ddl: string) => offered(readDdl(parser, ddl)).flatMap((one) => ('name' in one ? one.name : []));
    expect(names(`${PHONES});\nCREATE TABLE contact_phones (id int PRIMARY KEY);`)).toEqual(['contact_phones_2']);
    expect(names('CREATE TABLE "Contacts" ("Id" int PRIMARY KEY, "Phone1" text, "Phone2" text, "Phone3" text);')).toEqual([
      'ContactPhones',
    ]);
  });
});

describe('a plan', () => {
  const plan = (document: Document, asked: Reshape) =>
    planReshape(document, parser, asked, { ids: derivedIds(), diagram: MAIN_DIAGRAM, date: '2026-01-01' });

  it('is refused when the model has changed since', () => {
    const document = readDdl(parser, `${PHONES});`);
    const [asked] = offered(document);
    const table = tableNamed(document, 'contacts');
    if (asked === undefined) throw new Error('nothing offered');
    const less = withCalls(document, [{ name: 'removeColumns', args: { table: table.id, ids: [table.columns[1]?.id ?? ''] } }]);
    for (const now of [less, withCalls(document, [{ name: 'removeTables', args: { ids: [table.id] } }])]) {
      expect(plan(now, asked)).toMatchObject({ ok: false, problem: { code: 'not-found' } });
    }
    const taken = readDdl(parser, `${PHONES});\nCREATE TABLE contact_phones (id int PRIMARY KEY);`);
    expect(plan(taken, { ...asked, table: tableNamed(taken, 'contacts').id } as Reshape).ok).toBe(false);
  });

  it('is refused when a policy or a generated column names what would leave', () => {
    const asked = (ddl: string) => {
      const document = readDdl(parser, ddl);
      const table = tableNamed(document, 'contacts');
      const attributes = [{ name: 'phone', columns: table.columns.slice(1, 4).map(({ id }) => id) }];
      return plan(document, {
        kind: 'repeating',
        table: table.id,
        name: 'phones',
        position: 'position',
        numbers: [1, 2, 3],
        attributes,
      });
    };
    expect(asked(`${PHONES});\nCREATE POLICY own ON contacts USING (phone1 = current_user);`)).toMatchObject({
      ok: false,
      problem: { code: 'policy-names-column' },
    });
    expect(asked(`${PHONES}, short text GENERATED ALWAYS AS (left(phone2, 3)) STORED);`)).toMatchObject({
      ok: false,
      problem: { code: 'generated-apart' },
    });
  });

  it('says what it breaks, ends and means, and keeps its SQL with a warning of what breaks', () => {
    const document = readDdl(
      parser,
      `${PHONES}, CHECK (phone1 <> phone2));\nCREATE VIEW first_phones AS SELECT phone1 FROM contacts;`,
    );
    const [asked] = offered(document);
    if (asked === undefined) throw new Error('nothing offered');
    const { consequences, change, after } = reshaping(document, parser, asked);
    expect(consequences.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'meaning: A row of contacts may have any number of rows in contact_phones; those of NULL are not there.',
      'meaning: Deleting a row of contacts deletes its rows in contact_phones.',
      'breaks: view first_phones names column phone1, which is not there any more',
      'goes: column contacts.phone1',
      'goes: column contacts.phone2',
      'goes: column contacts.phone3',
      'goes: check phone1 <> phone2 of contacts',
    ]);
    expect(change?.forward.map(({ phase }) => phase)).toEqual(['expand', 'fill', 'verify', 'contract']);
    expect(change?.forward.at(-1)?.note).toContain('view first_phones names column phone1');
    expect(Object.values(after.placements).some(({ object }) => object === tableNamed(after, 'contact_phones').id)).toBe(true);
  });

  it('has no script where the dialect has none, and changes the model all the same', () => {
    const document = readDdl(parser, `${PHONES});`);
    const mysql: Document = {
      ...document,
      settings: { settings: { id: 'settings', name: 'x', dialect: 'mysql', version: 8 } },
    };
    const [asked] = offered(document);
    if (asked === undefined) throw new Error('nothing offered');
    const { change, after } = reshaping(mysql, parser, asked);
    expect(change).toBeUndefined();
    expect(Object.keys(after.changes)).toEqual([]);
    expect(tableNamed(after, 'contact_phones').columns.map(({ name }) => name)).toEqual(['contact_id', 'position', 'phone']);
  });
});
