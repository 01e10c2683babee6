import './ghosts.css';
import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Rect } from '#lib/grid.ts';
import { recordIn } from '#model/collections.ts';
import { chenOf, NODE } from '#model/derive/geometry.ts';
import type { Table } from '#model/types.ts';
import { type Face, faceOf } from '#paint/face.ts';
import { LAYERS } from '#paint/notation/line.ts';
import { type Ghost, ghostStore } from '#state/ghosts.ts';
import { Pill } from '#ui/Pill.tsx';
import { ChenBody } from './ChenBody.tsx';
import { drawGhosts, type GhostDrawing } from './ghost-drawing.ts';
import { keepInSight } from './ghost-view.ts';
import { BigName, fitting } from './NodeHead.tsx';
import { stage } from './stage.ts';
import { TableRow } from './TableRow.tsx';

interface GhostProps {
  readonly ghost: Ghost;
  readonly table: Table;
  readonly box: Rect;
  readonly drawing: GhostDrawing;
}

/** The name of a ghost, which a click makes a field. */
function Title({ ghost, name }: { readonly ghost: Ghost; readonly name: string }) {
  const [typed, setTyped] = useState<string>();
  if (typed === undefined) {
    return (
      <button
        type="button"
        className="title"
        tabIndex={-1}
        title={ghost.problem ?? `${name}: proposed. Click renames it`}
        data-wrong={ghost.problem !== undefined}
        onClick={() => setTyped(name)}
      >
        {name}
      </button>
    );
  }
  const done = (take: boolean) => {
    setTyped(undefined);
    if (take && typed.trim() !== '' && typed.trim() !== name) ghost.rename(typed.trim());
  };
  return (
    <input
      className="cell"
      aria-label={`Name of the proposed table ${name}`}
      // biome-ignore lint/a11y/noAutofocus: it was asked for by a click
      autoFocus
      spellCheck={false}
      autoComplete="off"
      value={typed}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => done(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') done(true);
        else if (event.key === 'Escape') done(false);
      }}
    />
  );
}

/** Carries a ghost with the pointer: the page is told each frame, who proposed it when it is let go. */
function useCarried(ghost: Ghost, box: Rect) {
  const element = useRef<HTMLDivElement>(null);
  const start = useRef<{ readonly x: number; readonly y: number; dx: number; dy: number }>(undefined);
  const down = (event: PointerEvent) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest('input, button') !== null)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, y: event.clientY, dx: 0, dy: 0 };
  };
  const move = (event: PointerEvent) => {
    const from = start.current;
    if (from === undefined || element.current === null) return;
    from.dx = (event.clientX - from.x) / stage.viewport.zoom;
    from.dy = (event.clientY - from.y) / stage.viewport.zoom;
    element.current.style.translate = `${from.dx}px ${from.dy}px`;
  };
  const up = () => {
    const from = start.current;
    start.current = undefined;
    if (from === undefined || Math.hypot(from.dx, from.dy) < 3) return;
    ghost.move({ x: Math.round((box.x + from.dx) / 4) * 4, y: Math.round((box.y + from.dy) / 4) * 4 });
  };
  // The new place has come: what was carried stands there by itself.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new place, and nothing else
  useEffect(() => {
    if (element.current !== null) element.current.style.translate = '';
  }, [box.x, box.y]);
  return { element, handlers: { onPointerDown: down, onPointerMove: move, onPointerUp: up, onPointerCancel: up } };
}

function Form({ ghost: { form } }: { readonly ghost: Ghost }) {
  return form === undefined ? null : (
    <Pill tone={form.tone} title={form.title}>
      {form.text}
    </Pill>
  );
}

function Rows({ ghost, table, face }: { readonly ghost: Ghost; readonly table: Table; readonly face: Face }) {
  return (
    <>
      <div className="head">
        <Title ghost={ghost} name={table.name} />
        <Form ghost={ghost} />
      </div>
      {face.keyRows === undefined ? null : (
        <div className="ghost-keyline" style={{ top: NODE.header + (face.keyRows === 0 ? 0.5 : face.keyRows) * NODE.row }} />
      )}
      {face.rows.map((row, at) => (
        <TableRow key={row.id} table={table.id} row={row} finding={undefined} gap={at === 0 && face.keyRows === 0} />
      ))}
      {face.more > 0 ? <div className="row quiet">{face.more} more</div> : null}
      {face.footer === undefined ? null : <div className="foot">{face.footer}</div>}
      <BigName name={table.name} />
    </>
  );
}

function GhostNode({ ghost, table, box, drawing }: GhostProps) {
  const face = faceOf(drawing.document, table);
  const figure = chenOf(drawing.document, table);
  const { element, handlers } = useCarried(ghost, box);
  const says = [`Proposed table ${table.name}`, ...face.rows.map((row) => `${row.name}${row.says === '' ? '' : ` ${row.says}`}`)];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table on a canvas is no fieldset
    <div
      ref={element}
      role="group"
      aria-roledescription="proposed table"
      aria-label={says.join(', ')}
      className="ghost-table"
      data-own=""
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      {...handlers}
    >
      <div
        className="tn"
        data-kind="ghost"
        data-notation={figure === undefined ? undefined : 'chen'}
        data-level={face.look.level}
        style={{ '--fit': fitting(table.name, box) } as React.CSSProperties}
      >
        {figure === undefined ? (
          <Rows ghost={ghost} table={table} face={face} />
        ) : (
          <ChenBody id={table.id} name={table.name} figure={figure} collapsed={false}>
            <Form ghost={ghost} />
          </ChenBody>
        )}
      </div>
    </div>
  );
}

/** Rows of the old table that would go, crossed out where they stand. */
function Leaving({ rows }: { readonly rows: readonly Rect[] }) {
  return rows.map((row) => (
    <div key={row.y} className="ghost-leaves" style={{ left: row.x, top: row.y, width: row.width, height: row.height }} />
  ));
}

/** Proposed tables among those that are there: dashed, with their keys and lines. Nothing else is drawn anew for them. */
export function GhostLayer() {
  const shown = useStore(ghostStore, (state) => state.shown);
  const drawing = useMemo(() => (shown === undefined ? undefined : drawGhosts(stage.scene, shown)), [shown]);
  const now = useRef(drawing);
  now.current = drawing;
  const of = shown?.of;
  // Another proposal is brought into sight; one that is only renamed or moved leaves the view alone.
  useEffect(() => (of === undefined ? undefined : keepInSight(() => now.current)), [of]);
  if (shown === undefined || drawing === undefined) return null;
  return (
    <>
      <svg className="canvas-edges ghost-lines" aria-hidden="true">
        <g>
          {LAYERS.map((layer) => (
            <path key={layer} className={layer} d={drawing.lines[layer]} />
          ))}
        </g>
      </svg>
      <Leaving rows={drawing.leaving} />
      {shown.ghosts.map((ghost, at) => {
        const table = recordIn(drawing.document, 'tables', ghost.id);
        const box = drawing.boxes.get(ghost.id);
        if (table === undefined || box === undefined) return null;
        // Ids are made anew with each plan; the place in it stays.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        return <GhostNode key={at} ghost={ghost} table={table} box={box} drawing={drawing} />;
      })}
    </>
  );
}
