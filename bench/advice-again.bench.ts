import { describe, it, vi } from 'vitest';
import type { AdviseOptions } from '#engine/indexes/advise/advise.ts';
import type { Document } from '#model/types.ts';
import { Advisor } from '#verify/planner/advisor.ts';
import { PretendServer } from '#verify/planner/pretend-server.ts';
import { tpch } from '../test/index-selection/tpch.ts';
import { dataDir } from '../test/pglite.ts';
import { parserForTests } from '../test/read-ddl.ts';

/** A table with other rows than were told. */
function grown(document: Document, name: string): Document {
  const tables = Object.entries(document.tables).map(([id, table]) => {
    if (table.name !== name) return [id, table] as const;
    return [id, { ...table, facts: { ...table.facts, rows: 2 * (table.facts?.rows ?? 0) } }] as const;
  });
  return { ...document, tables: Object.fromEntries(tables) };
}

function without(document: Document, query: string): Document {
  return { ...document, queries: Object.fromEntries(Object.entries(document.queries).filter(([id]) => id !== query)) };
}

describe('advice on TPC-H, asked for again', () => {
  it('asks for few plans', { timeout: 1_800_000 }, async () => {
    const document = await tpch();
    const advisor = new Advisor({ parser: parserForTests, cluster: dataDir, today: () => '2026-01-31', breathe: async () => {} });
    const explained = vi.spyOn(PretendServer.prototype, 'explain');
    const larger = grown(document, 'partsupp');
    const runs: readonly (readonly [string, Document, AdviseOptions])[] = [
      ['first', document, {}],
      ['again', document, {}],
      ['room for 10 GB', document, { budget: 1e10 }],
      ['room for 2 GB', document, { budget: 2e9 }],
      ['writes weigh twice', document, { writePenalty: 2 }],
      ['without Q4', without(document, 'qry_4'), {}],
      ['with Q4 again', document, {}],
      ['partsupp twice as large', larger, {}],
      ['as large as before', document, {}],
    ];
    const lines: string[] = [];
    for (const [what, given, options] of runs) {
      explained.mockClear();
      const [start, cpu] = [performance.now(), process.cpuUsage()];
      const advised = await advisor.advise({ document: given, options }, { shouldStop: () => false });
      if (!advised.ok) throw new Error(advised.problem.message);
      const { user, system } = process.cpuUsage(cpu);
      const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
      const busy = ((user + system) / 1e6).toFixed(1).padStart(6);
      lines.push(
        `${what.padEnd(24)} ${String(advised.value.asked).padStart(6)} ${String(explained.mock.calls.length).padStart(6)} ${seconds} s ${busy} s`,
      );
      console.log(lines.at(-1));
    }
    await advisor.close();
    console.log(
      [
        'Plans that one advice after another needs, and that PostgreSQL is asked for.',
        `${' '.repeat(24)} needed  asked     time      cpu`,
        ...lines,
      ].join('\n'),
    );
  });
});
