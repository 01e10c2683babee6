import type { Advice } from '../../workload/advice/advice.ts';
import type { QueryRead } from '../../workload/advice/read.ts';
import type { Advised } from '../../workload/advice/workload-advice.ts';
import { fix, type Said } from '../define.ts';

function saidOf(read: QueryRead, advice: Advice): Said {
  const { query } = read;
  const sql = advice.rewrite === undefined ? undefined : read.rewritten(advice.rewrite.edits);
  const { at, what, why, todo, severity, evidence } = advice;
  return {
    at: [{ record: query.id }, ...(advice.about ?? [])],
    what,
    text: at,
    ...(why === undefined ? {} : { why }),
    ...(todo === undefined ? {} : { todo }),
    ...(severity === undefined ? {} : { severity }),
    ...(evidence === undefined || evidence.length === 0 ? {} : { evidence }),
    ...(sql === undefined || advice.rewrite === undefined
      ? {}
      : {
          rewrite: { sql, equal: advice.rewrite.equal, conditions: advice.rewrite.conditions },
          fixes: [fix('Replace the query', { name: 'setQuery', args: { id: query.id, patch: { sql } } })],
        }),
  };
}

/** What several kinds of advice say of one query, as a rule says it: each once, with the rewritten text where it can be read. */
export function saidOfQuery(read: QueryRead, advice: readonly Advice[]): readonly Said[] {
  const seen = new Set<string>();
  return advice.flatMap((one) => {
    if (seen.has(one.what)) return [];
    seen.add(one.what);
    return [saidOf(read, one)];
  });
}

/** The same of advice that looked at all queries. */
export function saidOfWorkload(advised: readonly Advised[]): readonly Said[] {
  return advised.map(({ read, advice }) => saidOf(read, advice));
}
