import { shortNumber } from '#lib/amounts.ts';
import { cx } from '#ui/cx.ts';
import type { CostScale } from './cost-scale.ts';

/** Sets of indexes that are compared, each with its tone. */
export type SetName = 'none' | 'now' | 'advised' | 'mine';

export const SETS: Readonly<Record<SetName, { readonly label: string; readonly tone: string; readonly says: string }>> = {
  none: { label: 'None', tone: 'bg-line-strong', says: 'keys and unique indexes only' },
  now: { label: 'Existing', tone: 'bg-ink-3', says: 'the indexes there are' },
  advised: { label: 'Advised', tone: 'bg-accent', says: 'what the advice would leave' },
  mine: { label: 'Mine', tone: 'bg-ok', says: 'the set you put together' },
};

export interface CostBarProps {
  readonly set: SetName;
  readonly cost: number;
  readonly scale: CostScale;
  /** The label in front; the set's own unless told. */
  readonly label?: string;
  readonly labelClass?: string;
}

/** One cost as a bar with its number. */
export function CostBar({ set, cost, scale, label = SETS[set].label, labelClass = 'w-14' }: CostBarProps) {
  return (
    <div className="flex items-center gap-2 text-[11px] leading-4">
      <span className={cx('shrink-0 text-ink-2', labelClass)}>{label}</span>
      <span className="relative h-2.5 min-w-0 flex-1" aria-hidden="true">
        {scale.ticks.map(({ at }) => (
          <span key={at} className="absolute inset-y-0 w-px bg-line" style={{ left: `${at * 100}%` }} />
        ))}
        <span
          className={cx('absolute inset-y-0 left-0 rounded-r-sm', SETS[set].tone)}
          style={{ width: `${scale.lengthOf(cost) * 100}%` }}
        />
      </span>
      <span className="w-13 shrink-0 text-right font-mono tabular-nums" title={cost.toLocaleString('en')}>
        {shortNumber(cost)}
      </span>
    </div>
  );
}
