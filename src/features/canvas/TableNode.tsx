import type { NodeProps } from '@xyflow/react';
import { Fragment, memo } from 'react';
import { useStore } from 'zustand';
import { recordIn } from '#model/collections.ts';
import type { Id, Table, View } from '#model/types.ts';
import { counted, type FaceRow, faceOf, viewLine } from '#paint/face.ts';
import { MARK_PATHS } from '#paint/marks.ts';
import { useDocumentState, useResults, useView } from '#state/hooks.ts';
import { Pill } from '#ui/Pill.tsx';
import { findingsByRecord, formBadge, type TableFindings } from './badges.ts';
import { CellEditor, TitleEditor } from './CellEditor.tsx';
import { editingStore } from './editing.ts';
import type { SceneNode } from './scene.ts';

const SIGN = { error: '●', warning: '▲', info: 'i' } as const;

function Row({ table, row, finding }: { readonly table: Id; readonly row: FaceRow; readonly finding: string | undefined }) {
  const selected = useView((view) => view.selection.some((ref) => ref.record === table && ref.part === row.id));
  const field = useStore(editingStore, ({ at }) => (at?.object === table && at.column === row.id ? at.field : undefined));
  const path = MARK_PATHS[row.mark];
  return (
    <div className="row" data-mark={row.mark} data-null={row.nullable} data-selected={selected} data-finding={finding}>
      <svg viewBox="0 0 16 16" data-mark={row.mark} aria-hidden="true">
        {path === '' ? null : <path d={path} />}
      </svg>
      {field === undefined ? (
        <>
          <span className="name" title={`${row.name}: ${row.says}`}>
            {row.name}
          </span>
          <span className="type" title={row.type}>
            {row.type}
          </span>
        </>
      ) : (
        <CellEditor table={table} column={row.id} field={field} />
      )}
    </div>
  );
}

function Badges({ id, findings }: { readonly id: Id; readonly findings: TableFindings | undefined }) {
  const verdict = useResults((results) => results.normalForms[id]);
  const badge = formBadge(verdict);
  return (
    <>
      {findings === undefined ? null : (
        <Pill
          tone={findings.worst === 'error' ? 'bad' : findings.worst === 'warning' ? 'warn' : 'plain'}
          title={counted(findings.count, 'finding')}
        >
          {SIGN[findings.worst]} {findings.count}
        </Pill>
      )}
      {badge === undefined ? null : (
        <Pill tone={badge.tone} title={badge.title}>
          {badge.text}
        </Pill>
      )}
    </>
  );
}

function useTitleEditing(id: Id): boolean {
  return useStore(editingStore, ({ at }) => at?.object === id && at.column === undefined);
}

const TableBody = memo(function TableBody({ id, collapsed }: { readonly id: Id; readonly collapsed: boolean }) {
  const face = useDocumentState(({ document }) => {
    const table = recordIn(document, 'tables', id);
    return table === undefined ? undefined : faceOf(document, table);
  });
  const name = useDocumentState(({ document }) => recordIn(document, 'tables', id)?.name ?? '');
  const findings = useResults((results) => findingsByRecord(results.findings).get(id));
  const editing = useTitleEditing(id);
  if (face === undefined) return null;
  return (
    <>
      <div className="head">
        {editing ? (
          <TitleEditor id={id} name={name} />
        ) : (
          <span className="title" title={name}>
            {name}
          </span>
        )}
        <Badges id={id} findings={findings} />
      </div>
      {collapsed ? null : face.rows.map((row) => <Row key={row.id} table={id} row={row} finding={findings?.parts.get(row.id)} />)}
      {!collapsed && face.columns === 0 ? <div className="row quiet">No columns yet: press Enter to add one</div> : null}
      {!collapsed && face.more > 0 ? <div className="row quiet">{face.more} more</div> : null}
      {!collapsed && face.footer !== undefined ? (
        <div className="foot" title={face.footer}>
          {face.footer}
        </div>
      ) : null}
      <BigName name={name} />
    </>
  );
});

/** The name alone, for when rows are too small to read: it may break after an underscore. */
function BigName({ name }: { readonly name: string }) {
  return (
    <div className="big">
      <span>
        {name.split(/(?<=_)/).map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other identity
          <Fragment key={at}>
            {part}
            <wbr />
          </Fragment>
        ))}
      </span>
    </div>
  );
}

/** Largest letters, in pixels, with which the longest part of a name fits its box. */
function fitting(name: string, width: number): string {
  const longest = Math.max(1, ...name.split(/(?<=_)/).map((part) => part.length));
  return `${Math.floor((width - 14) / (longest * 0.64))}px`;
}

function ViewBody({ view }: { readonly view: View }) {
  const editing = useTitleEditing(view.id);
  return (
    <>
      <div className="head">
        {editing ? (
          <TitleEditor id={view.id} name={view.name} />
        ) : (
          <span className="title" title={view.name}>
            {view.name}
          </span>
        )}
      </div>
      <div className="row quiet">{viewLine(view)}</div>
      <BigName name={view.name} />
    </>
  );
}

function spoken(node: SceneNode, columns: number, findings: number): string {
  const kind = node.kind === 'view' ? viewLine(node.record as View) : 'table';
  const name = (node.record as Table | View).name;
  const parts = [`${kind[0]?.toUpperCase()}${kind.slice(1)} ${name}`];
  if (node.kind === 'table') parts.push(counted(columns, 'column'));
  if (findings > 0) parts.push(counted(findings, 'finding'));
  return parts.join(', ');
}

/** A table or view as it stands on the canvas. */
export const TableNode = memo(function TableNode({ data }: NodeProps) {
  const node = data as unknown as SceneNode;
  const { id } = node;
  const selected = useView((view) => view.selection.some((ref) => ref.record === id));
  const focusable = useView((view) => view.selection.at(-1)?.record === id);
  const findings = useResults((results) => findingsByRecord(results.findings).get(id)?.count ?? 0);
  const columns = node.kind === 'table' ? (node.record as Table).columns.length : 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table on a canvas is no fieldset
    <div
      role="group"
      aria-roledescription={node.kind}
      aria-label={spoken(node, columns, findings)}
      className="tn"
      data-kind={node.kind}
      data-id={id}
      data-selected={selected}
      data-collapsed={node.collapsed}
      tabIndex={focusable ? 0 : -1}
      style={
        {
          '--tint': `var(--s${node.tint})`,
          '--fit': fitting((node.record as Table | View).name, node.box.width),
        } as React.CSSProperties
      }
    >
      {node.kind === 'view' ? <ViewBody view={node.record as View} /> : <TableBody id={id} collapsed={node.collapsed} />}
    </div>
  );
});
