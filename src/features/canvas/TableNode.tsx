import './lifted.css';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useStore } from 'zustand';
import { recordIn } from '#model/collections.ts';
import type { Table, View } from '#model/types.ts';
import { viewLine } from '#paint/face.ts';
import { tintColour } from '#paint/tints.ts';
import { useResults, useView } from '#state/hooks.ts';
import { pathStore } from '#state/query-path.ts';
import { findingsByRecord } from './badges.ts';
import { GhostTab } from './GhostTab.tsx';
import { LiftedRow } from './LiftedRow.tsx';
import { BigName, fitting, NodeHead } from './NodeHead.tsx';
import type { SceneNode } from './scene.ts';
import { detailSaid, spoken } from './spoken.ts';
import { TableBody } from './TableBody.tsx';
import { toneOf, useReading } from './use-reading.ts';
import { useSeen } from './use-seen.ts';

function ViewBody({ view }: { readonly view: View }) {
  return (
    <>
      <NodeHead id={view.id} name={view.name} />
      <div className="row quiet">{viewLine(view)}</div>
      <BigName name={view.name} />
    </>
  );
}

/** A table or view as it stands on the canvas. */
export const TableNode = memo(function TableNode({ data }: NodeProps) {
  const node = data as unknown as SceneNode;
  const { id } = node;
  const selected = useView((view) => view.selection.some((ref) => ref.record === id));
  const focusable = useView((view) => view.selection.at(-1)?.record === id);
  const findings = useResults((results) => findingsByRecord(results.findings).get(id)?.count ?? 0);
  const reading = useReading(id);
  const onPath = useStore(pathStore, ({ path }) => path?.tables.has(id));
  // Only of the table that keys have gone to: the others say no more than one needs to choose among them.
  const detail = useSeen((document) => {
    const table = focusable ? recordIn(document, 'tables', id) : undefined;
    return table === undefined || node.look.level === 'conceptual' ? '' : detailSaid(document, table);
  });
  const columns = node.kind === 'table' ? (node.record as Table).columns.length : 0;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a table on a canvas is no fieldset */}
      <div
        role="group"
        aria-roledescription={node.kind}
        aria-label={[spoken(node, columns, findings, reading?.says), detail].filter((part) => part !== '').join(', ')}
        className="tn"
        data-kind={node.kind}
        data-id={id}
        data-selected={selected}
        data-collapsed={node.collapsed}
        data-notation={node.kind === 'table' ? node.look.notation : undefined}
        data-level={node.look.level}
        data-tone={toneOf(reading)}
        data-path={onPath}
        tabIndex={focusable ? 0 : -1}
        style={
          {
            '--schema': tintColour(node.tint),
            '--fit': fitting((node.record as Table | View).name, node.box),
          } as React.CSSProperties
        }
      >
        {node.kind === 'view' ? <ViewBody view={node.record as View} /> : <TableBody id={id} collapsed={node.collapsed} />}
      </div>
      {node.kind === 'table' && !node.collapsed ? (
        <>
          <LiftedRow id={id} height={node.box.height} />
          <GhostTab id={id} name={(node.record as Table).name} />
        </>
      ) : null}
    </>
  );
});
