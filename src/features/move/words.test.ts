import { describe, expect, it } from 'vitest';
import type { MoveMapping } from '#engine/move/plan-types.ts';
import { DATABASES, databaseName, filterMappings, verdictCounts, versionsOf } from './words.ts';

const mapping = (id: string, verdict: MoveMapping['verdict'], reason = 'x'): MoveMapping => ({
  id,
  group: 'type',
  what: id,
  from: `from_${id}`,
  to: '',
  verdict,
  reason,
  count: 1,
  where: [],
});
const ALL = [mapping('a', 'faithful'), mapping('b', 'lost', 'No partial indexes'), mapping('c', 'lost')];

describe('the words of a move', () => {
  it('name every database with its versions, the newest first', () => {
    expect(DATABASES.map((one) => one.label)).toEqual(['PostgreSQL', 'MySQL', 'MariaDB', 'SQLite', 'SQL Server', 'Oracle']);
    expect(versionsOf('postgresql')[0]).toEqual({ value: '18', label: '18' });
    expect(databaseName('mssql', 2022)).toBe('SQL Server 2022');
  });

  it('count verdicts and filter by verdict and text', () => {
    expect(verdictCounts(ALL)).toEqual({ faithful: 1, approximate: 0, lost: 2 });
    expect(filterMappings(ALL, new Set(), '')).toHaveLength(3);
    expect(filterMappings(ALL, new Set(['lost']), '').map((one) => one.id)).toEqual(['b', 'c']);
    expect(filterMappings(ALL, new Set(['lost']), 'PARTIAL').map((one) => one.id)).toEqual(['b']);
    expect(filterMappings(ALL, new Set(), 'from_a').map((one) => one.id)).toEqual(['a']);
  });
});
