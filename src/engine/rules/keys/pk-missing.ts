import { derivedIds } from '#lib/ids.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { surrogateOf, usualOf } from '#model/usual-types.ts';
import type { Fix } from '../../finding.ts';
import { enforcedKeys } from '../../normalize/table-dependencies.ts';
import { defineRule, fix } from '../define.ts';
import { junctionOf } from '../junction.ts';
import type { TableContext } from '../table-context.ts';

/** Adds a column that numbers the rows as the key, with the partition columns a partitioned table's key needs. */
function addSurrogate(at: TableContext): Fix | undefined {
  if (at.columns.some((column) => column.name === 'id')) return undefined;
  const elements = at.table.partitioning?.elements ?? [];
  const partition = elements.flatMap((element) => element.column ?? []);
  if (partition.length < elements.length) return undefined;
  const id = derivedIds().next('col', `${at.table.id}.id`);
  const usual = usualOf(at.document);
  if (usual.oneIdentity && at.columns.some((column) => column.identity !== undefined)) return undefined;
  const column = surrogateOf(usual, 'identity', id, 'id', 'always');
  const calls: CommandCall[] = [
    { name: 'addColumn', args: { table: at.table.id, column, at: 0 } },
    { name: 'setPrimaryKey', args: { table: at.table.id, columns: [id, ...partition] } },
  ];
  return fix(`Add column id and make it the primary key of ${at.title}`, ...calls);
}

function idColumnAsKey(at: TableContext): Fix | undefined {
  const id = at.table.columns.find((column) => column.name === 'id');
  if (id === undefined || !at.notNull(id.id) || at.table.partitioning !== undefined) return undefined;
  return fix(`Make id the primary key of ${at.title}`, { name: 'setPrimaryKey', args: { table: at.table.id, columns: [id.id] } });
}

function promote(at: TableContext, key: { id: string; columns: readonly string[] }): Fix {
  const table = at.table.id;
  const isKey = at.table.keys.some((one) => one.id === key.id);
  return fix(
    `Make (${at.names(key.columns)}) the primary key of ${at.title}`,
    isKey ? { name: 'removeKeys', args: { table, ids: [key.id] } } : { name: 'removeIndexes', args: { table, ids: [key.id] } },
    { name: 'setPrimaryKey', args: { table, columns: key.columns } },
  );
}

export const pkMissing = defineRule({
  id: 'pk-missing',
  category: 'keys',
  scope: 'table',
  severity: 'error',
  title: 'Table without a primary key',
  docs: {
    what: 'A table has no primary key. Partitions (the key is their parent’s), temporary tables and tables without columns are left alone; a pure link table is reported by junction-pk-missing.',
    why: 'Without a primary key a row has no identity: duplicates cannot be told apart, updates and deletes may hit several rows, foreign keys have nothing to point at, and logical replication cannot send updates.',
    todo: 'Make a unique NOT NULL key the primary key, or add a surrogate key such as id bigint GENERATED ALWAYS AS IDENTITY.',
  },
  sources: [
    'PostgreSQL documentation, Constraints: Primary Keys; ALTER TABLE ... REPLICA IDENTITY',
    'Checked likewise by splinter 0004, SchemaCrawler, pg-index-health, skeema',
  ],
  check(at) {
    const { table } = at;
    if (table.keys.some((key) => key.kind === 'primary')) return [];
    if (table.partitionOf !== undefined || table.persistence === 'temporary' || at.columns.length === 0) return [];
    const [real] = enforcedKeys(at.document, table);
    if (real === undefined && junctionOf(at, true) !== undefined) return [];
    const fixes = [real === undefined ? (idColumnAsKey(at) ?? addSurrogate(at)) : promote(at, real)];
    return [
      {
        at: [at.ref()],
        what: `Table ${at.title} has no primary key.`,
        ...(real === undefined
          ? {}
          : { todo: `(${at.names(real.columns)}) is already unique and NOT NULL: make it the primary key.` }),
        fixes: fixes.flatMap((one) => one ?? []),
      },
    ];
  },
  examples: {
    bad: [
      { ddl: 'CREATE TABLE log (at timestamptz NOT NULL, message text);', expect: ['log'] },
      {
        note: 'A unique key is not yet a primary key.',
        ddl: 'CREATE TABLE country (code text NOT NULL UNIQUE, name text);',
        expect: ['country'],
      },
    ],
    good: [
      { ddl: 'CREATE TABLE log (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, message text);' },
      {
        note: 'A partition has the key of its parent.',
        ddl: `CREATE TABLE events (id bigint, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');`,
      },
    ],
  },
});
