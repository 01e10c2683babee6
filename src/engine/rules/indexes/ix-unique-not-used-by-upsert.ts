import { recordIn } from '#model/collections.ts';
import type { IndexElement } from '#model/table-parts.ts';
import type { Table } from '#model/types.ts';
import type { Write } from '../../workload/facts.ts';
import { defineRule, fix, type Said } from '../define.ts';
import { accessesOf, normalSql } from '../index-facts.ts';
import { titleOf } from '../labels.ts';
import { holds } from './workload-uses.ts';

type Conflict = NonNullable<Write['conflict']>;

/** Whether a unique key or index is on exactly what ON CONFLICT names. A predicate of its own must be said there, too. */
function isMet(table: Table, { terms, where }: Conflict): boolean {
  return accessesOf(table).some((access) => {
    if (!access.unique || access.method !== 'btree') return false;
    if (access.where !== undefined && (where === undefined || normalSql(where) !== access.where)) return false;
    const named = (element: IndexElement) => terms.some((term) => holds(table, element, term));
    const held = terms.every((term) => access.elements.some((element) => holds(table, element, term)));
    return held && access.elements.every(named);
  });
}

const query = (sql: string) => ({ name: 'addQuery' as const, args: { record: { name: 'upsert', sql } } });
const STOCK = 'CREATE TABLE stock (id int PRIMARY KEY, shop int NOT NULL, sku text NOT NULL, amount int, gone boolean NOT NULL);';

export const ixUniqueNotUsedByUpsert = defineRule({
  id: 'ix-unique-not-used-by-upsert',
  category: 'indexes',
  scope: 'query',
  severity: 'error',
  title: 'ON CONFLICT without a unique index',
  dialects: ['postgresql', 'sqlite'],
  docs: {
    what: 'A query of the workload names columns in ON CONFLICT on which no primary key, unique constraint or unique index stands; a partial one counts only where ON CONFLICT says its predicate.',
    why: 'The statement is refused each time: “there is no unique or exclusion constraint matching the ON CONFLICT specification”.',
    todo: 'Add a unique index on exactly these columns, after a look at whether there are duplicates, or name the columns of one that exists.',
  },
  sources: ['PostgreSQL documentation, INSERT: ON CONFLICT clause (unique index inference)', 'SQLite documentation, UPSERT'],
  check({ document, query: { id, name }, facts }) {
    return facts.uses.flatMap(({ table: tableId, write }): Said[] => {
      const conflict = write?.conflict;
      const table = recordIn(document, 'tables', tableId);
      if (conflict === undefined || conflict.terms.length === 0 || table === undefined || isMet(table, conflict)) return [];
      const columns = conflict.terms.flatMap(({ column }) => table.columns.find((one) => one.id === column) ?? []);
      const said = conflict.terms.map(
        ({ column, expression }) => table.columns.find((one) => one.id === column)?.name ?? expression ?? '?',
      );
      const part = {
        unique: true,
        elements: columns.map((column) => ({ column: column.id })),
        ...(conflict.where === undefined ? {} : { where: conflict.where }),
      };
      const title = titleOf(document, table);
      return [
        {
          at: [{ record: id }, { record: table.id }],
          what: `${name} names (${said.join(', ')}) in ON CONFLICT, and ${title} has no unique key or index on just that.`,
          fixes:
            columns.length < conflict.terms.length
              ? []
              : [fix(`Add a unique index on ${title} (${said.join(', ')})`, { name: 'addIndex', args: { table: table.id, part } })],
        },
      ];
    });
  },
  examples: {
    bad: [
      {
        ddl: `${STOCK}\nCREATE INDEX ON stock (shop, sku);\nCREATE UNIQUE INDEX ON stock (shop, sku) WHERE NOT gone;`,
        given: () => [
          query('INSERT INTO stock VALUES ($1, $2, $3, 1, false) ON CONFLICT (shop, sku) DO UPDATE SET amount = stock.amount + 1'),
        ],
        expect: ['upsert'],
      },
    ],
    good: [
      {
        ddl: `${STOCK}\nCREATE UNIQUE INDEX ON stock (sku, shop);`,
        given: () => [query('INSERT INTO stock VALUES ($1, $2, $3, 1, false) ON CONFLICT (shop, sku) DO NOTHING')],
      },
      {
        note: 'The predicate is said; and without columns any conflict counts.',
        ddl: `${STOCK}\nCREATE UNIQUE INDEX ON stock (shop, sku) WHERE NOT gone;`,
        given: () => [
          query('INSERT INTO stock VALUES ($1, $2, $3, 1, false) ON CONFLICT (shop, sku) WHERE NOT gone DO NOTHING'),
          query('INSERT INTO stock VALUES ($1, $2, $3, 1, false) ON CONFLICT DO NOTHING'),
        ],
      },
    ],
  },
});
