import { useMemo, useState } from 'react';
import { NoQueries } from '#features/workload/index.ts';
import { many } from '#lib/amounts.ts';
import { useDocumentState, useResults } from '#state/hooks.ts';
import { openDialog } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Checkbox } from '#ui/Checkbox.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { type AdvisedQuery, groupByQuery } from './group.ts';
import { RewriteCard } from './RewriteCard.tsx';

/** Queries shown at once. */
const SHOWN = 60;

function Group({ query, findings }: AdvisedQuery) {
  return (
    <section aria-label={query.name} className="flex flex-col gap-2">
      <h3 className="flex items-baseline gap-2">
        <span className="min-w-0 truncate font-semibold" title={query.name}>
          {query.name}
        </span>
        {query.callsPerHour === undefined ? null : (
          <span className="shrink-0 text-xs text-ink-3">{query.callsPerHour.toLocaleString('en')} calls an hour</span>
        )}
      </h3>
      {findings.map((finding) => (
        <RewriteCard key={`${finding.rule}:${finding.text?.start}:${finding.message.what}`} sql={query.sql} finding={finding} />
      ))}
    </section>
  );
}

/** What is said of the queries of the workload, each with the text that could stand in its place. */
export function RewritesTab() {
  const document = useDocumentState((state) => state.document);
  const findings = useResults((state) => state.findings);
  const report = useResults((state) => state.workload);
  const [rewritten, setRewritten] = useState(false);
  const groups = useMemo(() => groupByQuery(document, findings), [document, findings]);
  const shown = useMemo(
    () =>
      rewritten
        ? groups.flatMap((group) => {
            const some = group.findings.filter((one) => one.rewrite !== undefined);
            return some.length === 0 ? [] : [{ ...group, findings: some }];
          })
        : groups,
    [groups, rewritten],
  );
  const queries = Object.keys(document.queries).length;
  const unread = Object.values(report).filter((facts) => facts.findings.some(({ severity }) => severity === 'error')).length;
  if (queries === 0) {
    return <NoQueries title="No queries yet" text="What could be said otherwise is told of the queries of the workload." />;
  }
  if (groups.length === 0 && unread >= queries) {
    return (
      <EmptyState
        icon="TriangleAlert"
        title="Nothing could be read"
        text={`${queries === 1 ? 'The query names' : 'The queries name'} what is not there, or cannot be understood: mended in the workload they are looked at.`}
      >
        <Button variant="primary" onClick={() => openDialog('workload')}>
          Open the workload
        </Button>
      </EmptyState>
    );
  }
  if (groups.length === 0) {
    return (
      <EmptyState
        icon="CircleCheck"
        title="Nothing to rewrite"
        text={`${many(queries - unread, 'query was', 'queries were')} read; none says something that an index could not help or that means something else than it seems.${unread === 0 ? '' : ` ${many(unread, 'query', 'queries')} could not be read: the workload says why.`}`}
      />
    );
  }
  const count = groups.reduce((sum, group) => sum + group.findings.length, 0);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center gap-3 border-line border-b px-5 py-2">
        <p role="status" className="min-w-0 flex-1 truncate text-xs text-ink-2">
          {many(count, 'remark', 'remarks')} on {many(groups.length, 'query', 'queries')} of {queries.toLocaleString('en')}
        </p>
        <Checkbox label="Only those with a rewritten query" checked={rewritten} onCheckedChange={setRewritten} />
      </div>
      <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-5 py-4">
        {shown.slice(0, SHOWN).map((group) => (
          <Group key={group.query.id} {...group} />
        ))}
        {shown.length === 0 ? <p className="text-ink-2">None of them has a rewritten query.</p> : null}
        {shown.length > SHOWN ? (
          <p className="text-xs text-ink-3">
            {many(shown.length - SHOWN, 'more query', 'more queries')}: the Problems pane lists all.
          </p>
        ) : null}
      </div>
    </div>
  );
}
