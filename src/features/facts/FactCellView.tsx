import { type KeyboardEvent, useId } from 'react';
import type { FactCell } from '#engine/facts/cells.ts';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import type { Typing } from './grid-types.ts';
import { cellReason } from './words.ts';

export interface FactCellViewProps {
  readonly id: string;
  /** Read aloud while it is edited. */
  readonly label: string;
  readonly cell: FactCell;
  /** What was typed here and cannot be. */
  readonly wrong: Typing | undefined;
  /** The cursor is on it. */
  readonly active: boolean;
  readonly left: boolean;
  readonly typing: Typing | undefined;
  readonly onType: (text: string) => void;
  readonly onTypeKey: (event: KeyboardEvent) => void;
  /** The focus left what is typed. */
  readonly onLeave: () => void;
  /** @param twice with a double click */
  readonly onPress: (twice: boolean) => void;
  readonly onDeclare: () => void;
}

function Field({
  id,
  label,
  typing,
  left,
  onType,
  onTypeKey,
  onLeave,
}: Pick<FactCellViewProps, 'label' | 'left' | 'onType' | 'onTypeKey' | 'onLeave'> & {
  readonly id: string;
  readonly typing: Typing;
}) {
  return (
    <>
      <input
        ref={(field) => field?.focus()}
        data-escape=""
        aria-label={label}
        {...(typing.message === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': id })}
        className={cx(
          'h-full w-full min-w-0 bg-surface px-2 font-mono text-[11.5px] outline-none ring-1 ring-inset',
          typing.message === undefined ? 'ring-accent' : 'ring-bad',
          !left && 'text-right',
        )}
        autoComplete="off"
        spellCheck={false}
        value={typing.text}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={onTypeKey}
        onBlur={onLeave}
      />
      {typing.message === undefined ? null : (
        <p
          id={id}
          role="alert"
          className="absolute top-full right-0 z-30 w-52 rounded-md border border-bad bg-raised px-2 py-1 text-xs text-bad shadow-pop"
        >
          {typing.message}
        </p>
      )}
    </>
  );
}

/** One fact: told, or in italics with a dotted line when it is guessed. */
export function FactCellView(props: FactCellViewProps) {
  const { id, cell, wrong, active, left, typing, onPress, onDeclare } = props;
  const message = useId();
  const reason = wrong?.message ?? cellReason(cell);
  return (
    <td
      id={id}
      title={typing === undefined ? reason : undefined}
      {...(wrong === undefined ? {} : { 'aria-invalid': true })}
      onMouseDown={(event) => {
        if (typing === undefined && !(event.target instanceof Element && event.target.closest('button') !== null)) {
          event.preventDefault();
          onPress(event.detail > 1);
        }
      }}
      className={cx(
        'group/cell relative flex min-w-0 cursor-default items-center border-line border-b border-l',
        !left && 'justify-end',
        active && 'outline-2 -outline-offset-2 outline-accent/45 group-focus/grid:outline-accent',
        wrong !== undefined && 'bg-bad-soft',
      )}
    >
      {typing === undefined ? (
        <>
          <span
            className={cx(
              'min-w-0 truncate px-2 tabular-nums',
              wrong !== undefined
                ? 'text-bad'
                : cell.guess === undefined
                  ? cell.declared
                    ? 'font-medium text-ink'
                    : 'text-ink-2'
                  : 'text-ink-3 italic underline decoration-dotted underline-offset-3',
            )}
          >
            {wrong?.text ?? (cell.later === undefined ? cell.shown : <span className="text-ink-3 italic">by query</span>)}
          </span>
          {cell.guess === undefined || wrong !== undefined ? null : (
            <button
              type="button"
              tabIndex={-1}
              aria-hidden="true"
              title="Declare it as it stands"
              onClick={onDeclare}
              className="absolute left-0.5 hidden size-6 place-items-center rounded bg-raised text-ink-2 shadow-card hover:text-accent group-hover/cell:grid"
            >
              <Icon name="Check" size={13} />
            </button>
          )}
          {reason === undefined ? null : <span className="sr-only left-0">, {reason}</span>}
        </>
      ) : (
        <Field {...props} id={message} typing={typing} />
      )}
    </td>
  );
}
