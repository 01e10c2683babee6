import { nearest } from '#lib/edit-distance.ts';
import type { Names } from '../dialects/base/expressions/names.ts';
import type { UseDraft } from './build.ts';
import type { Expr } from './tree.ts';

/** A column that something in FROM, or a query, gives. */
export interface Out {
  readonly name: string;
  readonly of: Expr;
}

/** Something in FROM. */
export interface SourceItem {
  /** What qualifies its columns; absent when nothing does. */
  readonly name: string | undefined;
  /** Undefined: what columns it has is not known. */
  readonly outs: readonly Out[] | undefined;
  readonly use?: UseDraft;
  /** Keys of columns that a join compared by name: they count once, before all others. */
  readonly merged: Set<string>;
}

/** A name of WITH, or what else stands for rows. */
export interface CteSource {
  outs: readonly Out[] | undefined;
}

/** What names mean at one level of a query. */
export interface Scope {
  readonly items: SourceItem[];
  /** Columns that joins compared by name. */
  readonly merged: Out[];
  readonly ctes: Map<string, CteSource>;
  readonly parent: Scope | undefined;
}

export function newScope(parent?: Scope): Scope {
  return { items: [], merged: [], ctes: new Map(), parent };
}

export type Found =
  | { readonly kind: 'column'; readonly out: Out }
  /** The name of an item: its whole row. */
  | { readonly kind: 'row'; readonly item: SourceItem }
  | { readonly kind: 'ambiguous'; readonly names: readonly string[] }
  /** Something in sight has columns that are not known. */
  | { readonly kind: 'perhaps' }
  | { readonly kind: 'nothing' };

function inLevel(scope: Scope, key: string, names: Names): readonly { readonly out: Out; readonly item?: SourceItem }[] {
  const merged = scope.merged.find((one) => names.key(one.name) === key);
  if (merged !== undefined) return [{ out: merged }];
  return scope.items.flatMap((item) => {
    const out = item.merged.has(key) ? undefined : item.outs?.find((one) => names.key(one.name) === key);
    return out === undefined ? [] : [{ out, item }];
  });
}

/** What a name without a qualifier means, innermost level first. */
export function findColumn(scope: Scope, name: string, names: Names): Found {
  const key = names.key(name);
  let unsure = false;
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const found = inLevel(at, key, names);
    const [first] = found;
    if (first !== undefined) {
      if (found.length > 1) return { kind: 'ambiguous', names: found.map(({ item }) => item?.name ?? '?') };
      return { kind: 'column', out: first.out };
    }
    const item = at.items.find((one) => one.name !== undefined && names.key(one.name) === key);
    if (item !== undefined) return { kind: 'row', item };
    unsure ||= at.items.some((one) => one.outs === undefined);
  }
  return { kind: unsure ? 'perhaps' : 'nothing' };
}

/** The item that a qualifier names. */
export function findItem(scope: Scope, name: string, names: Names): SourceItem | undefined {
  const key = names.key(name);
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const item = at.items.find((one) => one.name !== undefined && names.key(one.name) === key);
    if (item !== undefined) return item;
  }
  return undefined;
}

export function findCte(scope: Scope, name: string, names: Names): CteSource | undefined {
  const key = names.key(name);
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const found = at.ctes.get(key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Names of columns in sight that look like a slip of the one written. */
export function columnsLike(scope: Scope, name: string): readonly string[] {
  const seen = new Set<string>();
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent)
    for (const item of at.items) for (const out of item.outs ?? []) seen.add(out.name);
  return nearest(name, seen);
}

/** Qualifiers in sight that look like a slip of the one written. */
export function itemsLike(scope: Scope, name: string): readonly string[] {
  const seen = new Set<string>();
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent)
    for (const item of at.items) if (item.name !== undefined) seen.add(item.name);
  return nearest(name, seen);
}
