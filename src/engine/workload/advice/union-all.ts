import { isAggregated } from '../terms.ts';
import type { Core, Expr, Query, SetOperation } from '../tree.ts';
import type { Advice } from './advice.ts';
import type { Block } from './blocks.ts';
import { parts, type QueryRead } from './read.ts';

/** What a column of an arm is in every row, when that is a literal. */
function constantAt(q: QueryRead, block: Block, core: Core, at: number): string | undefined {
  const of = core.items[at]?.of;
  if (of === undefined) return undefined;
  if (of.is === 'literal' && of.type !== 'null') return `${of.type}:${of.text}`;
  const column = q.own(block, of);
  if (column === undefined || column.source.outer) return undefined;
  for (const one of parts(block.where)) {
    if (one.is !== 'binary' || one.op !== '=') continue;
    const sides = [
      [one.left, one.right],
      [one.right, one.left],
    ] as const;
    for (const [side, value] of sides) {
      const same = q.own(block, side);
      if (same?.source === column.source && same.column === column.column && value.is === 'literal' && value.type !== 'null')
        return `${value.type}:${value.text}`;
    }
  }
  return undefined;
}

/** Literals that are certain to differ, whatever the collation. */
function differ(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined || a.split(':')[0] !== b.split(':')[0]) return false;
  const plain = (text: string) =>
    text
      .normalize('NFKD')
      .replaceAll(/[^a-z0-9:.-]/gi, '')
      .toLowerCase();
  if (a.startsWith('number:')) return Number(a.slice(7)) !== Number(b.slice(7));
  return plain(a) !== plain(b);
}

/** Whether an arm gives no row twice: one table with a key of it, or DISTINCT. */
function givesEachOnce(q: QueryRead, block: Block, core: Core): boolean {
  if (core.distinct === true) return true;
  const [source] = block.sources;
  if (block.sources.length !== 1 || source?.table === undefined || core.group.length > 0) return false;
  if (core.items.some((item) => item.of !== undefined && isAggregated(item.of))) return false;
  const given = new Set<string>();
  for (const item of core.items) {
    if (item.star !== undefined) for (const one of source.columns) given.add(one.id);
    const column = item.of === undefined ? undefined : q.own(block, item.of);
    if (column !== undefined) given.add(column.column.id);
  }
  return q.keys(source.table).some((key) => key.every((id) => given.has(id)));
}

function unions(query: Query, into: SetOperation[]): void {
  if (query.body.is !== 'set') return;
  into.push(query.body);
  unions(query.body.left, into);
  unions(query.body.right, into);
}

/** UNION, which sorts or hashes all rows for doubles, of arms that cannot have any. */
export function unionAll(q: QueryRead): readonly Advice[] {
  if (q.statement.is !== 'select' || !q.sound) return [];
  const found: SetOperation[] = [];
  unions(q.statement.query, found);
  const [only] = found;
  if (only === undefined || found.length > 1 || only.op !== 'union' || only.all) return [];
  const { left, right } = only;
  if (left.body.is !== 'core' || right.body.is !== 'core') return [];
  const [a, b] = [left.body, right.body];
  const [first, second] = [a, b].map((core) => q.blocks.find((block) => block.core === core));
  if (first === undefined || second === undefined || a.items.length !== b.items.length) return [];
  const at = a.items.findIndex((_, i) => differ(constantAt(q, first, a, i), constantAt(q, second, b, i)));
  if (at < 0 || a.items.slice(0, at + 1).some((item) => item.star !== undefined)) return [];
  if (!givesEachOnce(q, first, a) || !givesEachOnce(q, second, b)) return [];
  const word = wordBetween(q, a, b);
  const name = (of: Expr | undefined) => (of === undefined ? `column ${at + 1}` : q.said(of));
  return [
    {
      at: word ?? only.at,
      what: `${q.query.name} looks for rows that both sides of UNION give; there are none.`,
      evidence: [
        `Column ${at + 1} (${name(a.items[at]?.of)}) has one value on the left and another on the right, and a key keeps each side free of doubles.`,
      ],
      ...(word === undefined
        ? {}
        : { rewrite: { edits: [{ start: word.end, end: word.end, text: ' ALL' }], equal: true, conditions: [] } }),
    },
  ];
}

function wordBetween(q: QueryRead, a: Core, b: Core): { readonly start: number; readonly end: number } | undefined {
  for (let at = b.at.start; ; ) {
    const token = q.tokens.before(at);
    if (token === undefined || token.start < a.at.start) return undefined;
    if (token.word === 'UNION') return token;
    if (token.word === 'DISTINCT') return undefined;
    at = token.start;
  }
}
