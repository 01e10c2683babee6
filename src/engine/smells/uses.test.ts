import { beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import { tableNamed } from '#test/decompose.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { checkDocument } from '../rules/check.ts';
import { knownValues, linesOfUses, Uses } from './uses.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

const DDL = `CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TABLE posts (id int PRIMARY KEY, tags text, kind kind, state text DEFAULT 'new' CHECK (state IN ('new', 'old')));
CREATE TABLE pages (id int PRIMARY KEY, tags text);
CREATE VIEW post_tags AS SELECT string_to_array(p.tags, ',') AS tags FROM posts p;
CREATE VIEW page_tags AS SELECT string_to_array(tags, ';') AS tags FROM pages;
CREATE VIEW both_tags AS SELECT string_to_array(p.tags, '|') AS tags FROM posts x JOIN pages p USING (id);`;

describe('uses of columns', () => {
  it('belong to the table that the text means', () => {
    const document = readDdl(parser, DDL);
    const uses = new Uses(document);
    const of = (table: string, column: string) => {
      const one = tableNamed(document, table);
      return linesOfUses(uses.of(one).get(one.columns.find(({ name }) => name === column)?.id ?? '') ?? []);
    };
    expect(of('posts', 'tags')).toEqual(["view post_tags: string_to_array(p.tags, ',')"]);
    expect(of('pages', 'tags')).toEqual([
      "view page_tags: string_to_array(tags, ';')",
      "view both_tags: string_to_array(p.tags, '|')",
    ]);
  });

  it('without a table’s name belong to nobody when two tables have the column', () => {
    const document = readDdl(
      parser,
      `${DDL}\nCREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT split_part(tags, ',', 1) FROM posts, pages $$;`,
    );
    const uses = new Uses(document);
    for (const name of ['posts', 'pages']) {
      const places = [...uses.of(tableNamed(document, name)).values()].flat().map(({ place }) => place);
      expect(places).not.toContain('function f');
    }
  });

  it('tell the values that a column may have, and where from', () => {
    const document = readDdl(parser, DDL);
    const table = tableNamed(document, 'posts');
    const known = (name: string) => {
      const column = table.columns.find((one) => one.name === name);
      if (column === undefined) throw new Error(name);
      return knownValues(document, column, new Uses(document).of(table).get(column.id) ?? []).map(
        ({ value, place }) => `${value}: ${place}`,
      );
    };
    expect(known('kind')).toEqual(['a: enum kind', 'b: enum kind']);
    expect(known('state')).toEqual(['new: check of posts', 'old: check of posts']);
  });

  it('are read from queries of the workload as from views, with how often they run', () => {
    const document = readDdl(parser, 'CREATE TABLE orders (id int PRIMARY KEY, lines jsonb, codes text);');
    const rules = (queries: readonly Omit<WorkloadQuery, 'id'>[]) => {
      const records = queries.map((one, at) => [`q${at}`, { id: `q${at}`, ...one }]);
      return checkDocument({ ...document, queries: Object.fromEntries(records) }, { parser }).filter(
        ({ rule }) => rule === 'nf-1nf-json-elements' || rule === 'type-serialised-list',
      );
    };
    expect(rules([])).toEqual([]);
    const found = rules([
      { name: 'lines', sql: 'SELECT jsonb_array_elements(lines) FROM orders WHERE id = $1', callsPerHour: 12 },
      { name: 'coded', sql: "SELECT * FROM orders o WHERE 'x' = ANY (string_to_array(o.codes, ','))" },
      { name: 'other', sql: 'SELECT jsonb_array_elements(lines) FROM invoices' },
    ]);
    expect(found.map(({ rule, evidence }) => [rule, ...(evidence ?? [])]).sort()).toEqual([
      ['nf-1nf-json-elements', 'query lines (12 calls an hour): jsonb_array_elements(lines)'],
      ['type-serialised-list', "query coded: string_to_array(o.codes, ',')"],
    ]);
  });
});

it('long lists of places are cut', () => {
  const line = (at: number) => ({ kind: 'split', column: 'a', literals: [','], snippet: 'x', place: `view ${at}` }) as const;
  expect(linesOfUses([1, 2, 3, 4, 5, 6].map(line))).toHaveLength(5);
  expect(linesOfUses([1, 1, 1].map(line))).toEqual(['view 1: x']);
});
