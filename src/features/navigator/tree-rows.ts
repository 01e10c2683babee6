import { type FuzzyNeedle, fuzzyNeedle, fuzzyRanges, fuzzyScore, fuzzyText } from '#lib/fuzzy.ts';
import type { Ref } from '#model/types.ts';
import type { TreeNode } from './tree.ts';

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

/** A tree cut down to what matches; ancestors of matches stay, opened. */
interface Match {
  readonly node: TreeNode;
  readonly ranges: TreeRow['ranges'];
  readonly children: readonly Match[];
}

/** What a single letter, or scattered ones, would find far too many of. */
const PARTS: ReadonlySet<TreeNode['kind']> = new Set(['column', 'index', 'trigger']);

/** Whether `#` and the beginning of a tag was typed that it carries. */
function isTagged({ tags }: TreeNode, wanted: string): boolean {
  return wanted.startsWith('#') && tags?.some((tag) => tag.toLowerCase().startsWith(wanted.slice(1))) === true;
}

function filtered(nodes: readonly TreeNode[], needle: FuzzyNeedle): Match[] {
  return nodes.flatMap((node): Match[] => {
    // Found at both its ends under other names: relationships are looked for by the names of their tables.
    if (node.kind === 'relationship') return [];
    const text = node.kind === 'group' ? undefined : (node.text?.() ?? fuzzyText(node.label));
    const found = text !== undefined && fuzzyScore(needle, text) !== undefined;
    // A part must match closely: with a thousand tables nearly every scattered subsequence occurs somewhere.
    const close = found && (!PARTS.has(node.kind) || (needle.wanted.length > 1 && text.lower.includes(needle.wanted)));
    const worth = node.mentions === undefined || (needle.wanted.length > 1 && node.mentions(needle.wanted));
    const below = node.children === undefined || !worth ? [] : filtered(node.children(), needle);
    if (!close && below.length === 0 && !isTagged(node, needle.wanted)) return [];
    return [{ node, ranges: close && text !== undefined ? fuzzyRanges(needle, text) : [], children: below }];
  });
}

/**
 * The rows of the tree from top to bottom.
 * @param toggled keys of nodes that a person opened or closed, against how they come.
 * @param filter what was typed: only matches and their ancestors are shown then.
 */
export function rowsOf(nodes: readonly TreeNode[], toggled: ReadonlySet<string>, filter: string): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const needle = fuzzyNeedle(filter);
  if (needle.wanted !== '') {
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
    // Making the children of every table would cost the whole model.
    if (node.holds?.(ref) === false) continue;
    const below = node.children === undefined ? undefined : pathTo(node.children(), ref);
    if (below !== undefined) return [node.key, ...below];
  }
  return undefined;
}
