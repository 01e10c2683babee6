import type { Source } from './print-query.ts';
import type { Expr, FromItem, Query, SelectCore } from './tree.ts';

const AGGREGATES = new Set(['count', 'sum', 'min', 'max', 'avg', 'group_concat', 'string_agg', 'listagg']);

type Sources = ReadonlyMap<string, Source>;
type Key = (name: string) => string;

/** A column of a source as `source.column`; undefined: none, or of several. */
function atomOf(expr: Expr, sources: Sources, key: Key): string | undefined {
  if (expr.is !== 'name') return undefined;
  const column = key(expr.path.at(-1)?.name ?? '');
  const given = expr.path.at(-2);
  const holders = [...sources].filter(
    ([name, source]) => (given === undefined || name === key(given.name)) && source.column(column) !== undefined,
  );
  return holders.length === 1 ? `${holders[0]?.[0]}.${column}` : undefined;
}

/** Conditions that must all hold. */
function conjuncts(expr: Expr | undefined): readonly Expr[] {
  if (expr === undefined) return [];
  if (expr.is === 'binary' && expr.op.toLowerCase() === 'and') return [...conjuncts(expr.left), ...conjuncts(expr.right)];
  return [expr];
}

/** Conditions of inner joins; what an outer join says need not hold. */
function joined(item: FromItem): readonly Expr[] {
  const first = 'first' in item.first ? joined(item.first) : [];
  const outer = item.joins.some(({ kind }) => kind !== 'inner' && kind !== 'cross' && kind !== 'comma');
  if (outer) return [];
  return [...first, ...item.joins.flatMap((join) => [...conjuncts(join.on), ...joined(join.right)])];
}

function usesNames(item: FromItem): boolean {
  return (
    ('first' in item.first && usesNames(item.first)) || item.joins.some((join) => join.using !== undefined || usesNames(join.right))
  );
}

/**
 * The columns that follow from those that are grouped by: through keys, and columns that joins and conditions hold equal
 * (SQL:2023 part 2, 4.26, functional dependencies; the plain cases).
 */
function determined(core: SelectCore, sources: Sources, key: Key): { has(atom: string): boolean } {
  const known = new Set(core.group.flatMap((one) => atomOf(one, sources, key) ?? []));
  const whole = new Set<string>();
  const has = (atom: string) => known.has(atom) || whole.has(atom.slice(0, atom.indexOf('.')));
  if (core.from === undefined || usesNames(core.from)) return { has };
  const equal = [...joined(core.from), ...conjuncts(core.where)].flatMap((one) => {
    if (one.is !== 'binary' || one.op !== '=') return [];
    const [a, b] = [atomOf(one.left, sources, key), atomOf(one.right, sources, key)];
    return a === undefined || b === undefined ? [] : [[a, b] as const];
  });
  for (let before = -1; before !== known.size + whole.size; ) {
    before = known.size + whole.size;
    for (const [a, b] of equal) {
      if (has(a)) known.add(b);
      if (has(b)) known.add(a);
    }
    for (const [name, { keys }] of sources)
      if (keys?.some((list) => list.every((column) => known.has(`${name}.${column}`)))) whole.add(name);
  }
  return { has };
}

/**
 * What a grouped query says of columns that it does not group by, when it follows from those that it does: to be grouped by
 * as well, which changes no group. Undefined: some does not follow.
 */
export function ungrouped(core: SelectCore, order: Query['order'], sources: Sources, key: Key): readonly Expr[] | undefined {
  const bare = (expr: Expr) => JSON.stringify(expr.is === 'name' ? { is: 'name', name: key(expr.path.at(-1)?.name ?? '') } : expr);
  const grouped = new Set(core.group.map(bare));
  const aliases = new Set(core.items.flatMap(({ alias }) => (alias === undefined ? [] : [key(alias.name)])));
  const positions = core.group.some(({ is }) => is === 'number');
  const open = new Map<string, Expr>();
  let hopeless = core.items.some(({ star }) => star !== undefined);
  const look = (value: unknown, inQuery: boolean): void => {
    if (Array.isArray(value)) for (const one of value) look(one, inQuery);
    else if (typeof value === 'object' && value !== null) {
      const expr = value as Expr;
      if ('is' in value && grouped.has(bare(expr))) return;
      if (expr.is === 'call' && AGGREGATES.has(expr.name)) return;
      if (expr.is === 'name') {
        if (positions) return;
        if (inQuery) hopeless = true;
        open.set(atomOf(expr, sources, key) ?? '', expr);
        return;
      }
      const deeper = inQuery || expr.is === 'query' || expr.is === 'exists' || expr.is === 'in query';
      for (const [name, one] of Object.entries(value)) if (name !== 'is') look(one, deeper);
    }
  };
  for (const { of } of core.items) look(of, false);
  const selected = open.size > 0;
  // What is sorted by follows too, where it is no name that the query gives.
  for (const { of } of order) {
    const plain = of.is === 'name' && of.path.length === 1 && aliases.has(key(of.path[0]?.name ?? ''));
    if (selected && !plain) look(of, false);
  }
  if (hopeless) return undefined;
  if (open.size === 0) return [];
  const { has } = determined(core, sources, key);
  return [...open.keys()].every((atom) => atom !== '' && has(atom)) ? [...open.values()] : undefined;
}
