import { type MouseEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { Ref } from '#model/types.ts';
import { documentStore } from '#state/document.ts';
import { useDocumentState, useResults, useView } from '#state/hooks.ts';
import { nameToEdit } from '#state/rename.ts';
import { reveal, sameRef, select, toggleSelected, viewStore } from '#state/view.ts';
import { formHint, problemsByKey } from './badges.ts';
import type { TreeNode } from './tree.ts';
import { pathTo, type TreeRow } from './tree-rows.ts';
import type { TreeKeys } from './use-tree-keys.ts';

export interface ModelTreeProps {
  readonly rows: readonly TreeRow[];
  readonly nodes: readonly TreeNode[];
  readonly toggled: ReadonlySet<string>;
  readonly onToggled: (toggled: ReadonlySet<string>) => void;
  /** Key of the node whose name is being edited. */
  readonly renaming: string | undefined;
  readonly onRenaming: (key: string | undefined) => void;
  readonly filtering: boolean;
}

const COARSE = typeof matchMedia === 'function' && matchMedia('(pointer: coarse)').matches;

/** Height of a row in pixels: fingers need more room. */
export const ROW_HEIGHT = COARSE ? 38 : 26;

const CANVAS_NAMES = new Set(['table', 'entity', 'column', 'view', 'area', 'note']);

/** Opens what is closed above a ref, so that its row exists. */
function opened(nodes: readonly TreeNode[], toggled: ReadonlySet<string>, ref: Ref): ReadonlySet<string> {
  const path = pathTo(nodes, ref)?.slice(0, -1) ?? [];
  const next = new Set(toggled);
  let level = nodes;
  for (const key of path) {
    const node = level.find((one) => one.key === key);
    if ((node?.open === true) === next.has(key)) {
      if (node?.open === true) next.delete(key);
      else next.add(key);
    }
    level = node?.children?.() ?? [];
  }
  return next;
}

/** Follows the other panes: what they reveal is opened here, what they ask to rename is edited here if only we show it. */
function useWishes({ nodes, toggled, onToggled, onRenaming, filtering }: ModelTreeProps, onShow: (ref: Ref) => void): void {
  const wish = useView((state) => state.reveal);
  const rename = useView((state) => state.rename);
  const seen = useRef({ reveal: wish?.serial, rename: rename?.serial });
  useEffect(() => {
    if (wish === undefined || wish.serial === seen.current.reveal) return;
    seen.current.reveal = wish.serial;
    if (!filtering) onToggled(opened(nodes, toggled, wish.ref));
    onShow(wish.ref);
  }, [wish, nodes, toggled, onToggled, onShow, filtering]);
  useEffect(() => {
    if (rename === undefined || rename.serial === seen.current.rename) return;
    seen.current.rename = rename.serial;
    const path = pathTo(nodes, rename.ref);
    const key = path?.at(-1);
    if (key === undefined) return;
    const kind = kindOf(nodes, path ?? []);
    if (kind !== undefined && CANVAS_NAMES.has(kind)) return;
    onToggled(opened(nodes, toggled, rename.ref));
    onRenaming(key);
  }, [rename, nodes, toggled, onToggled, onRenaming]);
}

function kindOf(nodes: readonly TreeNode[], path: readonly string[]): TreeNode['kind'] | undefined {
  let level = nodes;
  let node: TreeNode | undefined;
  for (const key of path) {
    node = level.find((one) => one.key === key);
    level = node?.children?.() ?? [];
  }
  return node?.kind;
}

/** Which row has the keyboard's attention, and the moves that change the selection with it. */
function useActive(rows: readonly TreeRow[], scrollTo: (index: number) => void) {
  const selection = useView((state) => state.selection);
  // Where the keyboard went, as long as nobody else selects something.
  const [kept, setKept] = useState<{ readonly key: string | undefined; readonly selection: readonly Ref[] } | undefined>();
  const last = selection.at(-1);
  const moved = kept?.selection === selection ? rows.findIndex((row) => row.node.key === kept.key) : -1;
  const selected = last === undefined ? -1 : rows.findIndex((row) => row.node.ref !== undefined && sameRef(row.node.ref, last));
  const active =
    moved >= 0
      ? moved
      : selected >= 0
        ? selected
        : Math.max(
            0,
            rows.findIndex((row) => row.node.key === kept?.key),
          );
  const setKey = (key: string | undefined) => setKept({ key, selection: viewStore.getState().selection });
  const move = (to: number, how: 'select' | 'extend' | 'only') => {
    const row = rows[to];
    if (row === undefined) return;
    scrollTo(to);
    const { ref } = row.node;
    if (ref !== undefined && how === 'select') select([ref]);
    else if (ref !== undefined && how === 'extend' && !selection.some((one) => sameRef(one, ref))) select([...selection, ref]);
    setKey(row.node.key);
  };
  return { active, selection, move, setKey };
}

/** Badges of a row: a table that is closed tells of its columns too. */
export function useBadges() {
  const findings = useResults((state) => state.findings);
  const verdicts = useResults((state) => state.normalForms);
  const problems = useMemo(() => problemsByKey(findings), [findings]);
  return (row: TreeRow) => {
    const { node } = row;
    const at =
      node.ref === undefined
        ? undefined
        : problems.get(node.ref.part === undefined ? node.ref.record : `${node.ref.record}/${node.ref.part}`);
    const form = node.kind === 'table' && node.ref !== undefined ? formHint(verdicts, node.ref.record) : undefined;
    return { problems: node.kind === 'schema' ? undefined : at, hint: form ?? node.hint ?? countHint(node) };
  };
}

function countHint(node: TreeNode): string | undefined {
  return node.kind === 'schema' || node.kind === 'group' ? String(node.children?.().length ?? 0) : undefined;
}

export interface ModelTree {
  /** Index of the row that has the keyboard's attention. */
  readonly active: number;
  readonly selection: readonly Ref[];
  /** The row a menu was opened on. */
  readonly menuRow: TreeRow | undefined;
  readonly toggle: (row: TreeRow) => void;
  readonly rename: (node: TreeNode) => void;
  readonly onClick: (event: MouseEvent) => void;
  readonly onDoubleClick: (event: MouseEvent) => void;
  readonly onContextMenu: (event: MouseEvent) => void;
  readonly keys: (page: number, onMenu: TreeKeys['onMenu']) => TreeKeys;
}

function rowAt(rows: readonly TreeRow[], event: MouseEvent): number {
  const key = event.target instanceof Element ? event.target.closest('[data-key]')?.getAttribute('data-key') : undefined;
  return rows.findIndex((row) => row.node.key === key);
}

/** What a click on a row means, with Shift a range and with mod one more. */
function pick(rows: readonly TreeRow[], active: number, at: number, event: MouseEvent, ref: Ref): void {
  if (event.shiftKey) {
    const range = rows.slice(Math.min(active, at), Math.max(active, at) + 1);
    select(range.flatMap((one) => one.node.ref ?? []));
  } else if (event.ctrlKey || event.metaKey) toggleSelected(ref);
  else reveal(ref, 'navigator');
}

/** Everything the tree knows and does, apart from drawing. @param scrollTo brings a row into view. */
export function useModelTree(props: ModelTreeProps, scrollTo: RefObject<(index: number) => void>): ModelTree {
  const { rows, toggled, onToggled, onRenaming } = props;
  const [menuRow, setMenuRow] = useState<TreeRow | undefined>();
  const [shown, setShown] = useState<Ref | undefined>();
  const readOnly = useDocumentState((state) => state.readOnly !== undefined);
  const { active, selection, move, setKey } = useActive(rows, (index) => scrollTo.current(index));
  useWishes(props, setShown);
  useEffect(() => {
    const at = shown === undefined ? -1 : rows.findIndex((row) => row.node.ref !== undefined && sameRef(row.node.ref, shown));
    if (at < 0) return;
    setShown(undefined);
    setKey(rows[at]?.node.key);
    scrollTo.current(at);
  }, [shown, rows, setKey, scrollTo]);

  const toggle = (row: TreeRow) => {
    const next = new Set(toggled);
    if (!next.delete(row.node.key)) next.add(row.node.key);
    onToggled(next);
  };
  const rename = (node: TreeNode) => {
    if (readOnly || node.ref === undefined) return;
    if (nameToEdit(documentStore.getState().document, node.ref) !== undefined) onRenaming(node.key);
  };
  const expandSiblings = ({ parent }: TreeRow) => {
    const closed = rows.filter((row) => row.parent === parent && row.expanded === false).map((row) => row.node);
    const next = new Set(toggled);
    for (const node of closed) if (!next.delete(node.key)) next.add(node.key);
    onToggled(next);
  };
  return {
    active,
    selection,
    menuRow,
    toggle,
    rename,
    onClick(event) {
      const at = rowAt(rows, event);
      const row = rows[at];
      if (row === undefined) return;
      if (row.node.ref === undefined) toggle(row);
      else pick(rows, active, at, event, row.node.ref);
      setKey(row.node.key);
    },
    onDoubleClick(event) {
      const row = rows[rowAt(rows, event)];
      if (row !== undefined) rename(row.node);
    },
    onContextMenu(event) {
      const row = rows[rowAt(rows, event)];
      setMenuRow(row);
      if (row === undefined) return;
      const { ref } = row.node;
      if (ref !== undefined && !selection.some((one) => sameRef(one, ref))) select([ref]);
      setKey(row.node.key);
    },
    keys: (page, onMenu) => ({
      rows,
      active,
      page,
      onMove: move,
      onToggle: toggle,
      onReveal: ({ node }) => node.ref !== undefined && reveal(node.ref, 'navigator'),
      onPick: ({ node }) => node.ref !== undefined && toggleSelected(node.ref),
      onRename: ({ node }) => rename(node),
      onMenu,
      onExpandSiblings: expandSiblings,
    }),
  };
}
