import type { Id } from '#model/types.ts';
import { termKey } from '../../workload/build.ts';
import type { QueryFacts, TableUse, Term } from '../../workload/facts.ts';
import type { Reason, Shape } from './candidate.ts';
import type { Collector, Extras } from './collect.ts';
import type { Roles, Slot } from './roles.ts';
import { turned, unique } from './roles.ts';

/** Columns that one index may have besides its key so that the table need not be read. */
const MAX_INCLUDED = 5;

export interface UseAt {
  readonly query: Id;
  readonly facts: QueryFacts;
  readonly use: number;
}

/** How often each term is compared for equality in the whole workload: what is shared comes first. */
export type Shared = ReadonlyMap<string, number>;

/** Each once: a column can be asked for in several ways. */
function named(collector: Collector, slots: readonly Slot[]): string {
  return unique(slots)
    .map(({ term }) => collector.column(term.column)?.name ?? term.expression ?? '?')
    .join(', ');
}

/** Those that others do not ask for already. */
function besides(slots: readonly Slot[], others: readonly Slot[]): readonly Slot[] {
  const held = new Set(others.map(({ term }) => termKey(term)));
  return slots.filter(({ term }) => !held.has(termKey(term)));
}

/** The roles without what the engine takes in no key: other parts can still be found or sorted by. */
function accepted(collector: Collector, roles: Roles): Roles {
  const only = (slots: readonly Slot[]) => slots.filter((slot) => collector.accepts(slot));
  // What follows a part of an order that is not there is in no order.
  const leading = (slots: readonly Slot[]) => {
    const end = slots.findIndex((slot) => !collector.accepts(slot));
    return end < 0 ? slots : slots.slice(0, end);
  };
  return {
    equal: only(roles.equal),
    range: only(roles.range),
    sort: leading(roles.sort),
    keysets: roles.keysets.map(leading),
    group: leading(roles.group),
    distinct: leading(roles.distinct),
    extremes: only(roles.extremes),
    joins: roles.joins.map(only).filter((slots) => slots.length > 0),
    arms: roles.arms.map((arm) => ({ equal: only(arm.equal), range: only(arm.range) })),
  };
}

/** Shapes of B-trees for one use (reference: equality before sort before range, and equality before range before sort). */
export class Shapes {
  readonly #collector: Collector;
  readonly #at: UseAt;
  readonly #use: TableUse;
  readonly #roles: Roles;
  readonly #extras: Extras;
  readonly #shape: Shape | undefined;
  readonly #shared: Shared;

  /** @param as what all of them are called, when they are variants of another shape. */
  constructor(collector: Collector, at: UseAt, roles: Roles, shared: Shared, extras: Extras = {}, as?: Shape) {
    this.#collector = collector;
    this.#at = at;
    this.#use = at.facts.uses[at.use] as TableUse;
    this.#roles = accepted(collector, roles);
    this.#shared = shared;
    this.#extras = extras;
    this.#shape = as;
  }

  /** Equality in the order that other queries share most, then by distinct values. */
  #ordered(slots: readonly Slot[]): readonly Slot[] {
    const weight = ({ term }: Slot) => this.#shared.get(termKey(term)) ?? 0;
    const distinct = ({ term }: Slot) => this.#collector.column(term.column)?.facts?.distinct ?? 0;
    return [...slots].sort((a, b) => weight(b) - weight(a) || distinct(b) - distinct(a));
  }

  #take(slots: readonly Slot[], shape: Shape, why: string, more: Extras = {}): void {
    if (slots.length === 0) return;
    const reason: Reason = { query: this.#at.query, use: this.#at.use, shape: this.#shape ?? shape, why };
    this.#collector.take(turned(unique(slots)), reason, { ...this.#extras, ...more, wide: this.#isWide(slots) });
  }

  /** Whether rows are read throughout in the order of these parts, or nothing else is read of the table. */
  #isWide(slots: readonly Slot[]): boolean {
    if (slots.every(({ role }) => role === 'S')) return true;
    const held = new Set(slots.flatMap(({ term }) => term.column ?? []));
    return !this.#use.star && this.#use.columns.length > 0 && this.#use.columns.every((id) => held.has(id));
  }

  /** The index, and with it one that also holds everything else the use needs. */
  #both(slots: readonly Slot[], shape: Shape, why: string): void {
    this.#take(slots, shape, why);
    if (this.#use.star || this.#use.write !== undefined) return;
    const key = new Set(slots.flatMap(({ term }) => term.columns));
    // One row at most: reading it from the table is a page. In a join it is a page for each row of another table.
    if (shape !== 'join' && this.#collector.determinesRow(key)) return;
    const rest = this.#use.columns.filter((id) => !key.has(id));
    if (rest.length > 0 && rest.length <= MAX_INCLUDED)
      this.#take(slots, 'covering', `${why}, without reading the table`, { include: rest });
  }

  all(): void {
    const equal = this.#ordered(this.#roles.equal);
    this.#ofEquality(equal);
    this.#ofSort(equal);
    this.#ofGroups(equal);
    this.#ofJoins(equal);
    for (const arm of this.#roles.arms) {
      const own = unique([...equal, ...arm.equal]);
      const why = `finds rows of one arm of an OR by ${named(this.#collector, [...arm.equal, ...arm.range.slice(0, 1)])}`;
      this.#take([...arm.equal, ...arm.range.slice(0, 1)], 'or-arm', why);
      if (equal.length > 0) this.#take([...own, ...arm.range.slice(0, 1)], 'or-arm', why);
    }
  }

  #ofEquality(equal: readonly Slot[]): void {
    const { range } = this.#roles;
    const say = (slots: readonly Slot[]) => `finds rows by ${named(this.#collector, slots)}`;
    if (equal.length > 0) {
      this.#both(equal, 'equality', say(equal));
      // As the query says it; of two the other way round too.
      this.#take(this.#roles.equal, 'equality', say(this.#roles.equal));
      if (equal.length === 2) this.#take([...equal].reverse(), 'equality', say([...equal].reverse()));
      for (const one of equal) this.#take([one], 'equality', say([one]));
    }
    for (const one of range) {
      const also = besides([one], equal).length > 0;
      const shape = one.prefix === true ? 'prefix' : 'equality-range';
      if (equal.length > 0 && also)
        this.#both([...equal, one], shape, `${say(equal)} and a range of ${named(this.#collector, [one])}`);
      this.#both([one], shape, `finds a range of ${named(this.#collector, [one])}`);
    }
  }

  #ofSort(equal: readonly Slot[]): void {
    const { sort, range, keysets } = this.#roles;
    for (const order of [sort, ...keysets]) {
      if (order.length === 0) continue;
      const shape: Shape = order === sort ? 'equality-sort' : 'keyset';
      const by = equal.length === 0 ? '' : `finds rows by ${named(this.#collector, equal)}, `;
      const why = `${by}in the order of ${named(this.#collector, order)}`;
      const single = equal.filter((slot) => slot.many !== true);
      this.#both([...equal, ...order], shape, why);
      if (order.length > 1)
        this.#take(
          [...equal, ...order.slice(0, 1)],
          shape,
          `${by}in the order of ${named(this.#collector, order.slice(0, 1))}; rows that are equal in it are sorted by ${named(this.#collector, order.slice(1))}`,
        );
      // A list of values breaks the order of what follows: then the list comes last.
      if (single.length < equal.length)
        this.#take([...single, ...order, ...equal.filter((slot) => slot.many === true)], shape, why);
      for (const one of range) {
        if (order.some((slot) => termKey(slot.term) === termKey(one.term))) continue;
        const also = `${why}, within a range of ${named(this.#collector, [one])}`;
        this.#both([...equal, ...order, one], 'equality-sort-range', also);
        this.#both([...equal, one, ...order], 'equality-range-sort', also);
      }
      for (const join of this.#roles.joins) this.#take([...join, ...equal, ...order], shape, `${why}, for each row that is joined`);
    }
  }

  #ofGroups(equal: readonly Slot[]): void {
    const by = equal.length === 0 ? '' : `finds rows by ${named(this.#collector, equal)}, `;
    const { group, distinct, extremes } = this.#roles;
    if (group.length > 0) this.#both([...equal, ...group], 'group', `${by}grouped by ${named(this.#collector, group)}`);
    if (distinct.length > 0) {
      this.#both([...equal, ...distinct], 'distinct', `${by}each ${named(this.#collector, distinct)} once`);
      const rest = this.#roles.sort.filter((slot) => !distinct.some((one) => termKey(one.term) === termKey(slot.term)));
      if (rest.length > 0)
        this.#take([...equal, ...distinct, ...rest], 'distinct', `${by}the first of each ${named(this.#collector, distinct)}`);
    }
    if (group.length > 0) {
      for (const one of extremes)
        this.#take(
          [...equal, ...group, one],
          'group',
          `${by}grouped by ${named(this.#collector, group)}, each group in the order of ${named(this.#collector, [one])}`,
        );
      return;
    }
    for (const one of extremes)
      this.#take([...equal, one], 'min-max', `${by}has the least and the greatest ${named(this.#collector, [one])} at its ends`);
  }

  #ofJoins(equal: readonly Slot[]): void {
    for (const join of this.#roles.joins) {
      const say = (slots: readonly Slot[]) => `finds the rows that a join asks for by ${named(this.#collector, slots)}`;
      const why = say(join);
      this.#both(join, 'join', why);
      for (const one of join) if (join.length > 1) this.#take([one], 'join', say([one]));
      if (join.length === 2) this.#take([...join].reverse(), 'join', why);
      const more = besides(equal, join);
      const all = more.length === 0 ? why : `${why} and ${named(this.#collector, more)}`;
      if (equal.length > 0) {
        if (more.length > 0) this.#both([...join, ...more], 'join', all);
        this.#take([...equal, ...join], 'join', all);
      }
      for (const one of besides(this.#roles.range, [...join, ...equal])) {
        this.#both([...join, ...more, one], 'join', `${all} within a range of ${named(this.#collector, [one])}`);
      }
    }
  }
}

/** What a partial index is keyed by when its predicate says everything: what the query reads, else the primary key. */
export function fallbackKey(collector: Collector, use: TableUse, taken: readonly Term[]): readonly Slot[] {
  const primary = collector.table.keys.find((key) => key.kind === 'primary')?.columns ?? [];
  const said = new Set(taken.flatMap((term) => term.columns));
  const read = use.star ? [] : use.columns.filter((id) => !said.has(id)).slice(0, 1);
  const ids = primary.length > 0 ? primary : read;
  return ids.map((column) => ({ term: { column, columns: [column] }, role: 'S' }));
}
