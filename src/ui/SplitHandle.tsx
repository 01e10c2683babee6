import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { cx } from './cx.ts';

export interface SplitHandleProps {
  /** The pane it sizes, such as `Navigator width`. */
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Size it returns to on double click. */
  readonly initial: number;
  /** Which edge of the pane the handle sits on. */
  readonly edge: 'left' | 'right' | 'top';
  readonly onResize: (value: number) => void;
  /** Enter, as WAI-ARIA's window splitter asks. */
  readonly onCollapse: () => void;
}

const STEP = 16;

/** The line between two panes: dragged, or moved with the arrow keys (Home and End go to the limits). */
export function SplitHandle({ label, value, min, max, initial, edge, onResize, onCollapse }: SplitHandleProps) {
  const start = useRef<{ readonly at: number; readonly value: number } | undefined>(undefined);
  const horizontal = edge === 'top';
  const sign = edge === 'right' ? 1 : -1;
  const clamp = (size: number) => Math.round(Math.min(max, Math.max(min, size)));
  const at = (event: PointerEvent) => (horizontal ? event.clientY : event.clientX);

  const onKeyDown = (event: KeyboardEvent) => {
    const grow = horizontal ? 'ArrowUp' : sign === 1 ? 'ArrowRight' : 'ArrowLeft';
    const shrink = horizontal ? 'ArrowDown' : sign === 1 ? 'ArrowLeft' : 'ArrowRight';
    if (event.key === grow) onResize(clamp(value + STEP));
    else if (event.key === shrink) onResize(clamp(value - STEP));
    else if (event.key === 'Home') onResize(min);
    else if (event.key === 'End') onResize(max);
    else if (event.key === 'Enter') onCollapse();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable window splitter is a separator, which hr cannot be
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={horizontal ? 'horizontal' : 'vertical'}
      aria-valuenow={Math.round(value)}
      aria-valuemin={min}
      aria-valuemax={max}
      className={cx(
        'absolute z-20 touch-none select-none -outline-offset-1 transition-colors duration-100 hover:bg-accent/40 focus-visible:bg-accent/40',
        horizontal ? '-top-[3px] right-0 left-0 h-[6px] cursor-row-resize' : 'top-0 bottom-0 w-[6px] cursor-col-resize',
        edge === 'left' && '-left-[3px]',
        edge === 'right' && '-right-[3px]',
      )}
      onKeyDown={onKeyDown}
      onDoubleClick={() => onResize(initial)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: at(event), value };
      }}
      onPointerMove={(event) => {
        if (start.current !== undefined) onResize(clamp(start.current.value + (at(event) - start.current.at) * sign * 1));
      }}
      onPointerUp={() => {
        start.current = undefined;
      }}
      onPointerCancel={() => {
        start.current = undefined;
      }}
    />
  );
}
