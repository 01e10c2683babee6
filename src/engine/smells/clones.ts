import { linksOf } from '#model/derive/links.ts';
import type { Document, Table } from '#model/types.ts';
import { memoByIdentity } from '../memo.ts';
import { typeFacts } from '../rules/type-facts.ts';
import { isBookkeeping, snake } from '../rules/words.ts';
import { perTable } from './per-table.ts';
import type { Uses } from './uses.ts';

/** Tables of one kind of row that differ in a part of their names. */
export interface CloneTables {
  readonly stem: string;
  /** What tells them apart. */
  readonly by: 'year' | 'period' | 'month' | 'number' | 'name';
  readonly tables: readonly { readonly table: Table; readonly value: string }[];
  /** Every column is in every table, with the same type. */
  readonly same: boolean;
  readonly evidence: readonly string[];
}

type By = CloneTables['by'];

const COPIES = /^(archive|archived|history|hist|old|new|backup|bak|copy|tmp|temp|staging|stage|log|audit|test|deleted|draft|v\d+)$/;

function partsOf(name: string): { readonly stem: string; readonly value: string; readonly by: By } | undefined {
  const text = snake(name);
  const period = /^(.+?)_?((?:19|20)\d\d_?(?:q[1-4]|h[12]|m?(?:0[1-9]|1[0-2])))$/.exec(text);
  if (period !== null) return { stem: period[1] as string, value: period[2] as string, by: 'period' };
  const year = /^(.+?)_?[yp]?((?:19|20)\d\d)$/.exec(text);
  if (year !== null) return { stem: year[1] as string, value: year[2] as string, by: 'year' };
  const month = /^(.+)_(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$/.exec(text);
  if (month !== null) return { stem: month[1] as string, value: month[2] as string, by: 'month' };
  const number = /^(.+?)_?(\d{1,3})$/.exec(text);
  if (number !== null) return { stem: number[1] as string, value: number[2] as string, by: 'number' };
  const word = /^(.+)_([a-z]+)$/.exec(text);
  return word === null || COPIES.test(word[2] as string)
    ? undefined
    : { stem: word[1] as string, value: word[2] as string, by: 'name' };
}

/** Fewest tables of one kind: words as endings are common, years are not. */
const FEWEST: Readonly<Record<By, number>> = { year: 2, period: 2, month: 3, number: 2, name: 3 };

const signature = perTable(
  (document: Document, table: Table): ReadonlySet<string> =>
    new Set(
      table.columns.map((column) => {
        const { name, isArray } = typeFacts(document, column.type);
        return `${snake(column.name)} ${name}${isArray ? '[]' : ''}`;
      }),
    ),
);

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a === b) return 1;
  let shared = 0;
  for (const one of a) if (b.has(one)) shared++;
  return shared / (a.size + b.size - shared);
}

/** A table's name taken apart, when it may be one of several. */
const memberOf = memoByIdentity((table: Table) => {
  const parts = table.partitionOf !== undefined || (table.inherits ?? []).length > 0 ? undefined : partsOf(table.name);
  return parts === undefined ? undefined : { ...parts, key: `${table.schema}\n${parts.stem}\n${parts.by}` };
});

/** Table groups by stem: of names alone, so that most models cost nothing. */
const groupsOf = memoByIdentity((tables: Document['tables']) => {
  const groups = new Map<string, { readonly table: Table; readonly value: string; readonly by: By }[]>();
  for (const table of Object.values(tables)) {
    const parts = memberOf(table);
    if (parts === undefined) continue;
    const list = groups.get(parts.key);
    const member = { table, value: parts.value, by: parts.by };
    if (list === undefined) groups.set(parts.key, [member]);
    else list.push(member);
  }
  return [...groups]
    .filter(([, members]) => members.length >= FEWEST[members[0]?.by ?? 'name'])
    .map(([key, members]) => ({ stem: key.split('\n')[1] as string, members }));
});

/** Own facts of a row: keys, foreign keys and bookkeeping are in most tables. */
function telling(document: Document, table: Table): number {
  const links = new Set((linksOf(document).byChild.get(table.id) ?? []).flatMap(({ childColumns }) => childColumns));
  const key = new Set(table.keys.find(({ kind }) => kind === 'primary')?.columns);
  return table.columns.filter(({ id, name }) => !key.has(id) && !links.has(id) && !isBookkeeping(name)).length;
}

/** Numbers without a gap; two tables that happen to end in numbers are no series. */
function isSeries(members: readonly { readonly value: string }[]): boolean {
  const numbers = members.map(({ value }) => Number(value)).sort((a, b) => a - b);
  if (numbers.length < 3 && (numbers[0] as number) > 1) return false;
  return numbers.every((one, at) => at === 0 || one === (numbers[at - 1] as number) + 1);
}

/** Tables that hold the same kind of row: their names differ in a year, month, number or word, their columns do not. */
export function cloneTables(document: Document, uses: Uses): readonly CloneTables[] {
  return groupsOf(document.tables).flatMap(({ stem, members }): CloneTables[] => {
    const [first] = members;
    if (first === undefined || (first.by === 'number' && !isSeries(members))) return [];
    const base = signature(document, first.table);
    const alike = members.filter(({ table }) => likeness(base, signature(document, table)) >= (first.by === 'name' ? 1 : 0.8));
    if (alike.length < FEWEST[first.by]) return [];
    if (telling(document, first.table) < (first.by === 'name' ? 4 : first.by === 'number' ? 2 : 1)) return [];
    if (first.by === 'number' && !isSeries(alike)) return [];
    const same = alike.every(({ table }) => likeness(base, signature(document, table)) === 1);
    const names = alike.map(({ table }) => table.name);
    const unions = uses.naming(names).slice(0, 4);
    const odd = alike.flatMap(({ table }) => {
      const more = [...signature(document, table)].filter((one) => !base.has(one));
      const less = [...base].filter((one) => !signature(document, table).has(one));
      return more.length + less.length === 0
        ? []
        : [`${table.name}: ${[...more.map((one) => `more ${one}`), ...less.map((one) => `no ${one}`)].join(', ')}`];
    });
    return [
      {
        stem,
        by: first.by,
        tables: alike.map(({ table, value }) => ({ table, value })),
        same,
        evidence: [
          `${names.join(', ')}: ${same ? `the same ${base.size} columns` : `most of ${base.size} columns are the same`}`,
          ...odd.slice(0, 4),
          ...unions.map((place) => `${place} reads several of them`),
        ],
      },
    ];
  });
}
