import type { Finding } from '#engine/finding.ts';
import { fuzzyScore, fuzzyText } from '#lib/fuzzy.ts';
import { recordIn } from '#model/collections.ts';
import type { Document, Ref } from '#model/types.ts';
import type { Action } from '#state/actions.ts';
import { GROUP, type Item, type Kind, WEIGHT } from './item.ts';
import { able, actionItem, itemOf, objectSources } from './objects.ts';
import { type Mode, PREFIXES, type Query } from './query.ts';

export interface SearchInput {
  readonly document: Document;
  readonly actions: readonly Action[];
  readonly findings: readonly Finding[];
  /** Ids of actions that were used, the last one first. */
  readonly recentActions: readonly string[];
  /** What was gone to, the last one first. */
  readonly recent: readonly Ref[];
  /** What is selected: its columns are offered first. */
  readonly selected?: Ref | undefined;
}

export interface Found {
  readonly heading: string;
  readonly items: readonly Item[];
}

/** Items kept of each kind. */
const KEPT = 24;
const KEPT_COLUMNS = 240;
/** Points for what was gone to or done lately, less for each one since. */
const LATELY = 8;
const ALSO_LESS = 4;
/** Points for a column of the very table that stands before the dot. */
const OF_IT = 30;

/** Points a letter must bring on the average: scattered letters of long texts are no answer where there is a better one. */
const GOOD = 2;

interface Scored {
  readonly item: Item;
  readonly score: number;
  /** It has the letters, but scattered. */
  readonly weak: boolean;
}

/** The best of a kind, kept in order as they come. */
class Best {
  readonly #most: number;
  readonly list: Scored[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  add(item: Item, score: number, weak: boolean): void {
    const { list } = this;
    if (list.length >= this.#most && score <= (list[list.length - 1] as Scored).score) return;
    let at = list.length;
    while (at > 0 && (list[at - 1] as Scored).score < score) at -= 1;
    list.splice(at, 0, { item, score, weak });
    if (list.length > this.#most) list.pop();
  }
}

function lately({ recent, recentActions }: SearchInput): ReadonlyMap<string, number> {
  const points = new Map<string, number>();
  for (const [at, { record, part }] of recent.entries()) {
    points.set(part === undefined ? record : `${record}/${part}`, Math.max(1, LATELY - at / 2));
  }
  for (const [at, id] of recentActions.entries()) points.set(`action ${id}`, Math.max(1, LATELY - at));
  return points;
}

function scoreOf(query: Query, item: Item): number | undefined {
  const own = fuzzyScore(query.needle, item.text);
  const also = item.also === undefined ? undefined : fuzzyScore(query.needle, item.also);
  if (own === undefined && also === undefined) return undefined;
  return Math.max(own ?? Number.NEGATIVE_INFINITY, (also ?? Number.NEGATIVE_INFINITY) - ALSO_LESS);
}

/** With a dot typed, only what has one can answer, and the columns of the table that is spelled out come first. */
function dotted(query: Query, item: Item, score: number): number | undefined {
  if (!query.dotted) return score;
  if (item.kind !== 'column') return undefined;
  const table = query.needle.wanted.slice(0, query.needle.wanted.lastIndexOf('.') + 1);
  if (!item.text.lower.startsWith(table) && item.also?.lower.startsWith(table) !== true) return score;
  // With nothing after the dot all of them answer alike: they keep the order they have in the table.
  return query.needle.wanted.endsWith('.') ? 4 * OF_IT : score + OF_IT;
}

/** Records looked into before the search may be interrupted. */
const BATCH = 64;

/**
 * Looks for what was typed, a batch of records at a time, so that whoever runs it can pause. Only those records are read
 * anew that changed since they were last looked at.
 * @returns the answers, best group first; within a group best first.
 */
export function* searching(input: SearchInput, query: Query): Generator<undefined, readonly Found[]> {
  if (query.mode === 'help') return help();
  const best = new Map<Kind, Best>();
  const points = lately(input);
  const consider = (item: Item) => {
    const matched = scoreOf(query, item);
    const score = matched === undefined ? undefined : dotted(query, item, matched);
    if (score === undefined) return;
    const known = best.get(item.kind) ?? new Best(item.kind === 'column' && query.dotted ? KEPT_COLUMNS : KEPT);
    if (!best.has(item.kind)) best.set(item.kind, known);
    const weak = (matched ?? 0) < GOOD * query.needle.wanted.length - 4;
    known.add(item, score + WEIGHT[item.kind] + (points.get(item.key) ?? 0), weak);
  };
  if (query.mode === 'all' || query.mode === 'actions')
    for (const action of input.actions) if (able(action)) consider(actionItem(action));
  if (query.mode !== 'actions') {
    const sources = objectSources(input.document, query.mode, input.findings);
    for (const [at, source] of sources.entries()) {
      for (const item of source()) consider(item);
      if (at % BATCH === BATCH - 1) yield undefined;
    }
  }
  const good = [...best]
    .map(([kind, { list }]) => ({ kind, list: list.filter((one) => !one.weak) }))
    .filter(({ list }) => list.length > 0);
  const shown = good.length > 0 ? good : [...best].map(([kind, { list }]) => ({ kind, list }));
  return shown
    .sort((a, b) => (b.list[0]?.score ?? 0) - (a.list[0]?.score ?? 0))
    .map(({ kind, list }) => ({ heading: GROUP[kind], items: list.map(({ item }) => item) }));
}

function help(): readonly Found[] {
  const items = PREFIXES.map(
    ({ prefix, label }): Item => ({
      key: `help ${prefix}`,
      kind: 'help',
      text: fuzzyText(`${prefix}  ${label}`),
      prefix,
    }),
  );
  const dot: Item = { key: 'help .', kind: 'help', text: fuzzyText('orders.  The columns of a table') };
  return [{ heading: GROUP.help, items: [...items, dot] }];
}

/** Runs a search until it is done or the time is up. @param until as `now` counts. @returns undefined when time ran out. */
export function runFor(
  search: Generator<undefined, readonly Found[]>,
  until: number,
  now: () => number,
): readonly Found[] | undefined {
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
    if (now() >= until) return undefined;
  }
}

function itemsOf(document: Document, refs: readonly Ref[]): Item[] {
  return refs.flatMap((ref) => itemOf(document, ref) ?? []);
}

const { compare } = new Intl.Collator('en', { numeric: true });

/** What an empty field offers: where one was and what one did, then tables, then every action. */
export function offered(input: SearchInput, mode: Exclude<Mode, 'help'>): readonly Found[] {
  const { document, actions, recent, recentActions, selected } = input;
  const usable = actions.filter(able);
  if (mode === 'columns') {
    const own = selected === undefined ? undefined : recordIn(document, 'tables', selected.record);
    const tables = own === undefined ? Object.values(document.tables).slice(0, 12) : [own];
    const within = { ...document, tables: Object.fromEntries(tables.map((table) => [table.id, table])) };
    const items = objectSources(within, 'columns', []).flatMap((source) => [...source()]);
    return items.length === 0 ? [] : [{ heading: own === undefined ? GROUP.column : `Columns of ${own.name}`, items }];
  }
  if (mode === 'drawn') {
    const items = objectSources(document, 'drawn', []).flatMap((source) => [...source()]);
    const kinds = [...new Set(items.map((item) => item.kind))];
    return kinds.map((kind) => ({ heading: GROUP[kind], items: items.filter((item) => item.kind === kind) }));
  }
  const used = recentActions.flatMap((id) => usable.filter((action) => action.id === id)).slice(0, 5);
  const rest = usable.filter((action) => !used.includes(action)).map(actionItem);
  const places = mode === 'all' ? itemsOf(document, recent.slice(0, 6)) : [];
  const tables =
    mode === 'all'
      ? Object.values(document.tables)
          .toSorted((a, b) => compare(a.name, b.name))
          .filter((table) => !places.some((item) => item.key === table.id))
          .slice(0, 8)
      : [];
  const groups: Found[] = [
    { heading: 'Recently', items: [...places, ...used.map(actionItem)] },
    {
      heading: GROUP.table,
      items: itemsOf(
        document,
        tables.map((table) => ({ record: table.id })),
      ),
    },
    { heading: GROUP.action, items: rest.filter((item) => item.kind === 'action') },
    { heading: GROUP.setting, items: rest.filter((item) => item.kind === 'setting') },
  ];
  return groups.filter((group) => group.items.length > 0);
}
