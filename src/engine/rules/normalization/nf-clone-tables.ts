import { offerClones } from '../../reshape/offers.ts';
import { cloneTables } from '../../smells/clones.ts';
import { defineRule, reshapeFix, type Said } from '../define.ts';
import { titleOf } from '../labels.ts';

const BY = { year: 'the year', period: 'the period', month: 'the month', number: 'a number', name: 'a word' } as const;

export const nfCloneTables = defineRule({
  id: 'nf-clone-tables',
  category: 'normalization',
  scope: 'model',
  severity: 'warning',
  title: 'One kind of row in several tables',
  docs: {
    what: 'Tables have the same columns and names that differ in a year, period, month, number or word: sales_2023, sales_2024. Real partitions, inherited tables, archives, histories and backups are left alone; words count only from three tables on, with four columns or more beside keys and bookkeeping, and no difference.',
    why: 'What the name says is data: a query over all of them has to name each, a new year is a new table, and no key holds across them.',
    todo: 'Keep them in one table with a column for what the names said; where size is the reason, partition it by that column.',
  },
  sources: ['Bill Karwin, SQL Antipatterns: Metadata Tribbles', 'PostgreSQL documentation, 5.12 Table Partitioning'],
  check: (at) =>
    cloneTables(at.document, at.uses()).map((clones): Said => {
      const { tables, by, evidence } = clones;
      const offer = offerClones(at.document, clones);
      return {
        at: tables.map(({ table }) => ({ record: table.id })),
        what: `${tables.map(({ table }) => titleOf(at.document, table)).join(', ')} hold the same kind of row: ${BY[by]} is in their names.`,
        evidence,
        ...(offer?.kind === 'clones'
          ? { fixes: [reshapeFix(`Make them one table ${offer.name} with a column ${offer.column}`, offer)] }
          : {}),
      };
    }),
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE sales_2023 (id int PRIMARY KEY, amount numeric NOT NULL, sold_on date);
CREATE TABLE sales_2024 (id int PRIMARY KEY, amount numeric NOT NULL, sold_on date);`,
        expect: ['sales_2023'],
      },
    ],
    good: [
      {
        note: 'Partitions of one table.',
        ddl: `CREATE TABLE sales (id int, sold_on date NOT NULL, amount numeric NOT NULL, PRIMARY KEY (id, sold_on)) PARTITION BY RANGE (sold_on);
CREATE TABLE sales_2023 PARTITION OF sales FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE sales_2024 PARTITION OF sales FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');`,
      },
      {
        note: 'Small tables that look alike are of different things.',
        ddl: `CREATE TABLE order_status (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE order_kind (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE order_source (id int PRIMARY KEY, name text NOT NULL);`,
      },
    ],
  },
});
