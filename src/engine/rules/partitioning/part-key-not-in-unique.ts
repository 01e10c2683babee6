import { defineRule, fix } from '../define.ts';
import { accessesOf, accessName, plainColumns } from '../index-facts.ts';

export const partKeyNotInUnique = defineRule({
  id: 'part-key-not-in-unique',
  category: 'partitioning',
  scope: 'table',
  severity: 'error',
  title: 'Key of a partitioned table without the partition column',
  dialects: ['postgresql', 'mysql', 'mariadb'],
  docs: {
    what: 'A primary key, unique constraint or unique index of a partitioned table does not contain every column it is partitioned by, or the table is partitioned by an expression.',
    why: 'PostgreSQL refuses it: each partition has an index of its own, so only keys that include the partition columns can be enforced.',
    todo: 'Add the partition columns to the key. If the shorter key must be unique over all partitions, keep it in a table of its own that is not partitioned.',
  },
  sources: [
    'PostgreSQL documentation, Table Partitioning: Limitations; MySQL 8 manual, Partitioning Keys, Primary Keys, and Unique Keys',
  ],
  check(at) {
    const { partitioning } = at.table;
    if (partitioning === undefined) return [];
    const partition = partitioning.elements.flatMap((element) => element.column ?? []);
    const byExpression = partition.length < partitioning.elements.length;
    return accessesOf(at.table).flatMap((access) => {
      if (!access.unique) return [];
      const columns = plainColumns(access);
      const missing = partition.filter((id) => !(columns ?? []).includes(id));
      if (missing.length === 0 && !byExpression) return [];
      const name = accessName(access, at.name);
      const fixable = !byExpression && access.origin !== 'index' && columns !== undefined;
      return [
        {
          at: [at.ref(access.id), ...missing.map((id) => at.ref(id))],
          what: byExpression
            ? `${name} cannot be enforced: ${at.title} is partitioned by an expression.`
            : `${name} does not contain ${at.names(missing)}, by which ${at.title} is partitioned.`,
          fixes: fixable
            ? [
                fix(`Add ${at.names(missing)} to ${name}`, {
                  name: 'setKey',
                  args: { table: at.table.id, id: access.id, patch: { columns: [...(columns ?? []), ...missing] } },
                }),
              ]
            : [],
        },
      ];
    });
  },
  examples: {
    bad: [
      {
        ddl: 'CREATE TABLE orders (order_id bigserial CONSTRAINT orders_pkey PRIMARY KEY, created_at timestamptz NOT NULL) PARTITION BY RANGE (created_at);',
        expect: ['orders (orders_pkey)'],
      },
    ],
    good: [
      { ddl: 'CREATE TABLE metrics (id bigserial, at timestamptz NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);' },
      { ddl: 'CREATE TABLE metrics (id bigserial, at timestamptz NOT NULL) PARTITION BY RANGE (at);' },
    ],
  },
});
