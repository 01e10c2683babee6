import type { ReactNode } from 'react';
import type { PaneName } from '#state/panes.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';

export interface PaneProps {
  readonly name: PaneName;
  /** What it is, read aloud. */
  readonly label: string;
  readonly className?: string;
  readonly style?: React.CSSProperties;
  /** Lies over the others instead of beside them: `className` says where. */
  readonly floating?: boolean;
  /** Handles that lie on its edges. */
  readonly edge?: ReactNode;
  readonly children: ReactNode;
}

/** One region of the frame: a landmark that F6 stops at and that survives mistakes of the others. */
export function Pane({ name, label, floating, className, style, edge, children }: PaneProps) {
  return (
    <section
      data-pane={name}
      aria-label={label}
      tabIndex={-1}
      className={`${floating === true ? 'absolute' : 'relative'} min-h-0 min-w-0 outline-none ${className ?? ''}`}
      style={style}
    >
      <ErrorBoundary part={label.toLowerCase()}>{children}</ErrorBoundary>
      {edge}
    </section>
  );
}
