import type { Id } from '#model/types.ts';
import type { OutColumn, Relation } from './catalog.ts';

/** Something in a FROM list that columns come from. */
export interface FromItem {
  /** What qualifies its columns: its alias, else its own name. */
  readonly name: string;
  /** The relation itself, where the qualifier is its own name and so follows its rename. */
  readonly relation?: Relation;
  /** Undefined when they cannot be known, as those of a function. */
  columns: readonly OutColumn[] | undefined;
  /** Where a list of column aliases can be put in, to hold names that a join depends on. */
  readonly aliasAt?: number;
  readonly hasAlias?: boolean;
}

/** What names mean at one level of a query; outer levels are looked at where this one knows nothing. */
export interface Level {
  readonly items: FromItem[];
  readonly ctes: Map<string, readonly OutColumn[] | undefined>;
  /** Names of output columns that stay when a source column is renamed. */
  readonly outputs: Set<string>;
  readonly parent: Level | undefined;
  /** Names may also be parameters, so that an unknown one is none. */
  readonly open: boolean;
}

export function newLevel(parent: Level | undefined, open = parent?.open ?? false): Level {
  return { items: [], ctes: new Map(), outputs: new Set(), parent, open };
}

/** A level with the items given and nothing else: what an expression of a table sees. */
export function levelOf(items: readonly FromItem[], open = false): Level {
  return { ...newLevel(undefined, open), items: [...items] };
}

export type Found =
  | { readonly kind: 'column'; readonly item: FromItem; readonly column: OutColumn }
  | { readonly kind: 'item'; readonly item: FromItem }
  | { readonly kind: 'output' }
  /** It may come from a source whose columns are not known, or be a parameter. */
  | { readonly kind: 'perhaps' }
  | { readonly kind: 'nothing' };

/** What an unqualified name means: a column of this level or an outer one, a whole row, an output name. */
export function findName(level: Level, name: string): Found {
  let unsure = level.open;
  for (let at: Level | undefined = level; at !== undefined; at = at.parent) {
    for (const item of at.items) {
      const column = item.columns?.find((one) => one.name === name);
      if (column !== undefined) return { kind: 'column', item, column };
      if (item.columns === undefined) unsure = true;
    }
    const whole = at.items.find((item) => item.name === name);
    if (whole !== undefined) return { kind: 'item', item: whole };
    if (at.outputs.has(name)) return { kind: 'output' };
  }
  return unsure ? { kind: 'perhaps' } : { kind: 'nothing' };
}

/** The item that a qualifier names. */
export function findItem(level: Level, name: string): FromItem | undefined {
  for (let at: Level | undefined = level; at !== undefined; at = at.parent) {
    const item = at.items.find((one) => one.name === name);
    if (item !== undefined) return item;
  }
  return undefined;
}

export function findCte(level: Level, name: string): { readonly columns: readonly OutColumn[] | undefined } | undefined {
  for (let at: Level | undefined = level; at !== undefined; at = at.parent) {
    if (at.ctes.has(name)) return { columns: at.ctes.get(name) };
  }
  return undefined;
}

/** A column whose name a query has fixed, so that renaming its source does not change it. */
export function fixed(name: string): OutColumn {
  return { name };
}

export function isColumn(column: OutColumn): column is OutColumn & { readonly table: Id; readonly column: Id } {
  return column.table !== undefined && column.column !== undefined;
}
