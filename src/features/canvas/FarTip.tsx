import { useEffect, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { formBadge } from '#engine/normalize/verdict-text.ts';
import { lensStore } from '#features/lens/index.ts';
import { recordIn } from '#model/collections.ts';
import type { Id, Table, View } from '#model/types.ts';
import { counted, viewLine } from '#paint/face.ts';
import { useResults, useView } from '#state/hooks.ts';
import { findingsByRecord } from './badges.ts';
import type { SceneNode } from './scene.ts';
import { detailSaid, linksSaid, relationshipSaid, spoken } from './spoken.ts';
import { stage } from './stage.ts';

const DELAY_MS = 200;

function subscribe(changed: () => void): () => void {
  const offs = [stage.on('view', changed), stage.on('mode', changed), stage.on('scene', changed), stage.on('moving', changed)];
  return () => {
    for (const off of offs) off();
  };
}

/** The table or view, not a note, of this id. */
function nodeOf(id: Id | undefined): SceneNode | undefined {
  const node = id === undefined ? undefined : stage.scene.nodes.get(id);
  return node?.kind === 'note' ? undefined : node;
}

/** What is under the pointer once it rests there. */
function useRested(id: Id | undefined): Id | undefined {
  const [rested, setRested] = useState<Id | undefined>();
  useEffect(() => {
    const timer = setTimeout(() => setRested(id), id === undefined ? 0 : DELAY_MS);
    return () => clearTimeout(timer);
  }, [id]);
  return rested === id ? rested : undefined;
}

/** Where the card stands: beside the box, within the canvas. */
function placeOf({ box }: SceneNode): { left: number; top: number } {
  const { x, y, zoom } = stage.viewport;
  const right = (box.x + box.width) * zoom + x + 8;
  const left = right + WIDTH > stage.screen.width ? box.x * zoom + x - WIDTH - 8 : right;
  const top = Math.min(box.y * zoom + y, stage.screen.height - 120);
  return { left: Math.max(8, left), top: Math.max(8, top) };
}

const WIDTH = 232;

function Card({ node }: { readonly node: SceneNode }) {
  useSyncExternalStore(subscribe, () => stage.viewport);
  const found = useResults((results) => findingsByRecord(results.findings).get(node.id));
  const verdict = useResults((results) => results.normalForms[node.id]);
  const form = formBadge(verdict);
  const record = node.record as Table | View;
  const kind = 'query' in record ? viewLine(record) : counted(record.columns.length, 'column');
  const links = linksSaid(stage.scene.document, node.id);
  return (
    <div
      role="tooltip"
      className="pointer-events-none absolute z-9 rounded-md border border-line bg-raised px-2.5 py-1.5 text-xs leading-[18px] shadow-pop"
      style={{ ...placeOf(node), width: WIDTH }}
    >
      <p className="break-words font-semibold text-[13px]">{record.name}</p>
      <p className="text-ink-2">{form === undefined ? kind : `${kind} · ${form.text}`}</p>
      {links === '' ? null : <p className="text-ink-2">{links}</p>}
      {found === undefined ? null : (
        <p className={found.worst === 'error' ? 'text-bad' : found.worst === 'warning' ? 'text-warn' : 'text-ink-2'}>
          {counted(found.count, 'finding')}
        </p>
      )}
    </div>
  );
}

/** A table in the far view: all that a node of the page would say. */
function nodeSaid(node: SceneNode, findings: number, reading: string | undefined): string {
  if (node.kind !== 'table') return spoken(node, 0, findings, reading);
  const table = node.record as Table;
  const brief = spoken(node, table.columns.length, findings, reading);
  return node.look.level === 'conceptual' ? brief : `${brief}, ${detailSaid(stage.scene.document, table)}`;
}

/** A relationship or an area: drawn at any zoom, an element of the page at none. */
function drawnSaid(id: Id | undefined): string {
  if (id === undefined) return '';
  const { document } = stage.scene;
  const one = recordIn(document, 'relationships', id);
  if (one !== undefined) return relationshipSaid(document, one);
  const area = recordIn(document, 'areas', id);
  return area === undefined ? '' : `Area ${area.name}`;
}

/**
 * In the far view no table is an element of the page: what is under the pointer, or what keys have gone to, says itself here,
 * to eyes where names are too small to read, and aloud.
 */
export function FarTip() {
  const far = useSyncExternalStore(subscribe, () => stage.far);
  const small = useSyncExternalStore(subscribe, () => stage.far && !stage.showsRows && stage.moving.size === 0);
  const hovered = useRested(useView((view) => view.hovered));
  const selected = useView(({ selection }) => (selection.length === 1 ? selection[0]?.record : undefined));
  const readings = useStore(lensStore, (state) => state.readings);
  const findings = useResults((results) => results.findings);
  const chosen = far ? nodeOf(selected) : undefined;
  const shown = small ? (nodeOf(hovered) ?? chosen) : undefined;
  const count = chosen === undefined ? 0 : (findingsByRecord(findings).get(chosen.id)?.count ?? 0);
  const reading = chosen === undefined ? undefined : readings.get(chosen.id)?.says;
  const said = chosen === undefined ? drawnSaid(selected) : nodeSaid(chosen, count, reading);
  return (
    <>
      <p role="status" className="sr-only">
        {said}
      </p>
      {shown === undefined ? null : <Card node={shown} />}
    </>
  );
}
