import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import type { Decision } from './choice.ts';

export interface VerdictProps {
  /** What is decided on, as it is read aloud. */
  readonly of: string;
  readonly decision: Decision | undefined;
  readonly onDecide: (decision: Decision) => void;
  readonly tabIndex: 0 | -1;
  /** Why it cannot be accepted. */
  readonly blocked?: string | undefined;
}

const BUTTON = 'grid size-6 shrink-0 place-items-center rounded border pointer-coarse:size-8 disabled:opacity-40';

/** Accept and reject: two switches of which one at most is on. */
export function Verdict({ of, decision, onDecide, tabIndex, blocked }: VerdictProps) {
  const accepted = decision === 'accepted';
  const rejected = decision === 'rejected';
  return (
    <span className="flex shrink-0 gap-1">
      <button
        type="button"
        tabIndex={tabIndex}
        aria-label={`Accept ${of}`}
        aria-pressed={accepted}
        title={blocked ?? 'Accept'}
        disabled={blocked !== undefined}
        className={cx(
          BUTTON,
          accepted ? 'border-accent bg-accent text-accent-ink' : 'border-line-strong text-ink-2 hover:bg-sunken',
        )}
        onClick={() => onDecide('accepted')}
      >
        <Icon name="Check" size={14} />
      </button>
      <button
        type="button"
        tabIndex={tabIndex}
        aria-label={`Reject ${of}`}
        aria-pressed={rejected}
        title="Reject (Del)"
        className={cx(BUTTON, rejected ? 'border-bad bg-bad-soft text-bad' : 'border-transparent text-ink-3 hover:bg-sunken')}
        onClick={() => onDecide('rejected')}
      >
        <Icon name="X" size={14} />
      </button>
    </span>
  );
}

export interface ArrowProps {
  readonly left: string;
  readonly right: string;
  /** Nothing speaks for it. */
  readonly grey?: boolean;
  /** It was rejected. */
  readonly struck?: boolean;
}

export interface RightSideProps {
  readonly left: string;
  readonly right: readonly { readonly place: number; readonly name: string; readonly taken: boolean }[];
  readonly tabIndex: 0 | -1;
  readonly onToggle: (place: number) => void;
}

/** An accepted dependency: each column on the right can be left out, where only some are a rule. */
export function RightSide({ left, right, tabIndex, onToggle }: RightSideProps) {
  const taken = right.filter((one) => one.taken).length;
  return (
    <span className="flex min-w-0 items-center gap-1.5 font-mono text-xs text-ink">
      <span className="min-w-0 shrink-0 truncate rounded bg-sunken px-1.5 py-px">{left}</span>
      <span aria-hidden="true">→</span>
      <span className="flex min-w-0 items-center gap-1 overflow-x-auto [scrollbar-width:none]">
        {right.map(({ place, name, taken: on }) => (
          <button
            key={place}
            type="button"
            tabIndex={tabIndex}
            aria-pressed={on}
            aria-label={`${left} → ${name} is part of the rule`}
            aria-disabled={on && taken === 1}
            title={on ? (taken === 1 ? name : `Leave ${name} out`) : `Take ${name} in again`}
            className={cx(
              'min-h-6 shrink-0 rounded border px-1.5',
              on ? 'border-accent bg-accent-soft text-accent' : 'border-line-strong border-dashed text-ink-3 line-through',
            )}
            onClick={() => onToggle(place)}
          >
            {name}
          </button>
        ))}
      </span>
    </span>
  );
}

/** `zip → city, state`, as far as there is room. */
export function Arrow({ left, right, grey, struck }: ArrowProps) {
  const ink = cx(grey === true || struck === true ? 'text-ink-3' : 'text-ink', struck === true && 'line-through');
  return (
    <span className={cx('flex min-w-0 items-center gap-1.5 font-mono text-xs', ink)} title={`${left} → ${right}`}>
      <span className="min-w-0 truncate rounded bg-sunken px-1.5 py-px">{left}</span>
      <span aria-hidden="true">→</span>
      <span className="sr-only"> determines </span>
      <span className="min-w-0 truncate rounded bg-sunken px-1.5 py-px">{right}</span>
    </span>
  );
}
