import type { ReactNode } from 'react';
import type { ChenFigure, Ellipse } from '#model/derive/chen.ts';
import type { Id } from '#model/types.ts';
import { useView } from '#state/hooks.ts';
import { BigName, NodeHead } from './NodeHead.tsx';

function Attribute({ table, one }: { readonly table: Id; readonly one: Ellipse }) {
  const selected = useView((view) => view.selection.some((ref) => ref.record === table && ref.part === one.column));
  const { x, y, rx, ry, text, key } = one;
  // What does not fit its ellipse is cut; the whole is said.
  const letters = Math.floor((2 * rx - 20) / 6.4);
  const shown = text.length > letters ? `${text.slice(0, Math.max(1, letters - 1))}…` : text;
  return (
    <g className="attribute" data-selected={selected && one.column !== undefined}>
      <title>{text}</title>
      <ellipse cx={x} cy={y} rx={rx - 0.5} ry={ry - 0.5} strokeDasharray={one.derived === true ? '4 3' : undefined} />
      {one.multivalued === true ? <ellipse cx={x} cy={y} rx={rx - 4} ry={ry - 3.5} /> : null}
      <text x={x} y={y + 4} data-key={key}>
        {shown}
      </text>
    </g>
  );
}

export interface ChenBodyProps {
  readonly id: Id;
  readonly name: string;
  readonly figure: ChenFigure;
  readonly collapsed: boolean;
  readonly children: ReactNode;
}

/** A table as an entity of Chen's notation: a rectangle, double when weak, with its attributes round it. */
export function ChenBody({ id, name, figure, collapsed, children }: ChenBodyProps) {
  const { entity, ellipses, width, height, weak } = figure;
  const box = collapsed ? { x: 0, y: 0, width: entity.width, height: entity.height } : entity;
  return (
    <>
      {collapsed ? null : (
        <svg className="chen" width={width} height={height} role="img" aria-label={ellipses.map((one) => one.text).join(', ')}>
          {ellipses.map(({ join, column, text }) => (
            <path key={column ?? text} d={join.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join('')} />
          ))}
          {ellipses.map((one) => (
            <Attribute key={one.column ?? one.text} table={id} one={one} />
          ))}
        </svg>
      )}
      <div className="entity" data-dependent={weak} style={{ left: box.x, top: box.y, width: box.width, height: box.height }}>
        <NodeHead id={id} name={name}>
          {children}
        </NodeHead>
        <BigName name={name} />
      </div>
    </>
  );
}
