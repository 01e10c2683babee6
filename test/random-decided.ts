import type { IndexesDecided } from '#model/decision-types.ts';
import type { Id } from '#model/types.ts';

/** What a decision on indexes of a table keeps, with everything it can say. */
export function decided(table: Id, name: string): IndexesDecided {
  const total = { reads: 1.5, writes: 0, bytes: 8192 };
  return {
    basis: 'planner of PostgreSQL 18',
    budget: 1_000_000,
    indexes: [
      {
        action: 'make',
        table,
        index: 'idx_gone',
        name,
        on: name,
        sql: `CREATE INDEX ON ${name} (a DESC);`,
        parts: [{ text: 'a DESC', role: 'S' }, { text: 'b' }],
        serves: [{ query: 'qry_gone', name, without: 12.5, with: 3 }],
        bytes: 8192,
        bytesInThreeYears: 16_384,
        writeCost: 0.25,
        worth: 9.25,
        notes: ['because'],
      },
    ],
    queries: [{ query: 'qry_gone', name, callsPerHour: 3, before: 12.5, after: 3 }],
    totals: { before: total, after: total },
  };
}
