import { type ReactNode, useMemo } from 'react';
import type { ExplainedPlan } from '#engine/planner/explain-plan.ts';
import type { Plan, PlanNode } from '#engine/planner/plan.ts';
import { shortNumber } from '#lib/amounts.ts';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import { type PlanRow, planRows, stepText } from './plan-rows.ts';

export interface PlanTreeProps {
  /** What plan it is, read aloud. */
  readonly label: string;
  readonly plan: Plan;
  /** Names of indexes that are to be seen among the others. */
  readonly marked?: ReadonlySet<string>;
  /** The same plan in words: what each step does, and what makes it dear. */
  readonly explained?: ExplainedPlan;
}

const INDENT = 14;
/** Deeper steps stand no further to the right. */
const MOST_INDENT = 12;

function Step({ node, marked }: { readonly node: PlanNode; readonly marked: ReadonlySet<string> | undefined }) {
  const { index, relation, alias } = node;
  return (
    <>
      <span className="font-medium [overflow-wrap:anywhere]">{stepText(node)}</span>
      {index === undefined ? null : (
        <>
          {' '}
          <span
            className={cx(
              'rounded px-1 font-mono text-[11px] [overflow-wrap:anywhere]',
              marked?.has(index) === true ? 'bg-accent-soft font-medium text-accent' : 'bg-sunken text-ink-2',
            )}
          >
            {index}
          </span>
        </>
      )}
      {relation === undefined ? null : (
        <span className="text-ink-2 [overflow-wrap:anywhere]">
          {' on '}
          <span className="font-mono text-[11px]">
            {alias === undefined || alias === relation ? relation : `${relation} ${alias}`}
          </span>
        </span>
      )}
    </>
  );
}

function Rows({ row: { node, off } }: { readonly row: PlanRow }) {
  const { actual, rows } = node;
  if (actual === undefined) return <>{shortNumber(rows)}</>;
  if (actual.loops === 0) return <span title="Never run">–</span>;
  return (
    <span
      className={cx(off !== undefined && 'font-semibold text-warn')}
      title={
        off === undefined
          ? `${rows} expected, ${actual.rows} found`
          : `${shortNumber(off.factor)} times ${off.more ? 'more' : 'fewer'} than the ${rows} that were expected`
      }
    >
      {shortNumber(actual.rows)}
      {actual.loops > 1 ? <span className="text-ink-3"> ×{shortNumber(actual.loops)}</span> : null}
    </span>
  );
}

function Conditions({ node }: { readonly node: PlanNode }) {
  return node.conditions.map(({ what, text }) => (
    <p key={what} className="font-mono text-[10.5px] leading-4 text-ink-2 [overflow-wrap:anywhere]" title={text}>
      <span className="text-ink-3">{what}: </span>
      {text.length > 240 ? `${text.slice(0, 239)}…` : text}
    </p>
  ));
}

const HEAD = 'pb-1 text-[11px] font-medium text-ink-2';

function Line({
  row,
  children,
  marked,
}: {
  readonly row: PlanRow;
  readonly children: ReactNode;
  readonly marked: PlanTreeProps['marked'];
}) {
  const { node, depth, share } = row;
  const timed = node.actual?.ms !== undefined;
  const percent = Math.round(share * 100);
  return (
    <tr className="border-line border-t align-top">
      <th scope="row" className="py-1 pr-2 text-left font-normal" style={{ paddingLeft: Math.min(depth, MOST_INDENT) * INDENT }}>
        <span className="flex gap-1">
          {depth === 0 ? null : (
            <span aria-hidden="true" className="mt-0.5 h-2.5 w-2 shrink-0 rounded-bl border-line-strong border-b border-l" />
          )}
          <span className="min-w-0 leading-4.5">
            <Step node={node} marked={marked} />
            {children}
          </span>
        </span>
      </th>
      <td className="py-1 pr-3 text-right font-mono text-[11px] tabular-nums">
        <Rows row={row} />
      </td>
      <td
        className="py-1 text-right font-mono text-[11px] tabular-nums"
        title={`Costs ${node.totalCost.toLocaleString('en')} with all below it; ${percent} % of the plan’s ${timed ? 'time' : 'cost'} is its own`}
      >
        {node.actual?.ms === undefined ? shortNumber(node.totalCost) : `${shortNumber(node.actual.ms * node.actual.loops)} ms`}
        <span aria-hidden="true" className="mt-0.5 flex h-1 w-full justify-end overflow-hidden rounded-full bg-sunken">
          <span className={cx('h-full rounded-full', share >= 0.4 ? 'bg-warn' : 'bg-ink-3')} style={{ width: `${percent}%` }} />
        </span>
        <span className="sr-only">, {percent} % its own</span>
      </td>
    </tr>
  );
}

/** A plan as a tree: each step with what it reads, the rows it gives, and where the cost arises. */
export function PlanTree({ label, plan, marked, explained }: PlanTreeProps) {
  const rows = useMemo(() => planRows(plan, explained), [plan, explained]);
  const timed = plan.root.actual?.ms !== undefined;
  const ran = plan.root.actual !== undefined;
  return (
    <div className="@container">
      <table className="w-full border-collapse text-xs">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>
            <th scope="col" className={cx(HEAD, 'text-left')}>
              Step
            </th>
            <th
              scope="col"
              className={cx(HEAD, 'w-12 pr-3 text-right @md:w-16')}
              title={ran ? 'Rows found in one loop, and loops' : 'Rows expected of one loop'}
            >
              {ran ? 'Found' : 'Rows'}
            </th>
            <th
              scope="col"
              className={cx(HEAD, 'w-12 text-right @md:w-16')}
              title={`${timed ? 'Time' : 'Cost'} with all steps below; the bar is what the step itself adds`}
            >
              {timed ? 'Time' : 'Cost'}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={row.key} row={row} marked={marked}>
              {row.words === undefined ? null : <p className="text-ink-2 [overflow-wrap:anywhere]">{row.words}</p>}
              <Conditions node={row.node} />
              {row.dear.map((text) => (
                <p key={text} className="flex gap-1 leading-4.5 text-warn">
                  <Icon name="TriangleAlert" size={12} className="mt-0.75" />
                  <span className="[overflow-wrap:anywhere]">{text}</span>
                </p>
              ))}
            </Line>
          ))}
        </tbody>
      </table>
    </div>
  );
}
