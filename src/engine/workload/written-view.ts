import type { View } from '#model/types.ts';
import { SPELLING } from '../dialects/base/queries/spelling.ts';
import type { UseDraft } from './build.ts';
import { relationOf } from './from.ts';
import type { Resolving } from './resolving.ts';
import { newScope, type Out } from './scope.ts';
import { hasWindow, isAggregated } from './terms.ts';
import type { Core, Query } from './tree.ts';

/** The query of a view whose rows are rows of one table: no other clause than FROM one thing, and WHERE. */
function plainQuery(r: Resolving, view: View): (Query & { readonly body: Core }) | undefined {
  const parsed = r.port.parse(view.query);
  if (!parsed.ok || parsed.statement.is !== 'select') return undefined;
  const { query } = parsed.statement;
  const { body } = query;
  if (query.with !== undefined || query.limit !== undefined || query.offset !== undefined || body.is !== 'core') return undefined;
  if (body.distinct !== undefined || body.group.length > 0 || body.having !== undefined || body.windows.length > 0)
    return undefined;
  return body.from.length === 1 && body.from[0]?.is === 'table' ? { ...query, body } : undefined;
}

/** Whether every row of a view is a row of one table, through views of the same sort. */
function isPlain(r: Resolving, view: View, seen: ReadonlySet<string> = new Set()): boolean {
  const [from] = plainQuery(r, view)?.body.from ?? [];
  if (from?.is !== 'table' || view.materialized === true || seen.has(view.id)) return false;
  const id = r.inView(view.id, () => relationOf(r, from));
  const inner = id === undefined ? undefined : r.document.views[id];
  return inner === undefined ? id !== undefined : isPlain(r, inner, new Set([...seen, view.id]));
}

/** Why what a statement does to a view cannot be followed to a table. */
export function whyNotWritten(view: View): string {
  return view.materialized === true
    ? `${view.name} is a materialized view: only REFRESH changes its rows.`
    : `It changes the view ${view.name}, whose rows are not those of one table: which tables are written is not worked out.`;
}

/**
 * The table that is written when rows of a view are: of a view with one table in FROM and neither groups, DISTINCT, LIMIT,
 * windows nor set operations (PostgreSQL manual, CREATE VIEW, "Updatable Views"; MySQL's rule is wider, by joins).
 * @param read whether rows are looked for, so that the view's own conditions count
 * @returns undefined where it cannot be told: also where a trigger does the writing
 */
export function writtenThrough(
  r: Resolving,
  view: View,
  read: boolean,
): { readonly use: UseDraft; readonly outs: readonly Out[] } | undefined {
  const instead = Object.values(r.document.triggers).some((one) => one.on === view.id && one.timing === 'instead of');
  if (instead || SPELLING[r.names.dialect].readOnlyViews === true || r.through.includes(view.id) || !isPlain(r, view))
    return undefined;
  const query = plainQuery(r, view);
  if (query === undefined) return undefined;
  const { where: _, ...unasked } = query.body;
  const first = r.draft.uses.length;
  const outs = r.inView(view.id, () => r.query(read ? query : { ...query, order: [], body: unasked }, newScope()).outs);
  const use = r.draft.uses[first];
  if (outs === undefined || use === undefined || outs.some(({ of }) => isAggregated(of) || hasWindow(of))) return undefined;
  use.read = read;
  return { use, outs: outs.map((out, i) => (view.columns?.[i] === undefined ? out : { ...out, name: view.columns[i] })) };
}
