import { termKey } from '../../workload/build.ts';
import type { OrderTerm, Predicate, QueryFacts, TableUse, Term } from '../../workload/facts.ts';
import type { Role } from './candidate.ts';

/** A part of a key to be. */
export interface Slot {
  readonly term: Term;
  readonly role: Role;
  readonly desc?: true;
  readonly nulls?: 'first' | 'last';
  /** The condition is a pattern that begins with what is asked for. */
  readonly prefix?: true;
  /** Several values: rows come in the order of what follows only for each of them. */
  readonly many?: true;
}

/** What a use asks of an index, by role. */
export interface Roles {
  readonly equal: readonly Slot[];
  readonly range: readonly Slot[];
  /** Orders that would save a sort: of ORDER BY, and of a place in it (keyset). */
  readonly sort: readonly Slot[];
  readonly keysets: readonly (readonly Slot[])[];
  readonly group: readonly Slot[];
  readonly distinct: readonly Slot[];
  readonly extremes: readonly Slot[];
  /** By what rows are looked up from other tables: one list for each of those. */
  readonly joins: readonly (readonly Slot[])[];
  /** Arms of an OR, each with its own equality and range. */
  readonly arms: readonly { readonly equal: readonly Slot[]; readonly range: readonly Slot[] }[];
}

export function isRow(predicate: Predicate): boolean {
  return predicate.values.some((value) => value.kind === 'row');
}

const EQUAL = new Set<Predicate['test']>(['equal', 'in', 'null']);

export function unique(slots: readonly Slot[]): readonly Slot[] {
  const seen = new Set<string>();
  return slots.filter((slot) => {
    const key = termKey(slot.term);
    const first = !seen.has(key);
    seen.add(key);
    return first;
  });
}

function equalSlot({ term, test }: Predicate): Slot {
  return { term, role: 'E', ...(test === 'in' ? { many: true as const } : {}) };
}

function rangeSlot({ term, test }: Predicate): Slot {
  return { term, role: 'R', ...(test === 'prefix' ? { prefix: true as const } : {}) };
}

/** An order as slots, up to what no B-tree sorts by. */
export function sortSlots(order: readonly OrderTerm[], constant: ReadonlySet<string>): readonly Slot[] {
  const plain = order.filter(({ term }) => !constant.has(termKey(term)));
  const end = plain.findIndex(({ distance }) => distance !== undefined);
  return unique(
    plain.slice(0, end < 0 ? undefined : end).map(({ term, desc, nulls }) => ({
      term,
      role: 'S' as const,
      ...(desc ? { desc: true as const } : {}),
      ...(nulls === undefined ? {} : { nulls }),
    })),
  );
}

/** An index is read in both directions: one that is descending throughout is said ascending. */
export function turned(slots: readonly Slot[]): readonly Slot[] {
  const sorts = slots.filter((slot) => slot.role === 'S');
  if (sorts.some((slot) => slot.desc !== true || slot.nulls !== undefined)) return slots;
  return slots.map(({ desc: _, ...slot }) => slot);
}

/** Ends of joins at which rows of this use can be looked up, by the use they are looked up from. */
function lookups(facts: QueryFacts, use: number): readonly (readonly Slot[])[] {
  const groups = new Map<number | 'row', Slot[]>();
  const put = (from: number | 'row', term: Term) => groups.set(from, [...(groups.get(from) ?? []), { term, role: 'E' }]);
  for (const { kind, left, right, operator } of facts.joins) {
    if (operator !== '=') continue;
    const both = kind === 'inner' || kind === 'semi';
    if (left.use === use && (both || kind === 'right')) put(right.use, left.term);
    if (right.use === use && (both || kind === 'left' || kind === 'anti' || kind === 'scalar')) put(left.use, right.term);
  }
  for (const predicate of facts.uses[use]?.predicates ?? [])
    if (predicate.filterOnly !== true && predicate.test === 'equal' && isRow(predicate)) put('row', predicate.term);
  return [...groups.values()].map(unique);
}

/** What one use asks of an index. @param without predicates that a partial index would hold already. */
export function rolesOf(facts: QueryFacts, at: number, nullSafe: boolean, without: ReadonlySet<Predicate> = new Set()): Roles {
  const use = facts.uses[at] as TableUse;
  const usable = use.predicates.filter(
    (one) => one.filterOnly !== true && !without.has(one) && (nullSafe || one.operator !== '<=>'),
  );
  const fixed = usable.filter((one) => EQUAL.has(one.test) && !isRow(one));
  const equal = unique(fixed.map(equalSlot));
  const held = new Set(
    [...fixed, ...without].filter((one) => one.test === 'equal' || one.test === 'null').map((one) => termKey(one.term)),
  );
  const range = unique(usable.filter((one) => (one.test === 'range' || one.test === 'prefix') && !isRow(one)).map(rangeSlot));
  const plain = (terms: readonly Term[]): readonly Slot[] =>
    unique(terms.filter((term) => !held.has(termKey(term))).map((term) => ({ term, role: 'S' })));
  const sort = sortSlots(use.order, held);
  const keysets = use.keysets.map((one) => {
    const desc = new Map(use.order.map((order) => [termKey(order.term), order.desc]));
    return unique(
      one.terms
        .filter((term) => !held.has(termKey(term)))
        .map((term) => ({
          term,
          role: 'S' as const,
          ...(desc.get(termKey(term)) === true ? { desc: true as const } : {}),
        })),
    );
  });
  return {
    equal,
    range: range.filter((slot) => !held.has(termKey(slot.term))),
    sort,
    keysets,
    group: plain(use.group),
    distinct: plain(use.distinct),
    extremes: plain(use.extremes),
    joins: lookups(facts, at),
    arms: use.alternatives.flatMap(({ arms }) =>
      arms.map((arm) => ({
        equal: unique(arm.filter((one) => EQUAL.has(one.test)).map(equalSlot)),
        range: unique(arm.filter((one) => one.test === 'range' || one.test === 'prefix').map(rangeSlot)),
      })),
    ),
  };
}
