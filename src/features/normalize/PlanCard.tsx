import { createContext, type ReactNode, useContext } from 'react';
import { Checkbox } from '#ui/Checkbox.tsx';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import { PlanTable } from './PlanTable.tsx';
import type { Chosen } from './use-choice.ts';
import { factText, lostIn, OPTIONS, type Option } from './words.ts';

interface FrameProps {
  readonly option: Option;
  readonly current: Option;
  readonly onChoose: (option: Option) => void;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/** The name of the group that the radio buttons belong to: the options may be on the page twice. */
export const GroupName = createContext('decomposition');

/** One of the options side by side; the radio button is its head. */
export function OptionFrame({ option, current, onChoose, disabled = false, children }: FrameProps) {
  const { title, what } = OPTIONS[option];
  const group = useContext(GroupName);
  const on = option === current;
  return (
    <section
      aria-label={title}
      className={cx('flex min-w-0 flex-col rounded-xl border', on ? 'border-accent bg-accent-soft/40' : 'border-line bg-sunken/50')}
    >
      <label
        className={cx(
          'flex items-start gap-2 rounded-t-xl px-3 pt-2.5 pb-1.5 has-focus-visible:outline-2 has-focus-visible:outline-accent',
          disabled ? 'text-ink-3' : 'cursor-pointer',
        )}
      >
        <input
          type="radio"
          name={group}
          className="mt-1 accent-(--color-accent) outline-none"
          checked={on}
          disabled={disabled}
          onChange={() => onChoose(option)}
        />
        <span className="min-w-0">
          <span className="block leading-5 font-semibold">{title}</span>
          <span className="block text-xs leading-4 text-ink-2">{what}</span>
        </span>
      </label>
      <div className="flex min-w-0 flex-col gap-2 px-3 pb-3">{children}</div>
    </section>
  );
}

function Mark({ good, children }: { readonly good: boolean; readonly children: ReactNode }) {
  return (
    <p className={cx('flex items-start gap-1.5 text-xs leading-4', good ? 'text-ok' : 'text-warn')}>
      <Icon name={good ? 'CircleCheck' : 'TriangleAlert'} size={13} className="mt-0.5 shrink-0" />
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </p>
  );
}

/** What a plan guarantees: the join gives back the rows, and which dependencies tables check. */
function Guarantees({ chosen }: { readonly chosen: Chosen }) {
  const lost = lostIn(chosen.plan);
  return (
    <div className="flex flex-col gap-1">
      <Mark good>Lossless: the join gives back the old rows</Mark>
      {lost.length === 0 ? (
        <Mark good>Every dependency is checked</Mark>
      ) : (
        <Mark good={false}>Lost: {lost.map((one) => factText(one, chosen.nameOf)).join('; ')}</Mark>
      )}
    </div>
  );
}

export interface PlanCardProps {
  readonly chosen: Chosen;
  readonly current: Option;
  readonly onChoose: (option: Option) => void;
  /** The title of an option before it with the same tables. */
  readonly same?: string | undefined;
  /** In a line while it is not chosen. */
  readonly brief?: boolean;
}

/** A plan in a line. */
function Brief({ chosen, same }: Pick<PlanCardProps, 'chosen' | 'same'>) {
  const { tables } = chosen.plan.proposal;
  const lost = lostIn(chosen.plan).length;
  const count = tables.length === 1 ? 'stays one table' : `${tables.length} tables`;
  const keeps = lost === 0 ? 'nothing lost' : `${lost} ${lost === 1 ? 'dependency' : 'dependencies'} lost`;
  return (
    <p className={cx('pl-5 text-xs', lost === 0 ? 'text-ink-2' : 'text-warn')}>
      {count}, {keeps}
      {same === undefined ? '' : `; as ${same}`}
    </p>
  );
}

/** A plan: what it guarantees and what tables it makes. */
export function PlanCard({ chosen, current, onChoose, same, brief = false }: PlanCardProps) {
  if (brief && current !== chosen.kind) {
    return (
      <OptionFrame option={chosen.kind} current={current} onChoose={onChoose}>
        <Brief chosen={chosen} same={same} />
      </OptionFrame>
    );
  }
  return (
    <OptionFrame option={chosen.kind} current={current} onChoose={onChoose}>
      <Guarantees chosen={chosen} />
      {same === undefined ? null : <p className="text-xs text-ink-3">The same tables as {same}.</p>}
      <ul aria-label="Tables" className="flex min-w-0 flex-col gap-2">
        {chosen.plan.proposal.tables.map((one, at) => (
          <PlanTable key={one.columns.join()} chosen={chosen} at={at} open={current === chosen.kind} />
        ))}
      </ul>
      {current === chosen.kind ? (
        <Checkbox
          className="text-xs"
          checked={chosen.settled.view === true}
          onCheckedChange={chosen.onView}
          label="With a view of the old shape"
          title="The new tables joined: views that name columns which leave read from it"
        />
      ) : null}
    </OptionFrame>
  );
}

/** A plan that cannot be carried out, with the reason. */
export function RefusedCard({
  option,
  current,
  reason,
  onChoose,
}: {
  readonly option: Option;
  readonly current: Option;
  readonly reason: string;
  readonly onChoose: (option: Option) => void;
}) {
  return (
    <OptionFrame option={option} current={current} onChoose={onChoose} disabled>
      <p className="flex items-start gap-1.5 text-xs leading-4 text-ink-2">
        <Icon name="Info" size={13} className="mt-0.5 shrink-0 text-ink-3" />
        {reason}
      </p>
    </OptionFrame>
  );
}
