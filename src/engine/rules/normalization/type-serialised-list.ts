import type { Table } from '#model/types.ts';
import { offerList } from '../../reshape/offers.ts';
import { type PackedColumn, packedColumns } from '../../smells/lists.ts';
import { defineRule, type ModelContext, reshapeFix, type Said } from '../define.ts';
import { titleOf } from '../labels.ts';

function say(at: ModelContext, table: Table, packed: PackedColumn): Said {
  const { column, evidence, separator } = packed;
  const fixes = offerList(at.document, table, packed).flatMap((offer) =>
    offer.kind === 'list'
      ? [reshapeFix(`Give each value a row of a new table ${offer.name}`, offer)]
      : [reshapeFix(`Make ${column.name} an array`, offer)],
  );
  return {
    at: [{ record: table.id, part: column.id }],
    what: `${titleOf(at.document, table)}.${column.name} looks like a list of values in one text${evidence.length > 1 ? `, with “${separator}” between them` : ''}.`,
    evidence,
    fixes,
  };
}

export const typeSerialisedList = defineRule({
  id: 'type-serialised-list',
  category: 'normalization',
  scope: 'model',
  severity: 'warning',
  title: 'List of values in one text',
  docs: {
    what: 'A text column holds a list: its name says several (tags, role_ids, country_list, values_csv), its comment, default or check says what separates them, views or routines take it apart (string_to_array, FIND_IN_SET, STRING_SPLIT), or sampled values do. Arrays are left alone.',
    why: 'No foreign key can refer to the parts, no plain index finds them, and adding or removing one means rewriting the text.',
    todo: 'Use a link table with one row for each value; or an array with a GIN index where the values refer to nothing.',
  },
  sources: ['Bill Karwin, SQL Antipatterns: Jaywalking', 'Checked likewise by sqlcheck, SOAR LIT.003'],
  check: (at) =>
    Object.values(at.document.tables).flatMap((table) =>
      packedColumns(at.document, table, at.uses()).flatMap((packed) => (packed.kind === 'list' ? [say(at, table, packed)] : [])),
    ),
  examples: {
    bad: [
      { ddl: 'CREATE TABLE posts (id int PRIMARY KEY, tag_ids text);', expect: ['posts.tag_ids'] },
      {
        note: 'The ids are those of a table.',
        ddl: `CREATE TABLE tags (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE posts (id int PRIMARY KEY, tag_ids text NOT NULL);`,
        expect: ['posts.tag_ids'],
      },
      {
        note: 'A view takes it apart.',
        ddl: `CREATE TABLE films (id int PRIMARY KEY, cast_names text);
CREATE VIEW actors AS SELECT f.id, a.name FROM films f, string_to_table(f.cast_names, ';') AS a(name);`,
        expect: ['films.cast_names'],
      },
      {
        note: 'The comment says so.',
        ddl: `CREATE TABLE users (id int PRIMARY KEY, roles varchar(200));
COMMENT ON COLUMN users.roles IS 'Comma-separated role names';`,
        expect: ['users.roles'],
      },
    ],
    good: [
      { ddl: 'CREATE TABLE posts (id int PRIMARY KEY, tag_ids int[]);' },
      { ddl: 'CREATE TABLE posts (id int PRIMARY KEY, wish_listed boolean, price_list text);' },
      {
        note: 'An address is split at its sign, a path at its slashes: neither is a list.',
        ddl: `CREATE TABLE accounts (id int PRIMARY KEY, email text, path text);
CREATE VIEW domains AS SELECT split_part(email, '@', 2) AS domain, string_to_array(path, '/') AS folders FROM accounts;`,
      },
    ],
  },
});
