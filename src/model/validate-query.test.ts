import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from './commands/run.ts';
import { emptyDocument } from './create.ts';
import type { WorkloadQuery } from './query-types.ts';
import { validate } from './validate.ts';

function holding(query: Partial<WorkloadQuery>) {
  const document = emptyDocument();
  return validate({ ...document, queries: { q: { id: 'q', name: 'open orders', sql: 'SELECT 1', ...query } } });
}

describe('queries of the workload', () => {
  it('[Q2] shares lie between 0 and 1 and add up to no more than 1', () => {
    const values = (...shares: number[]) => ({
      parameters: [{ name: '$1', values: shares.map((share) => ({ sql: "'x'", share })) }],
    });
    expect(holding(values(0.1, 0.2, 0.7))).toEqual([]);
    expect(holding({ parameters: [{ name: '$1', values: [{ sql: '1' }, { sql: '2' }] }] })).toEqual([]);
    expect(holding(values(0.6, 0.6)).map(({ code, path }) => [code, path])).toEqual([['bad-share', 'parameters[0].values']]);
    expect(holding(values(-0.1)).map(({ path }) => path)).toEqual(['parameters[0].values[0].share']);
    expect(holding(values(1.5)).map(({ path }) => path)).toEqual(['parameters[0].values[0].share', 'parameters[0].values']);
  });

  it('[Q2] figures are not negative', () => {
    expect(holding({ callsPerHour: 0, latencyMs: 0 })).toEqual([]);
    expect(holding({ callsPerHour: -1, latencyMs: -2 }).map(({ path }) => path)).toEqual(['callsPerHour', 'latencyMs']);
  });

  it('are added, changed and removed in one step each, and a bad figure changes nothing', () => {
    const ids = derivedIds();
    const run = (document: ReturnType<typeof emptyDocument>, ...calls: Parameters<typeof runCommands>[1]) => {
      const ran = runCommands(document, calls, ids);
      if (!ran.ok) throw new Error(ran.problem.message);
      return ran.value;
    };
    const added = run(emptyDocument(), { name: 'addQuery', args: { record: { name: 'open', sql: 'SELECT 1' } } });
    expect(added.label).toBe('Add query open');
    const id = Object.keys(added.document.queries)[0] as string;
    expect(id).toMatch(/^qry_open_/);
    const set = run(added.document, { name: 'setQuery', args: { id, patch: { callsPerHour: 3600, role: 'app' } } });
    expect(set.document.queries[id]).toEqual({ id, name: 'open', sql: 'SELECT 1', callsPerHour: 3600, role: 'app' });
    const refused = runCommands(set.document, [{ name: 'setQuery', args: { id, patch: { latencyMs: -1 } } }], ids);
    expect(!refused.ok && refused.problem.code).toBe('negative');
    expect(run(set.document, { name: 'removeQueries', args: { ids: [id] } }).document.queries).toEqual({});
  });
});
