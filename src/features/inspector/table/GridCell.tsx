import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { cx } from '#ui/cx.ts';
import { MONO } from '../fields/styles.ts';

export interface CellProps {
  readonly row: number;
  readonly col: number;
  readonly focused: boolean;
  readonly label?: string | undefined;
  readonly mono?: boolean;
  readonly className?: string;
  readonly span?: number;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: () => void;
  readonly onEdit?: () => void;
  readonly onClick?: (event: MouseEvent) => void;
  readonly editor?: ReactNode;
  readonly children: ReactNode;
}

/** One cell. Exactly one cell of the grid is in the tab order. */
export function Cell(props: CellProps) {
  const { row, col, focused, label, mono, className, editor, span, children } = props;
  if (editor !== undefined) {
    return (
      <td className={cx('h-7 p-0', className)} {...(span === undefined ? {} : { colSpan: span })}>
        <div className="relative flex h-full min-w-0 items-center rounded-[3px] bg-surface px-1.5 outline-2 -outline-offset-1 outline-accent">
          {editor}
        </div>
      </td>
    );
  }
  return (
    <td
      tabIndex={focused ? 0 : -1}
      data-cell={`${row}:${col}`}
      aria-label={label}
      {...(span === undefined ? {} : { colSpan: span })}
      className={cx(
        'h-7 cursor-default truncate px-1.5 focus-visible:rounded-[3px] py-0 -outline-offset-2',
        mono === true && MONO,
        className,
      )}
      onKeyDown={props.onKeyDown}
      onFocus={props.onFocus}
      onDoubleClick={props.onEdit}
      onClick={props.onClick}
    >
      {children}
    </td>
  );
}
