import { hasWindow, isAggregated } from '../terms.ts';
import type { Core, Expr, From } from '../tree.ts';
import type { Advice, Rewrite } from './advice.ts';
import type { Block, Source } from './blocks.ts';
import { fromEnd, whereSpot } from './clauses.ts';
import { parts, type QueryRead } from './read.ts';

/** The conditions of inner joins of plain tables; undefined for anything else in FROM. */
function conditionsOf(from: From): readonly Expr[] | undefined {
  if (from.is === 'table') return [];
  if (from.is !== 'join' || from.kind !== 'inner' || from.on === undefined) return undefined;
  const [left, right] = [conditionsOf(from.left), conditionsOf(from.right)];
  return left === undefined || right === undefined ? undefined : [...left, ...right, ...parts(from.on)];
}

/** Whether what the items give of a source tells its rows apart. */
function givesKey(q: QueryRead, block: Block, core: Core, source: Source): boolean {
  if (source.table === undefined) return false;
  const given = new Set<string>();
  for (const item of core.items) {
    if (item.star !== undefined) {
      const name = item.star.at(-1)?.name;
      if (name === undefined || q.names.key(name) === q.names.key(source.name)) for (const one of source.columns) given.add(one.id);
    }
    const column = item.of === undefined ? undefined : q.own(block, item.of);
    if (column?.source === source) given.add(column.column.id);
  }
  return q.keys(source.table).some((key) => key.every((id) => given.has(id)));
}

/** Whether each row of the other source meets at most one of this: all of a key of it is compared with the other. */
function meetsOne(q: QueryRead, block: Block, source: Source, on: readonly Expr[]): boolean {
  if (source.table === undefined) return false;
  const compared = new Set(
    on.flatMap((one) =>
      one.is !== 'binary' || one.op !== '='
        ? []
        : [[one.left, one.right] as const, [one.right, one.left] as const].flatMap(([side, other]) => {
            const column = q.own(block, side);
            const others = q.sourcesIn(block, other);
            return column?.source === source && others !== undefined && !others.has(source) ? [column.column.id] : [];
          }),
    ),
  );
  return q.keys(source.table).some((key) => key.every((id) => compared.has(id)));
}

function dropWord(q: QueryRead, core: Core): { readonly start: number; readonly end: number } | undefined {
  const first = core.items[0];
  const word = first === undefined ? undefined : q.tokens.before(first.at.start);
  return word?.word === 'DISTINCT' ? { start: word.start, end: first?.at.start ?? word.end } : undefined;
}

/** `FROM a JOIN b ON c WHERE w` as `FROM a WHERE EXISTS (SELECT 1 FROM b WHERE c AND …)`. */
function asExists(q: QueryRead, block: Block, core: Core, main: Source, other: Source, on: readonly Expr[]): Rewrite | undefined {
  const drop = dropWord(q, core);
  const end = fromEnd(q, core);
  const [from] = core.from;
  if (drop === undefined || end === undefined || from === undefined) return undefined;
  const where = whereSpot(q, core);
  const conditions = parts(core.where);
  const within: Expr[] = [];
  const outside: Expr[] = [];
  for (const one of conditions) {
    const looks = q.sourcesIn(block, one);
    if (looks === undefined) return undefined;
    (looks.has(other) ? within : outside).push(one);
  }
  const text = (source: Source) => tableText(q, source);
  const inner = [...on, ...within].map((one) => q.part(one)).join(' AND ');
  if (inner === '') return undefined;
  const exists = `EXISTS (SELECT 1 FROM ${text(other)} WHERE ${inner})`;
  const all = [...outside.map((one) => q.part(one)), exists].join(' AND ');
  const stop = where?.end ?? end;
  const keyed = givesKey(q, block, core, main);
  return {
    edits: [
      ...(keyed ? [{ ...drop, text: '' }] : []),
      { start: q.tokens.balanced(from.at).start, end: stop, text: `${text(main)} WHERE ${all}` },
    ],
    equal: true,
    conditions: keyed ? [] : ['DISTINCT stays: what is asked for does not tell the rows apart.'],
  };
}

/** A table with its alias. */
function tableText(q: QueryRead, source: Source): string {
  const alias = source.from.is === 'table' ? source.from.alias : undefined;
  const name = q.said(source.from);
  return alias === undefined ? name : `${name} ${q.sql.slice(alias.at.start, alias.at.end)}`;
}

function single(q: QueryRead, block: Block, core: Core): Advice[] {
  const [source] = block.sources;
  if (source === undefined || !givesKey(q, block, core, source)) return [];
  const drop = dropWord(q, core);
  return [
    {
      at: drop ?? core.at,
      what: `${q.query.name} asks for DISTINCT rows that a key of ${source.table?.name} tells apart already.`,
      ...(drop === undefined ? {} : { rewrite: { edits: [{ ...drop, text: '' }], equal: true, conditions: [] } }),
    },
  ];
}

/** DISTINCT that takes away again what a join made many of. */
export function distinctFanOut(q: QueryRead): readonly Advice[] {
  if (!q.sound) return [];
  return q.blocks.flatMap((block): Advice[] => {
    const { core } = block;
    if (core?.distinct !== true || core.group.length > 0 || core.having !== undefined) return [];
    if (core.items.some((item) => item.of !== undefined && (isAggregated(item.of) || hasWindow(item.of)))) return [];
    const all = core.from.map(conditionsOf);
    const on = all.flatMap((one) => one ?? []);
    if (core.from.length === 0 || all.some((one) => one === undefined) || block.sources.some((one) => one.table === undefined))
      return [];
    if (block.sources.length === 1) return single(q, block, core);
    if (block.sources.length !== 2) return [];
    const asked = core.items.map((item) => {
      if (item.of !== undefined) return q.sourcesIn(block, item.of);
      const name = item.star?.at(-1)?.name;
      return name === undefined ? undefined : new Set(block.sources.filter((one) => q.names.key(one.name) === q.names.key(name)));
    });
    if (asked.some((one) => one === undefined || one.size !== 1)) return [];
    const sources = new Set(asked.flatMap((one) => [...(one ?? [])]));
    const [main] = sources;
    const other = block.sources.find((one) => one !== main);
    if (sources.size !== 1 || main === undefined || other === undefined) return [];
    if ((block.query?.order ?? []).some(({ of }) => q.sourcesIn(block, of)?.has(other) !== false)) return [];
    if (meetsOne(q, block, other, [...on, ...parts(core.where)])) {
      // The join makes nothing many of: then DISTINCT is for nothing, or for what the items leave out.
      return givesKey(q, block, core, main) ? needless(q, core, main, other) : [];
    }
    const rewrite = asExists(q, block, core, main, other, on);
    return [
      {
        at: dropWord(q, core) ?? core.at,
        what: `${q.query.name} joins ${other.table?.name}, of which nothing is asked for, and takes the rows that makes too many away with DISTINCT.`,
        evidence: [`A row of ${main.table?.name} meets as many rows as ${other.table?.name} has for it.`],
        ...(rewrite === undefined ? {} : { rewrite }),
      },
    ];
  });
}

function needless(q: QueryRead, core: Core, main: Source, other: Source): Advice[] {
  const drop = dropWord(q, core);
  return [
    {
      at: drop ?? core.at,
      what: `${q.query.name} asks for DISTINCT rows, and has no others.`,
      evidence: [`A key of ${main.table?.name} is asked for, and each row of it meets at most one of ${other.table?.name}.`],
      ...(drop === undefined ? {} : { rewrite: { edits: [{ ...drop, text: '' }], equal: true, conditions: [] } }),
    },
  ];
}
