/** What names mean at one place of SQL text: queries and changes of rows, one within the other. */
import type { Id } from '#model/types.ts';
import type { Token } from '../lex.ts';
import type { Names } from './names.ts';

/** Names joined by dots. */
export interface Chain {
  readonly tokens: readonly Token[];
  /** Number of the first token, and of the one after the last. */
  readonly first: number;
  readonly next: number;
}

/** A column as a query sees it. `table` and `part` are set where renaming that column changes this name. */
export interface OutColumn {
  readonly key: string;
  readonly table?: Id;
  readonly part?: Id;
}

/** A query of WITH. */
export interface Cte {
  columns?: readonly string[];
  query?: Scope;
}

/** Something that columns come from. */
export interface Item {
  /** What qualifies its columns. */
  key: string;
  /** The document's relation. */
  readonly relation?: Id;
  /** Where the relation's name stands. */
  readonly chain?: Chain;
  /** The qualifier is the relation's own name and so follows its rename. */
  own: boolean;
  /** Columns are only named with the qualifier, as those of NEW and OLD. */
  readonly onlyQualified?: true;
  readonly query?: { query?: Scope };
  readonly cte?: Cte;
  columns?: readonly string[];
}

/** One entry of a select list. */
export interface Output {
  /** What it is called, where that is said or is a column's name. */
  key?: string;
  /** It was given the name. */
  alias?: true;
  star?: boolean;
  /** Before the star. */
  qualifier?: string;
}

export type ScopeKind = 'root' | 'with' | 'select' | 'insert' | 'update' | 'delete' | 'merge' | 'other';

export class Scope {
  readonly kind: ScopeKind;
  readonly parent: Scope | undefined;
  readonly items: Item[] = [];
  readonly ctes = new Map<string, Cte>();
  readonly outputs: Output[] = [];
  /** The first query of a UNION, which names the columns of all. */
  first: Scope | undefined;
  /** What follows looks at what its output columns are called. */
  named = false;
  /** A join compares columns by their names. */
  natural = false;
  /** What the relation is called whose rows are changed. */
  target: string | undefined;

  constructor(kind: ScopeKind, parent: Scope | undefined) {
    this.kind = kind;
    this.parent = parent;
  }
}

const computing = new Set<Scope>();

function named(columns: readonly OutColumn[] | undefined, names: readonly string[] | undefined): readonly OutColumn[] | undefined {
  if (names === undefined) return columns;
  return names.map((key) => ({ key }));
}

/** Columns of something in FROM; undefined when nobody can tell. */
export function columnsOfItem(item: Item, names: Names): readonly OutColumn[] | undefined {
  if (item.columns !== undefined) return named(undefined, item.columns);
  if (item.cte !== undefined) return named(outputsOf(item.cte.query, names), item.cte.columns);
  if (item.query !== undefined) return outputsOf(item.query.query, names);
  return item.relation === undefined ? undefined : names.columns(item.relation);
}

/** What a query gives: its output columns; undefined when nobody can tell. */
export function outputsOf(scope: Scope | undefined, names: Names): readonly OutColumn[] | undefined {
  if (scope === undefined || computing.has(scope)) return undefined;
  if (scope.first !== undefined) return outputsOf(scope.first, names);
  computing.add(scope);
  try {
    const found: OutColumn[] = [];
    for (const { key, star, qualifier } of scope.outputs) {
      if (star !== true) {
        found.push({ key: key ?? '' });
        continue;
      }
      const items = scope.items.filter((item) => qualifier === undefined || item.key === qualifier);
      if (items.length === 0) return undefined;
      for (const item of items) {
        const columns = columnsOfItem(item, names);
        if (columns === undefined) return undefined;
        found.push(...columns);
      }
    }
    return found;
  } finally {
    computing.delete(scope);
  }
}

export type Found =
  | { readonly kind: 'column'; readonly column: OutColumn }
  /** It may be one of these, or another. */
  | { readonly kind: 'unsure'; readonly among: readonly OutColumn[] }
  | { readonly kind: 'nothing' };

function distinct(columns: readonly OutColumn[]): readonly OutColumn[] {
  return columns.filter((one, at) => columns.findIndex((other) => other.part === one.part && other.table === one.table) === at);
}

/** What a name without a qualifier means, from the innermost query outwards. */
export function findColumn(scope: Scope | undefined, key: string, names: Names): Found {
  const doubtful: OutColumn[] = [];
  let open = false;
  for (let at = scope; at !== undefined; at = at.parent) {
    const hits: OutColumn[] = [];
    for (const item of at.items) {
      if (item.onlyQualified === true) continue;
      const columns = columnsOfItem(item, names);
      if (columns === undefined) open = true;
      else hits.push(...columns.filter((one) => one.key === key));
    }
    const some = distinct(hits);
    const [only] = some;
    if (some.length === 1 && only !== undefined && !open) return { kind: 'column', column: only };
    doubtful.push(...some);
    if (some.length > 0 && !open) break;
  }
  return doubtful.length === 0 ? { kind: 'nothing' } : { kind: 'unsure', among: doubtful };
}

/** What a qualifier names, from the innermost query outwards. */
export function findItem(scope: Scope | undefined, key: string): Item | undefined {
  for (let at = scope; at !== undefined; at = at.parent) {
    const called = at.items.filter((one) => one.key === key);
    const item = called.find((one) => one.onlyQualified !== true) ?? called[0];
    if (item !== undefined) return item;
  }
  return undefined;
}

export function findCte(scope: Scope | undefined, key: string): Cte | undefined {
  for (let at = scope; at !== undefined; at = at.parent) {
    const cte = at.ctes.get(key);
    if (cte !== undefined) return cte;
  }
  return undefined;
}
