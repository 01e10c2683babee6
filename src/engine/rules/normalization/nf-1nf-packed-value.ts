import type { Table } from '#model/types.ts';
import { type PackedColumn, packedColumns } from '../../smells/lists.ts';
import { defineRule, type ModelContext, type Said } from '../define.ts';
import { titleOf } from '../labels.ts';

const WORDS = {
  pairs: {
    what: 'packs names and values into one text',
    todo: 'Give the names that are known columns of their own, and keep the rest in one JSON column, or in a table with a row for each pair.',
  },
  code: {
    what: 'is a code whose pieces mean something each',
    todo: 'Keep each piece in a column of its own, and put the code together where it is shown (a generated column, if it must be stored).',
  },
  quantity: {
    what: 'holds a number and its unit in one text',
    todo: 'Use a number column with the unit in its name, or a second column for the unit.',
  },
} as const;

function say(at: ModelContext, table: Table, { column, kind, evidence }: PackedColumn): Said[] {
  if (kind === 'list') return [];
  const { what, todo } = WORDS[kind];
  return [
    {
      at: [{ record: table.id, part: column.id }],
      what: `${titleOf(at.document, table)}.${column.name} ${what}.`,
      todo,
      evidence,
      ...(kind === 'pairs' ? { severity: 'warning' as const } : {}),
    },
  ];
}

export const nf1nfPackedValue = defineRule({
  id: 'nf-1nf-packed-value',
  category: 'normalization',
  scope: 'model',
  severity: 'info',
  title: 'Several facts in one text',
  docs: {
    what: 'A text column holds pairs (size=4;colour=red), a code of several pieces (CH-2024-001) or a number with its unit (12 kg), as its comment, default, check, sampled values, or the statements that take it apart say. Names alone say it only for pairs.',
    why: 'The pieces have no types and no constraints; asking for one means taking every text apart, which no plain index helps with; and each program does it in its own way.',
    todo: 'Give each piece a column of its own.',
  },
  sources: [
    'E. F. Codd, A Relational Model of Data for Large Shared Data Banks, 1970: simple domains',
    'Joe Celko, SQL Programming Style',
  ],
  check: (at) =>
    Object.values(at.document.tables).flatMap((table) =>
      packedColumns(at.document, table, at.uses()).flatMap((packed) => say(at, table, packed)),
    ),
  examples: {
    bad: [
      {
        note: 'Pairs, as the default shows.',
        ddl: "CREATE TABLE widgets (id int PRIMARY KEY, looks text NOT NULL DEFAULT 'size=4;colour=red');",
        expect: ['widgets.looks'],
      },
      {
        note: 'A code that a view takes apart.',
        ddl: `CREATE TABLE invoices (id int PRIMARY KEY, number text NOT NULL);
CREATE VIEW invoice_years AS SELECT id, split_part(number, '-', 2) AS year FROM invoices;`,
        expect: ['invoices.number'],
      },
    ],
    good: [
      { ddl: "CREATE TABLE widgets (id int PRIMARY KEY, looks jsonb NOT NULL DEFAULT '{}', code text);" },
      {
        note: 'One fact with signs in it.',
        ddl: "CREATE TABLE pages (id int PRIMARY KEY, url text DEFAULT 'https://example.org/a?b=c', starts text DEFAULT '10:30');",
      },
    ],
  },
});
