import type { LiveWords } from '../../base/write/live-kit.ts';

/** Transact-SQL reference, CREATE INDEX: ONLINE; SET LOCK_TIMEOUT. */
export const MSSQL_LIVE: LiveWords = {
  says: [
    'ONLINE = ON needs the Enterprise or Developer edition, or Azure SQL: elsewhere take it away, and let nobody write meanwhile.',
    'Writes wait a moment at the beginning and at the end. Each batch commits by itself.',
  ],
  begin: ['SET LOCK_TIMEOUT 5000;'],
  before: { brief: [], patient: [] },
  end: ['SET LOCK_TIMEOUT -1;'],
  passesOver: true,
  lock: 'brief',
  marked: (index) =>
    (index.method === undefined || index.method === 'btree') && !index.parameters?.some(({ name }) => /^online$/i.test(name))
      ? { ...index, parameters: [...(index.parameters ?? []), { name: 'ONLINE', value: 'ON' }] }
      : index,
  make(sql, _index, { table, name, literal }) {
    const plain = name.startsWith('[') ? name.slice(1, -1).replaceAll(']]', ']') : name;
    if (plain === '') return sql;
    return `IF NOT EXISTS (SELECT 1 FROM sys.indexes WHERE object_id = OBJECT_ID(${literal(table)}) AND name = ${literal(plain)})\n${sql}`;
  },
  drop: ({ table, name }) => `DROP INDEX IF EXISTS ${name} ON ${table}`,
};
