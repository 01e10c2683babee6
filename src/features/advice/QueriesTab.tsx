import { useMemo, useState } from 'react';
import type { IndexAdvice, QueryVerdict, Scenario } from '#engine/indexes/advise/advice.ts';
import { many } from '#lib/amounts.ts';
import { recordIn } from '#model/collections.ts';
import type { Document, Id } from '#model/types.ts';
import { countQuery } from '#state/advice.ts';
import { openDialog } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Checkbox } from '#ui/Checkbox.tsx';
import { cx } from '#ui/cx.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Pill } from '#ui/Pill.tsx';
import { CostBar } from './CostBar.tsx';
import { type CostScale, logScale } from './cost-scale.ts';
import { Statement } from './IndexDetail.tsx';
import { PlanPair } from './PlanPair.tsx';
import { indexNames, queryName, timesLess } from './words.ts';

export interface QueriesTabProps {
  readonly document: Document;
  readonly advice: IndexAdvice;
  readonly leftOut: readonly Id[];
  readonly mine: Scenario | undefined;
}

/** Queries in a list at once, the dearest first. */
const SHOWN = 100;

interface RowProps {
  readonly document: Document;
  readonly verdict: QueryVerdict;
  readonly mine: number | undefined;
  readonly scale: CostScale;
  readonly current: boolean;
  readonly counts: boolean;
  readonly onChoose: (query: Id) => void;
}

function Row({ document, verdict, mine, scale, current, counts, onChoose }: RowProps) {
  const { query, none, now, advised, calls, counted } = verdict;
  const name = queryName(document, query);
  const less = timesLess(now, advised);
  return (
    <div
      className={cx(
        'flex items-start gap-2.5 rounded-lg border px-2.5 py-2 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent',
        current ? 'border-accent bg-accent-soft/40' : 'border-transparent hover:bg-sunken',
      )}
    >
      <label className="order-2 flex min-w-0 flex-1 cursor-pointer flex-col">
        <input type="radio" name="advised-query" className="sr-only" checked={current} onChange={() => onChoose(query)} />
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate font-medium" title={name}>
            {name}
          </span>
          <span className="shrink-0 text-[11px] text-ink-3" title={counted ? undefined : 'Nobody said how often it is called'}>
            {counted ? `${calls.toLocaleString('en')}/h` : '≈ 1/h'}
          </span>
          {less === undefined ? null : <Pill tone="ok">{less}</Pill>}
        </span>
        <CostBar set="none" cost={none} scale={scale} />
        <CostBar set="now" cost={now} scale={scale} />
        <CostBar set="advised" cost={advised} scale={scale} />
        {mine === undefined ? null : <CostBar set="mine" cost={mine} scale={scale} />}
      </label>
      <span className="order-1 pt-0.5">
        <Checkbox
          label={`Weigh ${name} in the next run`}
          hideLabel
          title="Whether it counts in the next run"
          checked={counts}
          onCheckedChange={(next) => countQuery(query, next)}
        />
      </span>
    </div>
  );
}

/** Queries without a verdict: those that could not be weighed, with the reason, and those that were left out. */
function NotWeighed({ document, advice, leftOut }: Omit<QueriesTabProps, 'mine'>) {
  const out = leftOut.filter(
    (id) => recordIn(document, 'queries', id) !== undefined && !advice.queries.some(({ query }) => query === id),
  );
  if (advice.left.length + out.length === 0) return null;
  return (
    <section
      aria-label="Not weighed"
      className={cx(
        'overflow-auto px-4.5 py-2',
        advice.queries.length === 0 ? 'min-h-0 flex-1' : 'max-h-[45%] shrink-0 border-line border-t',
      )}
    >
      <h3 className="flex items-center gap-1.5 py-1 text-xs font-semibold">
        <Icon name="TriangleAlert" size={14} className="text-warn" />
        Not weighed <span className="font-normal text-ink-3">{advice.left.length + out.length}</span>
        {advice.left.length === 0 || advice.queries.length === 0 ? null : (
          <Button size="sm" variant="ghost" className="ml-auto" onClick={() => openDialog('workload')}>
            Open the workload
          </Button>
        )}
      </h3>
      <ul className="flex flex-col gap-1.5 pb-1 text-xs leading-[18px]">
        {advice.left.map(({ query, reason }) => (
          <li key={query} className="[overflow-wrap:anywhere]">
            <button
              type="button"
              title="Open it in the workload"
              className="rounded text-left font-medium underline decoration-line-strong underline-offset-2 hover:decoration-ink"
              onClick={() => openDialog('workload', query)}
            >
              {queryName(document, query)}
            </button>
            <span className="text-ink-2">: {reason}</span>
          </li>
        ))}
        {out.map((query) => (
          <li key={query}>
            <Checkbox
              label={`${queryName(document, query)}: left out`}
              checked={false}
              onCheckedChange={(next) => countQuery(query, next)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Detail({
  document,
  advice,
  verdict,
  mine,
}: {
  readonly document: Document;
  readonly advice: IndexAdvice;
  readonly verdict: QueryVerdict;
  readonly mine: Scenario | undefined;
}) {
  const names = useMemo(() => indexNames(advice), [advice]);
  const own = mine?.queries.find(({ query }) => query === verdict.query);
  const sql = recordIn(document, 'queries', verdict.query)?.sql.trim() ?? '';
  const used = verdict.uses.map((id) => names.get(id) ?? id);
  return (
    <section
      aria-label={`Plans of ${queryName(document, verdict.query)}`}
      className="flex min-w-0 flex-1 flex-col gap-4 overflow-auto px-5 py-4"
    >
      <header className="flex flex-col gap-2">
        <h2 className="truncate text-sm font-semibold" title={queryName(document, verdict.query)}>
          {queryName(document, verdict.query)}
        </h2>
        <Statement sql={sql} />
        <p className="text-xs leading-[18px] text-ink-2">
          {used.length === 0
            ? 'With what is advised it reads its tables without an index.'
            : `With what is advised it uses ${used.join(', ')}.`}
        </p>
      </header>
      <PlanPair before={verdict.planNow} after={verdict.planAdvised} marked={new Set([...verdict.uses, ...used])} />
      {own === undefined ? null : (
        <PlanPair
          before={verdict.planAdvised}
          after={own.plan}
          beforeLabel="Advised"
          afterLabel="Mine"
          marked={new Set([...verdict.uses, ...own.uses])}
        />
      )}
    </section>
  );
}

/** Each query with what it costs now, with nothing, and with what is advised, and how it is answered. */
export function QueriesTab({ document, advice, leftOut, mine }: QueriesTabProps) {
  const [picked, setPicked] = useState<Id>();
  const dearest = useMemo(() => [...advice.queries].sort((a, b) => b.now * b.calls - a.now * a.calls), [advice]);
  const scale = useMemo(() => logScale(advice.queries.flatMap(({ none, now, advised }) => [none, now, advised])), [advice]);
  const own = useMemo(() => new Map((mine?.queries ?? []).map(({ query, cost }) => [query, cost])), [mine]);
  const chosen = dearest.find(({ query }) => query === picked) ?? dearest[0];
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex w-[420px] shrink-0 flex-col border-line border-r max-[1200px]:w-[360px]">
        {chosen === undefined ? null : (
          <p className="border-line border-b px-4.5 py-2 text-xs text-ink-2">
            Cost of a call, logarithmic; the dearest hour first.
          </p>
        )}
        <div
          role="radiogroup"
          aria-label="Queries"
          className={cx('flex min-h-0 flex-1 flex-col overflow-auto p-2', chosen === undefined && 'hidden')}
        >
          {dearest.slice(0, SHOWN).map((verdict) => (
            <Row
              key={verdict.query}
              document={document}
              verdict={verdict}
              mine={own.get(verdict.query)}
              scale={scale}
              current={verdict === chosen}
              counts={!leftOut.includes(verdict.query)}
              onChoose={setPicked}
            />
          ))}
          {dearest.length > SHOWN ? (
            <p className="px-2.5 py-1.5 text-xs text-ink-3">
              and {many(dearest.length - SHOWN, 'query', 'queries')} that cost less
            </p>
          ) : null}
        </div>
        <NotWeighed document={document} advice={advice} leftOut={leftOut} />
      </div>
      {chosen === undefined ? (
        <div className="min-w-0 flex-1">
          <EmptyState
            icon="TriangleAlert"
            title="None of the queries could be weighed"
            text="What keeps each from it stands at the left. Mend them in the workload, then run the advice again."
          >
            <Button variant="primary" onClick={() => openDialog('workload', advice.left[0]?.query)}>
              Open the workload
            </Button>
          </EmptyState>
        </div>
      ) : (
        <Detail key={chosen.query} document={document} advice={advice} verdict={chosen} mine={mine} />
      )}
    </div>
  );
}
