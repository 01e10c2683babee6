import { type ReactNode, useMemo, useState } from 'react';
import type { AdvisedIndex, IndexAdvice, LostIndex, QueryVerdict } from '#engine/indexes/advise/advice.ts';
import { bytesText, many, shortNumber } from '#lib/amounts.ts';
import type { Document } from '#model/types.ts';
import { copyText } from '#state/copy-text.ts';
import { Button } from '#ui/Button.tsx';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import type { IconName } from '#ui/icons.ts';
import { Pill } from '#ui/Pill.tsx';
import { CostBar } from './CostBar.tsx';
import { logScale } from './cost-scale.ts';
import { PartChips, RoleMark } from './PartChips.tsx';
import { PlanPair } from './PlanPair.tsx';
import { type AnyIndex, indexNames, queryName, ROLES, tableName, timesLess, WHY, whyNot } from './words.ts';

const isAdvised = (one: AnyIndex): one is AdvisedIndex => Object.hasOwn(one, 'verdict');

export function Block({
  icon,
  title,
  end,
  children,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly end?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h3 className="flex min-h-6.5 items-center gap-1.5 font-semibold">
        <Icon name={icon} size={14} className="text-ink-3" />
        {title}
        {end === undefined ? null : <span className="ml-auto flex items-center gap-2 font-normal">{end}</span>}
      </h3>
      <div className="ml-5">{children}</div>
    </section>
  );
}

const VERDICT_PILL = {
  make: { tone: 'accent', label: 'to make' },
  drop: { tone: 'warn', label: 'to drop' },
  keep: { tone: 'ok', label: 'keep' },
  rule: { tone: 'plain', label: 'holds a rule' },
} as const;

/** SQL in a box, to be copied. */
export function Statement({ sql }: { readonly sql: string }) {
  return (
    <div className="flex items-start gap-2 rounded-md border border-line bg-sunken py-1.5 pr-1.5 pl-3">
      <code className="my-1 max-h-45 min-w-0 flex-1 overflow-auto font-mono [tab-size:2] text-xs leading-[18px] whitespace-pre-wrap [overflow-wrap:anywhere]">
        {sql}
      </code>
      <Button size="sm" variant="ghost" icon="Copy" onClick={() => void copyText(sql, 'The statement is copied.')}>
        Copy
      </Button>
    </div>
  );
}

function Figure({ label, value, title }: { readonly label: string; readonly value: string; readonly title?: string }) {
  return (
    <div className="flex min-w-0 flex-col" title={title}>
      <dt className="truncate text-[11px] text-ink-2">{label}</dt>
      <dd className="font-mono text-[13px] font-medium tabular-nums">{value}</dd>
    </div>
  );
}

function Figures({ index }: { readonly index: AnyIndex }) {
  const gain = isAdvised(index) ? index.worth : index.gain;
  return (
    <dl className="grid grid-cols-4 gap-x-6 gap-y-2">
      <Figure label="Size now" value={bytesText(index.bytes)} />
      <Figure
        label="In three years"
        value={index.bytesInThreeYears === undefined ? 'unknown' : bytesText(index.bytesInThreeYears)}
        title={
          index.bytesInThreeYears === undefined
            ? 'Nobody said how the table grows: Facts take its growth.'
            : 'At the growth that is declared of its table'
        }
      />
      <Figure
        label={isAdvised(index) ? 'Worth per hour' : 'Could gain per hour'}
        value={shortNumber(gain)}
        title={`${Math.round(gain).toLocaleString('en')} units of cost: a page read in sequence is one`}
      />
      <Figure label="Write cost per hour" value={shortNumber(index.writeCost)} title="What keeping it up to date costs" />
    </dl>
  );
}

/** It was thought of for queries, so that each of its parts is there for something. Of what exists nobody says what for. */
const isThought = (one: AnyIndex) => !isAdvised(one) || one.verdict === 'make';

function Parts({ index }: { readonly index: AnyIndex }) {
  return (
    <ul className="flex flex-col gap-1">
      {index.parts.map(({ text, role, desc }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have an order and nothing else; the same text may come twice
        <li key={at} className="flex items-baseline gap-2 text-xs leading-[18px]">
          {role === undefined ? <span className="size-4 shrink-0" /> : <RoleMark role={role} />}
          <code className="shrink-0 font-mono">
            {text}
            {desc === true ? ' DESC' : ''}
          </code>
          <span className="text-ink-2">
            {role !== undefined
              ? `${ROLES[role].word.toLowerCase()}: ${ROLES[role].says}`
              : isThought(index)
                ? 'no query of the workload uses it'
                : ''}
          </span>
        </li>
      ))}
      {index.where === undefined ? null : (
        <li className="flex items-baseline gap-2 text-xs leading-[18px]">
          <Icon name="Filter" size={12} className="mx-0.5 translate-y-0.5 text-ink-3" />
          <code className="min-w-0 font-mono [overflow-wrap:anywhere]">{index.where}</code>
          <span className="shrink-0 text-ink-2">the only rows that it holds</span>
        </li>
      )}
    </ul>
  );
}

interface ServedProps {
  readonly document: Document;
  readonly gains: AdvisedIndex['gains'];
  readonly queries: readonly QueryVerdict[];
  readonly current: string | undefined;
  readonly onChoose: (query: string) => void;
}

/** Queries by what an hour of them gains. */
function mostFirst(gains: AdvisedIndex['gains'], queries: readonly QueryVerdict[]): AdvisedIndex['gains'] {
  const calls = new Map(queries.map((one) => [one.query, one.calls]));
  const gain = (one: AdvisedIndex['gains'][number]) => (one.without - one.with) * (calls.get(one.query) ?? 1);
  return [...gains].sort((a, b) => gain(b) - gain(a));
}

/** Queries that are listed at first: the plan and what else was thought of stand below them. */
const SERVED = 6;

/** The queries an index serves, with what they cost without it and with it. */
function Served({ document, gains, queries, current, onChoose }: ServedProps) {
  const [all, setAll] = useState(false);
  const calls = new Map(queries.map((one) => [one.query, one]));
  const scale = useMemo(() => logScale(gains.flatMap((one) => [one.without, one.with])), [gains]);
  return (
    <ul className="flex flex-col gap-2">
      {(all ? gains : gains.slice(0, SERVED)).map((gain) => {
        const verdict = calls.get(gain.query);
        const less = timesLess(gain.without, gain.with);
        return (
          <li key={gain.query} className="flex flex-col gap-0.5">
            <span className="flex items-baseline gap-2">
              <button
                type="button"
                aria-pressed={gain.query === current}
                title="Show its plans"
                className={cx('min-w-0 truncate rounded text-left hover:underline', gain.query === current && 'font-semibold')}
                onClick={() => onChoose(gain.query)}
              >
                {queryName(document, gain.query)}
              </button>
              <span className="ml-auto shrink-0 text-xs text-ink-2">
                {verdict === undefined
                  ? ''
                  : verdict.counted
                    ? `${many(verdict.calls, 'call')}/h`
                    : 'counted as 1 call/h: nobody said'}
              </span>
              {less === undefined ? null : <Pill tone="ok">{less}</Pill>}
            </span>
            <CostBar set="now" label="Without" cost={gain.without} scale={scale} />
            <CostBar set="advised" label="With" cost={gain.with} scale={scale} />
          </li>
        );
      })}
      {gains.length > SERVED && !all ? (
        <li>
          <Button size="sm" onClick={() => setAll(true)}>
            Show the other {(gains.length - SERVED).toLocaleString('en')}
          </Button>
        </li>
      ) : null}
    </ul>
  );
}

/** What else was thought of in its place. */
function alternativesTo(index: AnyIndex, losers: readonly LostIndex[]): readonly LostIndex[] {
  const queries = new Set(index.reasons.flatMap(({ query }) => query ?? []));
  const rivals = losers.filter(
    (one) =>
      one.id !== index.id &&
      (one.instead.includes(index.id) ||
        (one.table === index.table && one.reasons.some(({ query }) => query !== undefined && queries.has(query)))),
  );
  return rivals.slice(0, 8);
}

function Alternatives({
  index,
  advice,
  onChoose,
}: {
  readonly index: AnyIndex;
  readonly advice: IndexAdvice;
  readonly onChoose: (id: string) => void;
}) {
  const names = useMemo(() => indexNames(advice), [advice]);
  const found = alternativesTo(index, advice.losers);
  if (found.length === 0) return <p className="text-xs text-ink-2">Nothing else was thought of for these queries on its table.</p>;
  return (
    <ul className="flex flex-col gap-2">
      {found.map((one) => (
        <li key={one.id} className="flex flex-col gap-0.5 text-xs">
          <span className="flex min-w-0 items-center gap-2">
            <button type="button" className="shrink-0 truncate rounded font-mono hover:underline" onClick={() => onChoose(one.id)}>
              {one.name}
            </button>
            <PartChips index={one} />
            <span className="ml-auto shrink-0">
              <Pill tone="plain">{WHY[one.why]}</Pill>
            </span>
          </span>
          <span className="text-ink-2">{whyNot(one, names)}</span>
        </li>
      ))}
    </ul>
  );
}

export interface IndexDetailProps {
  readonly document: Document;
  readonly advice: IndexAdvice;
  readonly index: AnyIndex;
  /** What running it on generated rows showed, or how to have it run. */
  readonly proof?: ReactNode;
  readonly onChoose: (id: string) => void;
}

/** The evidence for one index: what it is, whom it serves, what it costs, and what else was thought of. */
export function IndexDetail({ document, advice, index, proof, onChoose }: IndexDetailProps) {
  const names = useMemo(() => indexNames(advice), [advice]);
  const gains = useMemo(() => (isAdvised(index) ? mostFirst(index.gains, advice.queries) : []), [index, advice]);
  const [picked, setPicked] = useState<string>();
  const query = gains.find((one) => one.query === picked)?.query ?? gains[0]?.query;
  const verdict = advice.queries.find((one) => one.query === query);
  const pill = isAdvised(index) ? VERDICT_PILL[index.verdict] : ({ tone: 'plain', label: `not taken: ${WHY[index.why]}` } as const);
  const lost = isAdvised(index) ? (index.why === undefined ? undefined : { ...index, why: index.why }) : index;
  const reasons = [...new Set(index.reasons.map(({ why }) => why))];
  return (
    <section
      aria-label={`Evidence for ${index.name}`}
      className="flex min-w-0 flex-1 flex-col gap-4 overflow-auto px-5 py-4 -outline-offset-2"
    >
      <header className="flex flex-col gap-2">
        <div className="flex items-center gap-2">
          <h2 className="min-w-0 truncate font-mono text-sm font-semibold" title={index.name}>
            {index.name}
          </h2>
          <Pill tone={pill.tone}>{pill.label}</Pill>
          <span className="ml-auto shrink-0 text-xs text-ink-2">on {tableName(document, index.table)}</span>
        </div>
        <Statement sql={index.sql} />
      </header>
      <Figures index={index} />
      {lost === undefined ? null : (
        <p className="rounded-md bg-sunken px-3 py-2 text-xs leading-[18px] text-ink-2">{whyNot(lost, names)}</p>
      )}
      <Block icon="ListOrdered" title={isThought(index) ? 'What each part does' : 'Its parts'}>
        <Parts index={index} />
        {reasons.length === 0 ? null : (
          <p className="mt-1.5 text-xs leading-[18px] text-ink-2">Thought of because it {reasons.slice(0, 4).join('; ')}.</p>
        )}
      </Block>
      {gains.length === 0 || !isAdvised(index) ? null : (
        <Block
          icon="Zap"
          title={`Serves ${many(gains.length, 'query', 'queries')}`}
          end={<span className="text-[11px] text-ink-3">cost of a call, logarithmic</span>}
        >
          <Served document={document} gains={gains} queries={advice.queries} current={query} onChoose={setPicked} />
        </Block>
      )}
      {verdict === undefined ? null : (
        <Block icon="ListTree" title={`Plan of ${queryName(document, verdict.query)}`}>
          <PlanPair
            before={verdict.planNow}
            after={verdict.planAdvised}
            marked={new Set([index.id, index.name, index.id.slice(index.id.indexOf('.') + 1)])}
          />
        </Block>
      )}
      {proof === undefined ? null : proof}
      <Block icon="ArrowLeftRight" title="Alternatives that lost">
        <Alternatives index={index} advice={advice} onChoose={onChoose} />
      </Block>
      {index.notes.length === 0 && index.extension === undefined ? null : (
        <Block icon="Info" title="To be known">
          <ul className="flex list-disc flex-col gap-1 pl-4 text-xs leading-[18px] text-ink-2">
            {index.extension === undefined ? null : (
              <li>
                It needs the extension <code className="font-mono">{index.extension}</code>; applying the advice adds it.
              </li>
            )}
            {index.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Block>
      )}
    </section>
  );
}
