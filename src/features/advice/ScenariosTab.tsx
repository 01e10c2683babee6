import { useDeferredValue, useMemo, useState } from 'react';
import type { IndexAdvice, Scenario } from '#engine/indexes/advise/advice.ts';
import { bytesText, many, shortNumber } from '#lib/amounts.ts';
import type { Document } from '#model/types.ts';
import { beginOwn, type OwnSet, toggleOwn } from '#state/advice.ts';
import { Button } from '#ui/Button.tsx';
import { Checkbox } from '#ui/Checkbox.tsx';
import { cx } from '#ui/cx.ts';
import { Segments } from '#ui/Segments.tsx';
import { Spinner } from '#ui/Spinner.tsx';
import { TextField } from '#ui/TextField.tsx';
import { CostBar, SETS, type SetName } from './CostBar.tsx';
import { logScale, shareScale } from './cost-scale.ts';
import { PartChips } from './PartChips.tsx';
import { type AnyIndex, queryName, tableName, totalOf } from './words.ts';

export interface ScenariosTabProps {
  readonly document: Document;
  readonly advice: IndexAdvice;
  readonly own: OwnSet | undefined;
  readonly writePenalty: number;
}

const SHOWN = 60;

interface Shown {
  readonly set: SetName;
  readonly scenario: Scenario;
  readonly busy: boolean;
}

function Card({
  shown: { set, scenario, busy },
  best,
  whole,
  writePenalty,
}: {
  readonly shown: Shown;
  readonly best: boolean;
  readonly whole: number;
  readonly writePenalty: number;
}) {
  const total = totalOf(scenario, writePenalty);
  const share = whole > 0 ? total / whole : 1;
  return (
    <section
      aria-label={SETS[set].label}
      className={cx('flex min-w-0 flex-1 flex-col gap-1 rounded-lg border px-3 py-2', best ? 'border-accent' : 'border-line')}
    >
      <div className="flex items-center gap-2">
        <h3 className="flex items-center gap-2 font-semibold" title={SETS[set].says}>
          <span aria-hidden="true" className={cx('size-2.5 rounded-sm', SETS[set].tone)} />
          {SETS[set].label}
          {busy ? <Spinner label="Weighing" size={12} /> : null}
        </h3>
        {set === 'none' ? null : (
          <span className="ml-auto text-xs whitespace-nowrap text-ink-2 tabular-nums" title="Of what an hour costs with keys only">
            {share < 0.001 ? '< 0.1' : shortNumber(share * 100)} %
          </span>
        )}
      </div>
      <p className="flex items-baseline gap-1.5">
        <span className="font-mono text-lg leading-6 font-semibold tabular-nums" title={Math.round(total).toLocaleString('en')}>
          {shortNumber(total)}
        </span>
        <span className="text-xs whitespace-nowrap text-ink-2">an hour</span>
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 text-xs leading-[18px]">
        {(
          [
            ['Reads', shortNumber(scenario.reads)],
            ['Writes', shortNumber(scenario.writes)],
            ['Size', bytesText(scenario.bytes)],
            ['Indexes', String(scenario.indexes.length)],
          ] as const
        ).map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-ink-2">{label}</dt>
            <dd className="text-right font-mono tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

type Kind = 'log' | 'share';

/** For each query its cost in every scenario. */
function Bars({
  document,
  advice,
  shown,
}: {
  readonly document: Document;
  readonly advice: IndexAdvice;
  readonly shown: readonly Shown[];
}) {
  const [kind, setKind] = useState<Kind>('log');
  const costs = useMemo(
    () => shown.map(({ set, scenario }) => ({ set, of: new Map(scenario.queries.map(({ query, cost }) => [query, cost])) })),
    [shown],
  );
  const log = useMemo(() => logScale(costs.flatMap(({ of }) => [...of.values()])), [costs]);
  const dearest = useMemo(() => [...advice.queries].sort((a, b) => b.none * b.calls - a.none * a.calls), [advice]);
  return (
    <section aria-label="Cost of each query" className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center gap-3 px-4 pb-2">
        <h3 className="font-semibold">Cost of a call</h3>
        <Segments
          label="Scale of the bars"
          value={kind}
          onValueChange={setKind}
          segments={[
            { value: 'log', label: 'Logarithmic', title: 'Each line is a power of ten: costs of all queries on one scale' },
            { value: 'share', label: 'Share', title: 'Each query by itself: of what it costs with keys only' },
          ]}
          className="text-xs"
        />
        {kind === 'log' && log.ticks.length > 0 ? (
          <span className="ml-auto text-[11px] text-ink-3">
            lines at {log.ticks.map(({ value }) => shortNumber(value)).join(', ')}
          </span>
        ) : null}
      </div>
      <ul className="flex min-h-0 flex-1 flex-col overflow-auto px-4 pb-3">
        {dearest.slice(0, SHOWN).map(({ query, calls, counted, none }) => {
          const scale = kind === 'log' ? log : shareScale(Math.max(none, ...costs.map(({ of }) => of.get(query) ?? 0)));
          return (
            <li key={query} className="grid grid-cols-[minmax(0,180px)_1fr] gap-3 border-line border-t py-1.5">
              <span className="min-w-0">
                <span className="line-clamp-2 leading-[18px] [overflow-wrap:anywhere]" title={queryName(document, query)}>
                  {queryName(document, query)}
                </span>
                <span className="text-[11px] text-ink-3">{counted ? `${many(calls, 'call')}/h` : '≈ 1 call/h'}</span>
              </span>
              <span className="min-w-0">
                {costs.map(({ set, of }) => {
                  const cost = of.get(query);
                  return cost === undefined ? null : <CostBar key={set} set={set} cost={cost} scale={scale} />;
                })}
              </span>
            </li>
          );
        })}
        {dearest.length === 0 ? (
          <li className="border-line border-t py-2 text-xs text-ink-2">
            None of the queries could be weighed: the tab Queries says why.
          </li>
        ) : null}
        {dearest.length > SHOWN ? (
          <li className="py-1.5 text-xs text-ink-3">and {many(dearest.length - SHOWN, 'query', 'queries')} that cost less</li>
        ) : null}
      </ul>
    </section>
  );
}

/** Puts a set together from what there is and what was thought of. */
function Compose({
  document,
  advice,
  own,
}: {
  readonly document: Document;
  readonly advice: IndexAdvice;
  readonly own: OwnSet | undefined;
}) {
  const [typed, setTyped] = useState('');
  const filter = useDeferredValue(typed).trim().toLowerCase();
  const within = own?.indexes ?? new Set(advice.advised.indexes);
  const all = useMemo(
    (): readonly AnyIndex[] => [...advice.indexes.filter(({ verdict }) => verdict !== 'rule'), ...advice.losers],
    [advice],
  );
  const found =
    filter === ''
      ? all
      : all.filter((one) =>
          `${one.name} ${tableName(document, one.table)} ${one.parts.map(({ text }) => text).join(' ')}`
            .toLowerCase()
            .includes(filter),
        );
  return (
    <section aria-label="Mine" className="flex w-[340px] shrink-0 flex-col border-line border-l max-[1200px]:w-[270px]">
      <div className="flex flex-col gap-2 border-line border-b px-4 py-2.5">
        <h3 className="font-semibold">Put your own set together</h3>
        <div className="flex flex-wrap items-center gap-1.5 text-xs text-ink-2">
          <span className="max-[1200px]:w-full">Begin with</span>
          {(['none', 'now', 'advised'] as const).map((from) => (
            <Button key={from} size="sm" onClick={() => beginOwn(from)}>
              {SETS[from].label}
            </Button>
          ))}
        </div>
        {all.length > 10 ? (
          <TextField
            label="Find an index to toggle"
            hideLabel
            placeholder={`Find one of ${all.length.toLocaleString('en')}`}
            value={typed}
            onChange={setTyped}
          />
        ) : null}
        {own?.problem === undefined ? null : (
          <p role="alert" className="text-xs text-bad">
            {own.problem.message}
          </p>
        )}
      </div>
      <ul className="flex min-h-0 flex-1 flex-col overflow-auto px-4 py-1.5">
        {found.slice(0, SHOWN).map((one) => (
          <li key={one.id} className="flex flex-col gap-0.5 border-line border-b py-1.5 last:border-b-0">
            <Checkbox
              label={one.name}
              checked={within.has(one.id)}
              onCheckedChange={(next) => void toggleOwn(one.id, next)}
              className="min-w-0 font-mono text-[11.5px] [&>label]:truncate"
              title={one.name}
            />
            <span className="flex items-baseline gap-1.5 pl-6 text-[11px] text-ink-3">
              <span className="min-w-0 flex-1">
                <PartChips index={one} />
              </span>
              <span className="shrink-0">
                {one.existing === undefined ? '' : 'exists · '}
                {bytesText(one.bytes)}
              </span>
            </span>
          </li>
        ))}
        {found.length > SHOWN ? (
          <li className="py-1.5 text-xs text-ink-3">and {found.length - SHOWN} more: type above to find them</li>
        ) : null}
        {found.length === 0 ? <li className="py-2 text-xs text-ink-2">No index is called so.</li> : null}
      </ul>
    </section>
  );
}

/** Sets of indexes side by side: nothing but keys, what there is, what is advised, and an own one. */
export function ScenariosTab({ document, advice, own, writePenalty }: ScenariosTabProps) {
  const mine = own?.scenario;
  const busy = own?.busy === true;
  const shown = useMemo((): readonly Shown[] => {
    const sets: Shown[] = (['none', 'now', 'advised'] as const).map((set) => ({ set, scenario: advice[set], busy: false }));
    return mine === undefined ? sets : [...sets, { set: 'mine', scenario: mine, busy }];
  }, [advice, mine, busy]);
  const totals = shown.map(({ scenario }) => totalOf(scenario, writePenalty));
  const least = Math.min(...totals);
  // Where all cost the same, none is better than another.
  const differ = totals.some((total) => total > least);
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex gap-2.5 px-4 py-3" aria-live="polite">
          {shown.map((one, at) => (
            <Card
              key={one.set}
              shown={one}
              best={differ && totals[at] === least}
              whole={totals[0] ?? 0}
              writePenalty={writePenalty}
            />
          ))}
        </div>
        <Bars document={document} advice={advice} shown={shown} />
      </div>
      <Compose document={document} advice={advice} own={own} />
    </div>
  );
}
