import { useMemo } from 'react';
import { Icon } from '#ui/Icon.tsx';
import { drawGhosts, GHOST } from './ghosts.ts';
import type { Chosen } from './use-choice.ts';

/** The tables of a plan as they would stand on the canvas: dashed, as they are not there yet. */
export function GhostDiagram({ chosen }: { readonly chosen: Chosen }) {
  const { plan, names, nameOf } = chosen;
  const { tables, links } = plan.proposal;
  const drawing = useMemo(() => drawGhosts(plan.proposal), [plan]);
  const referring = links.map(({ child, parent }) => `${names[child]} refers to ${names[parent]}`).join('; ');
  return (
    <div
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to by keyboard
      tabIndex={0}
      role="img"
      aria-label={`Tables afterwards: ${names.join(', ')}. ${referring}`}
      className="overflow-auto rounded-lg border border-line bg-canvas p-4"
    >
      <div className="relative mx-auto" style={{ width: drawing.width, height: drawing.height }}>
        <svg aria-hidden className="absolute inset-0 overflow-visible" width={drawing.width} height={drawing.height}>
          {drawing.edges.map(({ key, points }) => (
            <g key={key} fill="none" stroke="var(--edge)" strokeWidth={1.4}>
              <polyline strokeDasharray="4 3" points={points.map((point) => point.join(',')).join(' ')} />
              <path d={`M${points[0]?.join(' ')} m0 -4 l8 4 l-8 4`} />
              <path d={`M${points[3]?.join(' ')} m-7 -4 v8 m-3 -8 v8`} />
            </g>
          ))}
        </svg>
        {drawing.ghosts.map((ghost) => {
          const one = tables[ghost.at];
          if (one === undefined) return null;
          return (
            <div
              key={one.columns.join()}
              className={`absolute rounded-md border-[1.5px] bg-surface ${one.remainder ? 'border-line-strong' : 'border-accent border-dashed'}`}
              style={{ left: ghost.x, top: ghost.y, width: GHOST.width, height: ghost.height }}
            >
              <div
                className="truncate border-line border-b px-2 text-xs font-semibold"
                style={{ lineHeight: `${GHOST.head - 2}px` }}
              >
                {names[ghost.at]}
              </div>
              {ghost.columns.map((id) => (
                <div key={id} className="flex items-center gap-1 px-1.5 font-mono text-[11px]" style={{ height: GHOST.row }}>
                  <span className="grid w-3 shrink-0 place-items-center">
                    {one.key.includes(id) ? <Icon name="KeyRound" size={10} className="text-warn" /> : null}
                  </span>
                  <span className="truncate">{nameOf(id)}</span>
                </div>
              ))}
              {ghost.more > 0 ? <div className="px-5.5 text-[11px] text-ink-3">and {ghost.more} more</div> : null}
            </div>
          );
        })}
      </div>
    </div>
  );
}
