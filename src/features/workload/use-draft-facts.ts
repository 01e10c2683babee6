import { useEffect, useState } from 'react';
import type { QueryFacts } from '#engine/workload/facts.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import { askEngine } from '#state/engine.ts';

/** Milliseconds after the last key. */
const REST = 120;

/** What a query would say with the text that is being typed; without one, what it says. */
export function useDraftFacts(
  query: WorkloadQuery,
  facts: QueryFacts | undefined,
  draft: string | undefined,
): QueryFacts | undefined {
  const [typed, setTyped] = useState<{ readonly sql: string; readonly facts: QueryFacts }>();
  const { role, parameters } = query;
  useEffect(() => {
    if (draft === undefined) return undefined;
    let current = true;
    const timer = setTimeout(() => {
      const about = { sql: draft, ...(role === undefined ? {} : { role }), ...(parameters === undefined ? {} : { parameters }) };
      void askEngine('reading', about).then((answer) => {
        if (current && answer.ok) setTyped({ sql: draft, facts: answer.value });
      });
    }, REST);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [draft, role, parameters]);
  if (draft === undefined) return facts;
  return typed?.sql === draft ? typed.facts : undefined;
}
