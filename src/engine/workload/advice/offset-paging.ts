import type { Id } from '#model/types.ts';
import { hasWindow, isAggregated } from '../terms.ts';
import type { Expr, Sort } from '../tree.ts';
import type { Advice, Rewrite } from './advice.ts';
import type { Block, Seen } from './blocks.ts';
import { alsoWhere, isPlain, orderEnd, smallLimit, withoutOffset } from './clauses.ts';
import type { QueryRead } from './read.ts';

export interface SortColumn {
  readonly seen: Seen;
  readonly desc: boolean;
  /** As the query says the column, or as it would. */
  readonly text: string;
}

/** The columns a SELECT is sorted by, when all of them are plain columns of one table. */
export function sortColumns(q: QueryRead, block: Block, order: readonly Sort[]): readonly SortColumn[] | undefined {
  const found: SortColumn[] = [];
  for (const { of, desc } of order) {
    const item = of.is === 'column' && of.path.length === 1 ? aliased(q, block, of) : undefined;
    const seen = q.own(block, item ?? of);
    if (seen === undefined || (found[0] !== undefined && found[0].seen.source !== seen.source)) return undefined;
    found.push({ seen, desc, text: q.said(item ?? of) });
  }
  return found;
}

/** What an output's name stands for. */
function aliased(q: QueryRead, block: Block, of: Extract<Expr, { is: 'column' }>): Expr | undefined {
  const key = q.names.key(of.path[0]?.name ?? '');
  return block.core?.items.find((item) => item.alias !== undefined && q.names.key(item.alias.name) === key)?.of;
}

/** Columns that make the order total: those of a key that are missing in it. Undefined: the table has no key. */
export function missingOfKey(q: QueryRead, columns: readonly SortColumn[]): readonly Id[] | undefined {
  const table = columns[0]?.seen.table;
  if (table === undefined) return undefined;
  const sorted = new Set(columns.map(({ seen }) => seen.column.id));
  const missing = q.keys(table).map((key) => key.filter((id) => !sorted.has(id)));
  return missing.sort((a, b) => a.length - b.length)[0];
}

/** `(a, b) > (x, y)`, or what means the same without comparing rows. */
export function after(columns: readonly Pick<SortColumn, 'text' | 'desc'>[], values: readonly string[], rows: boolean): string {
  const operator = (desc: boolean) => (desc ? '<' : '>');
  const [first] = columns;
  if (first === undefined) return '';
  if (columns.length === 1) return `${first.text} ${operator(first.desc)} ${values[0]}`;
  if (rows && columns.every((one) => one.desc === first.desc))
    return `(${columns.map((one) => one.text).join(', ')}) ${operator(first.desc)} (${values.join(', ')})`;
  const arms = columns.map((one, i) => {
    const equal = columns.slice(0, i).map((before, j) => `${before.text} = ${values[j]}`);
    return [...equal, `${one.text} ${operator(one.desc)} ${values[i]}`].join(' AND ');
  });
  return `(${arms.map((arm, i) => (i === 0 ? arm : `(${arm})`)).join(' OR ')})`;
}

/** Names for the values of the last row, one for each column. */
export function lastValues(q: QueryRead, columns: readonly SortColumn[], free: readonly string[] = []): readonly string[] {
  const taken = new Set(q.parameters);
  for (const one of free) taken.delete(one);
  return columns.map(({ seen }) => {
    const name = q.words.parameter(`last_${seen.column.name.toLowerCase().replaceAll(/\W/g, '_')}`, taken);
    taken.add(name);
    return name;
  });
}

function rewritten(q: QueryRead, block: Block, offset: Expr, columns: readonly SortColumn[]): Rewrite | undefined {
  const { core, query } = block;
  if (core === undefined || query === undefined || block.sources.length !== 1) return undefined;
  if (!isPlain(core, (one) => isAggregated(one) || hasWindow(one))) return undefined;
  if (columns.some(({ seen }) => !q.notNull(seen))) return undefined;
  const missing = missingOfKey(q, columns);
  const first = columns[0];
  if (missing === undefined || first === undefined) return undefined;
  const said = first.text.includes('.') ? first.text.slice(0, first.text.lastIndexOf('.') + 1) : '';
  const desc = columns.at(-1)?.desc ?? false;
  const breakers = missing.map((id): SortColumn => {
    const column = first.seen.source.columns.find((one) => one.id === id) ?? first.seen.column;
    return { seen: { ...first.seen, column }, desc, text: `${said}${q.quoted(column.name)}` };
  });
  const all = [...columns, ...breakers];
  const rows = q.words.rowComparison === true;
  const values = lastValues(q, all, offset.is === 'parameter' ? [offset.name] : []);
  const where = alsoWhere(q, core, after(all, values, rows));
  const end = orderEnd(q, query.order);
  const paging = withoutOffset(q, offset);
  if (where === undefined || end === undefined || paging === undefined) return undefined;
  const tail = breakers.map((one) => `, ${one.text}${one.desc ? ' DESC' : ''}`).join('');
  const names = all.map((one) => one.seen.column.name).join(', ');
  const given = values.join(', ');
  return {
    edits: [...where, ...(tail === '' ? [] : [{ start: end, end, text: tail }]), paging],
    equal: false,
    conditions: [
      `The program gives ${names} of the last row it has shown${q.words.positional === true ? ', in this order,' : ''} as ${given}; the first page leaves the condition out.`,
      ...(breakers.length === 0
        ? []
        : [
            `${breakers.map((one) => one.seen.column.name).join(', ')} makes the order total, so that no row is shown twice or left out.`,
          ]),
      'The same rows as long as none is written between two pages; then OFFSET repeats or skips rows and this does not. A page cannot be jumped to by its number.',
    ],
  };
}

/** OFFSET reads and throws away all rows before the page; where the order is of columns, the page can begin after a row. */
export function offsetPaging(q: QueryRead): readonly Advice[] {
  return q.blocks.flatMap((block): Advice[] => {
    const { query } = block;
    const offset = query?.offset;
    if (query === undefined || offset === undefined || query.limit === undefined) return [];
    if (offset.is === 'literal' && Number(offset.text) === 0) return [];
    if (!block.sources.some((one) => one.table !== undefined)) return [];
    // The second highest of something is no page.
    if (block.place === 'scalar' || block.place === 'in' || block.place === 'exists' || smallLimit(query, 1)) return [];
    const columns = query.order.length === 0 ? undefined : sortColumns(q, block, query.order);
    const rewrite = columns === undefined || !q.sound ? undefined : rewritten(q, block, offset, columns);
    const nullable = columns?.filter(({ seen }) => !q.notNull(seen)).map(({ seen }) => seen.column.name) ?? [];
    return [
      {
        at: q.tokens.balanced(offset.at),
        what: `${q.query.name} skips rows with OFFSET ${q.said(offset)}.`,
        evidence: [
          ...(query.order.length === 0 ? ['Without ORDER BY which rows a page holds is left to chance.'] : []),
          ...(nullable.length === 0 ? [] : [`${nullable.join(', ')} may be NULL, which no row comparison is true for.`]),
        ],
        ...(rewrite === undefined ? {} : { rewrite }),
      },
    ];
  });
}
