import type { Column } from '#model/column-types.ts';
import type { Id, Table } from '#model/types.ts';
import { offerRepeating } from '../../reshape/offers.ts';
import { type RepeatingGroup, repeatingGroups } from '../../smells/repeating.ts';
import { defineRule, type ModelContext, reshapeFix, type Said } from '../define.ts';
import { titleOf } from '../labels.ts';
import { typeFacts } from '../type-facts.ts';

const WORDS = { position: 'numbered', year: 'one for each year', month: 'one for each month' } as const;

function evidenceOf(at: ModelContext, table: Table, { counter, numbers, attributes }: RepeatingGroup): string[] {
  const column = (id: Id) => table.columns.find((one) => one.id === id) as Column;
  const names = attributes.flatMap(({ columns }) => columns.map((id) => column(id).name));
  const empty = attributes.flatMap(({ columns }) =>
    columns.flatMap((id) => {
      const share = column(id).facts?.nullFraction;
      return share === undefined ? [] : [`${column(id).name} ${Math.round(100 * share)}%`];
    }),
  );
  const links = at.table(table.id)?.outgoing ?? [];
  return [
    ...attributes.map(({ columns }) => {
      const type = typeFacts(at.document, column(columns[0] as Id).type).name;
      return `${columns.map((id) => column(id).name).join(', ')}: ${type}, ${WORDS[counter]}${counter === 'position' ? ` ${numbers[0]} to ${numbers.at(-1)}` : ''}`;
    }),
    ...(empty.length === 0 ? [] : [`rows without a value: ${empty.join(', ')}`]),
    ...attributes.flatMap(({ columns }) => {
      const parents = columns.map(
        (id) => links.find(({ childColumns }) => childColumns.length === 1 && childColumns[0] === id)?.parent,
      );
      const [first] = parents;
      return first !== undefined && parents.every((one) => one === first)
        ? [`each is a foreign key to ${at.document.tables[first]?.name}`]
        : [];
    }),
    ...at
      .uses()
      .naming(names, table)
      .slice(0, 4)
      .map((place) => `${place} names several of them`),
  ];
}

function say(at: ModelContext, table: Table, group: RepeatingGroup): Said {
  const { stem, numbers, attributes, counter } = group;
  const names = attributes.flatMap(({ columns }) => columns.map((id) => table.columns.find((one) => one.id === id)?.name));
  const shown = names.length > 8 ? `${names.slice(0, 7).join(', ')} … ${names.at(-1)}` : names.join(', ');
  const offer = offerRepeating(at.document, table, group);
  return {
    at: attributes.flatMap(({ columns }) => columns.map((part) => ({ record: table.id, part }))),
    what: `${titleOf(at.document, table)} holds ${stem} ${numbers.length} times: ${shown}.`,
    evidence: evidenceOf(at, table, group),
    ...(numbers.length === 2 && counter === 'position' ? { severity: 'info' as const, todo: TWO } : {}),
    ...(offer?.kind === 'repeating' ? { fixes: [reshapeFix(`Move them to rows of a new table ${offer.name}`, offer)] } : {}),
  };
}

const TWO =
  'If there can be a third, move them into a child table with one row for each value. If there are always two (home and away, from and to), name them by their roles, or waive this with that reason.';

export const nf1nfRepeatingColumns = defineRule({
  id: 'nf-1nf-repeating-columns',
  category: 'normalization',
  scope: 'model',
  severity: 'warning',
  title: 'Numbered columns of one kind',
  docs: {
    what: 'A table has columns such as phone1, phone2, phone3, or groups such as address_1_street, address_1_city, address_2_street, address_2_city, or one for each year or month: the same thing several times. The lines of one address, coordinates, quarters and names of algorithms or formats are left alone; two of a kind are only a note, as there may be two for good.',
    why: 'A fourth value needs a new column; searching means looking in each; and nothing keeps a value from being there twice.',
    todo: 'Move them into a child table with one row for each value (with a position if their order matters), or into an array if they are never searched alone.',
  },
  sources: [
    'Bill Karwin, SQL Antipatterns: Multicolumn Attributes',
    'Checked likewise by SchemaCrawler (LinterTableWithIncrementingColumns), pg-index-health',
  ],
  check: (at) =>
    Object.values(at.document.tables).flatMap((table) =>
      table.partitionOf === undefined ? repeatingGroups(at.document, table).map((group) => say(at, table, group)) : [],
    ),
  examples: {
    bad: [
      { ddl: 'CREATE TABLE contacts (id int PRIMARY KEY, phone1 text, phone2 text, phone3 text);', expect: ['contacts.phone1'] },
      {
        note: 'A group of columns, several times.',
        ddl: 'CREATE TABLE people (id int PRIMARY KEY, address_1_street text, address_1_city text, address_2_street text, address_2_city text);',
        expect: ['people.address_1_street'],
      },
      {
        note: 'What comes with one number stands together.',
        ddl: 'CREATE TABLE orders (id int PRIMARY KEY, product1 int, quantity1 int, product2 int, quantity2 int, product3 int, quantity3 int);',
        expect: ['orders.product1'],
      },
      {
        note: 'A column for each year.',
        ddl: 'CREATE TABLE regions (id int PRIMARY KEY, name text, sales_2022 numeric, sales_2023 numeric, sales_2024 numeric);',
        expect: ['regions.sales_2022'],
      },
    ],
    good: [
      { ddl: 'CREATE TABLE contacts (id int PRIMARY KEY, address1 text, address2 text);' },
      {
        note: 'Numbers of other meanings.',
        ddl: 'CREATE TABLE files (id int PRIMARY KEY, md5 text, sha1 text, sha2 text, sha256 text, line1 int, line2 int, x1 int, y1 int, x2 int, y2 int, q1 int, q2 int, q3 int, q4 int, s3 text, ec2 text, utf8 text, utf16 text);',
      },
    ],
  },
});
