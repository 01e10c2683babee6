import { useMemo } from 'react';
import type { Id } from '#model/types.ts';
import { useDocumentState, useResults } from '#state/hooks.ts';
import { groupByQuery } from './group.ts';
import { RewriteCard } from './RewriteCard.tsx';

/** What is said of one query. */
export function QueryRewrites({ query }: { readonly query: Id }) {
  const document = useDocumentState((state) => state.document);
  const findings = useResults((state) => state.findings);
  const [group] = useMemo(() => groupByQuery(document, findings, query), [document, findings, query]);
  if (group === undefined) return null;
  return (
    <section aria-label="Advice on the query" className="flex flex-col gap-2">
      <h4 className="text-xs font-semibold">Advice</h4>
      {group.findings.map((finding) => (
        <RewriteCard
          key={`${finding.rule}:${finding.text?.start}:${finding.message.what}`}
          sql={group.query.sql}
          finding={finding}
        />
      ))}
    </section>
  );
}
