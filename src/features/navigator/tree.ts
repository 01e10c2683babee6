import { fuzzyMatch } from '#lib/fuzzy.ts';
import { columnsOf } from '#model/derive/columns.ts';
import { linksOf } from '#model/derive/links.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Document, Id, Ref } from '#model/types.ts';
import type { IconName } from '#ui/icons.ts';

/** One thing of the tree before it is laid out in rows. */
export interface TreeNode {
  /** Unique in the tree and stable between edits. */
  readonly key: string;
  readonly label: string;
  /** What it stands for; groups stand for nothing. */
  readonly ref?: Ref;
  readonly kind: 'schema' | 'group' | 'table' | 'column' | 'view' | 'type' | 'sequence' | 'routine' | 'trigger' | 'area' | 'note';
  readonly icon?: IconName;
  /** Quiet text at the right end. */
  readonly hint?: string;
  /** Index of the tint of its schema. */
  readonly tint?: number;
  /** Made when needed: most tables stay closed. */
  readonly children?: () => readonly TreeNode[];
  readonly open?: boolean;
}

export interface TreeRow {
  readonly node: TreeNode;
  /** From 1. */
  readonly level: number;
  readonly position: number;
  readonly setSize: number;
  readonly parent?: string;
  readonly expanded?: boolean;
  /** Matched ranges of the label. */
  readonly ranges: readonly (readonly [number, number])[];
}

const TINTS = 6;

const { compare } = new Intl.Collator('en', { numeric: true });

const byName = <T extends { readonly name: string }>(records: readonly T[]): T[] =>
  records.toSorted((a, b) => compare(a.name, b.name));

function columnNodes(document: Document, id: Id): TreeNode[] {
  const table = document.tables[id];
  if (table === undefined) return [];
  const primary = new Set(table.keys.find((key) => key.kind === 'primary')?.columns ?? []);
  const foreign = new Set((linksOf(document).byChild.get(id) ?? []).flatMap((one) => one.childColumns));
  return columnsOf(document, table).map((column) => ({
    key: `${id}/${column.id}`,
    label: column.name,
    kind: 'column' as const,
    ref: { record: id, part: column.id },
    hint: typeName(document, column.type),
    ...(primary.has(column.id) ? { icon: 'KeyRound' as const } : foreign.has(column.id) ? { icon: 'Link' as const } : {}),
  }));
}

function triggerNodes(document: Document, on: Id): TreeNode[] {
  return byName(Object.values(document.triggers).filter((one) => one.on === on)).map((one) => ({
    key: one.id,
    label: one.name,
    kind: 'trigger' as const,
    icon: 'Zap' as const,
    ref: { record: one.id },
    hint: 'trigger',
  }));
}

function relationNodes(document: Document, schema: Id): TreeNode[] {
  const tables = Object.values(document.tables).filter((table) => table.schema === schema);
  const views = Object.values(document.views).filter((view) => view.schema === schema);
  const triggered = new Set(Object.values(document.triggers).map((one) => one.on));
  return byName([...tables, ...views]).map((one): TreeNode => {
    if ('query' in one) {
      const triggers = triggered.has(one.id) ? { children: () => triggerNodes(document, one.id) } : {};
      const hint = one.materialized === true ? 'materialized' : 'view';
      return { key: one.id, label: one.name, kind: 'view', icon: 'Eye', ref: { record: one.id }, hint, ...triggers };
    }
    const children = () => [...columnNodes(document, one.id), ...(triggered.has(one.id) ? triggerNodes(document, one.id) : [])];
    return { key: one.id, label: one.name, kind: 'table', ref: { record: one.id }, children };
  });
}

function schemaNodes(document: Document): TreeNode[] {
  const all = Object.values(document.schemas);
  const tint = new Map(all.map((schema, at) => [schema.id, at % TINTS]));
  const used = new Set([...Object.values(document.tables), ...Object.values(document.views)].map((one) => one.schema));
  // `public` stands there by itself: where a design has schemas of its own and leaves it empty, it says nothing.
  const shown = all.filter((schema) => schema.implicit !== true || used.has(schema.id) || used.size === 0);
  return byName(shown).map((schema) => ({
    key: schema.id,
    label: schema.name,
    kind: 'schema' as const,
    ref: { record: schema.id },
    tint: tint.get(schema.id) ?? 0,
    open: true,
    children: () => relationNodes(document, schema.id),
  }));
}

interface Kept {
  readonly id: Id;
  readonly name: string;
  readonly schema?: Id;
}

function group<T extends Kept>(
  document: Document,
  label: string,
  records: readonly T[],
  node: (record: T) => Pick<TreeNode, 'kind' | 'icon' | 'hint'>,
  open = false,
): TreeNode[] {
  if (records.length === 0) return [];
  const several = new Set(records.map((one) => one.schema)).size > 1;
  const name = (one: T) =>
    several && one.schema !== undefined ? `${document.schemas[one.schema]?.name ?? '?'}.${one.name}` : one.name;
  return [
    {
      key: `group ${label}`,
      label,
      kind: 'group',
      open,
      children: () =>
        records
          .map((one) => ({ key: one.id, label: name(one), ref: { record: one.id }, ...node(one) }))
          .toSorted((a, b) => compare(a.label, b.label)),
    },
  ];
}

/** The document as a tree: schemas with their tables and views, then what is kept beside them, then what is only drawn. */
export function treeOf(document: Document): readonly TreeNode[] {
  const notes = Object.values(document.notes).map((note) => ({
    id: note.id,
    name: note.text.split('\n', 1)[0]?.trim() || 'Empty note',
  }));
  return [
    ...schemaNodes(document),
    ...group(document, 'Types', Object.values(document.types), (type) => ({ kind: 'type', icon: 'Tag', hint: type.kind }), true),
    ...group(document, 'Sequences', Object.values(document.sequences), () => ({ kind: 'sequence', icon: 'ListOrdered' })),
    ...group(document, 'Routines', Object.values(document.routines), (one) => ({
      kind: 'routine',
      icon: 'SquareFunction',
      hint: one.kind,
    })),
    ...group(document, 'Areas', Object.values(document.areas), () => ({ kind: 'area', icon: 'Frame' })),
    ...group(document, 'Notes', notes, () => ({ kind: 'note', icon: 'StickyNote' })),
  ];
}

/** A tree cut down to what matches; ancestors of matches stay, opened. */
interface Match {
  readonly node: TreeNode;
  readonly ranges: TreeRow['ranges'];
  readonly children: readonly Match[];
  readonly hit: boolean;
}

function filtered(nodes: readonly TreeNode[], needle: string): Match[] {
  return nodes.flatMap((node): Match[] => {
    const own = node.kind === 'group' ? undefined : fuzzyMatch(needle, node.label);
    // A column must match closely: with a thousand tables nearly every scattered subsequence occurs somewhere.
    const close = own !== undefined && (node.kind !== 'column' || node.label.toLowerCase().includes(needle.toLowerCase()));
    const children = node.children === undefined ? [] : filtered(node.children(), needle);
    if (!close && children.length === 0) return [];
    return [{ node, ranges: close ? (own?.ranges ?? []) : [], children, hit: close }];
  });
}

/**
 * The rows of the tree from top to bottom.
 * @param toggled keys of nodes that a person opened or closed, against how they come.
 * @param filter what was typed: only matches and their ancestors are shown then.
 */
export function rowsOf(nodes: readonly TreeNode[], toggled: ReadonlySet<string>, filter: string): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const needle = filter.trim();
  if (needle !== '') {
    const walk = (matches: readonly Match[], level: number, parent?: string) => {
      matches.forEach(({ node, ranges, children }, at) => {
        const place = {
          node,
          level,
          position: at + 1,
          setSize: matches.length,
          ranges,
          ...(parent === undefined ? {} : { parent }),
        };
        const expanded = children.length > 0 !== toggled.has(node.key);
        rows.push(node.children === undefined ? place : { ...place, expanded: expanded && children.length > 0 });
        if (expanded) walk(children, level + 1, node.key);
      });
    };
    walk(filtered(nodes, needle), 1);
    return rows;
  }
  const walk = (list: readonly TreeNode[], level: number, parent?: string) => {
    list.forEach((node, at) => {
      const place = {
        node,
        level,
        position: at + 1,
        setSize: list.length,
        ranges: [],
        ...(parent === undefined ? {} : { parent }),
      };
      if (node.children === undefined) {
        rows.push(place);
        return;
      }
      const expanded = (node.open === true) !== toggled.has(node.key);
      rows.push({ ...place, expanded });
      if (expanded) walk(node.children(), level + 1, node.key);
    });
  };
  walk(nodes, 1);
  return rows;
}

/** Keys of the nodes above one, outermost first; undefined when it is not in the tree. */
export function pathTo(nodes: readonly TreeNode[], ref: Ref): readonly string[] | undefined {
  for (const node of nodes) {
    if (node.ref?.record === ref.record && node.ref.part === ref.part) return [node.key];
    // Children of a table are its parts and triggers: opening others would cost the whole model.
    if (node.kind === 'table' && node.ref?.record !== ref.record && ref.part !== undefined) continue;
    const below = node.children === undefined ? undefined : pathTo(node.children(), ref);
    if (below !== undefined) return [node.key, ...below];
  }
  return undefined;
}
