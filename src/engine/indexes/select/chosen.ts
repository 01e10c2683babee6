import type { Instance } from './instance.ts';

/** A set of indexes while it changes: what each query costs with it, its bytes, and the total. */
export class Chosen {
  readonly on: Uint8Array;
  readonly instance: Instance;
  /** Per query the option it takes. */
  private readonly taken: Int32Array;
  private readonly brokenBy: Int32Array;
  private readonly owed: Float64Array;
  /** When something of a query, or of a charge, last changed. */
  private readonly changed: Int32Array;
  private readonly chargeChanged: Int32Array;
  private readonly loss: Float64Array;
  private readonly lossAt: Int32Array;
  private clock = 0;
  private trying = false;
  total: number;
  bytes = 0;

  constructor(instance: Instance) {
    this.instance = instance;
    this.on = new Uint8Array(instance.ids.length);
    this.brokenBy = new Int32Array(instance.charges.length);
    this.owed = new Float64Array(instance.charges.length);
    this.changed = new Int32Array(instance.queryIds.length);
    this.loss = new Float64Array(instance.ids.length);
    this.lossAt = new Int32Array(instance.ids.length).fill(-1);
    this.chargeChanged = new Int32Array(instance.charges.length);
    this.total = instance.constant;
    const queries = instance.queryIds.length;
    this.taken = new Int32Array(queries);
    for (let q = 0; q < queries; q++) {
      const last = (instance.optionStart[q + 1] as number) - 1;
      this.taken[q] = last;
      this.total += instance.optionCost[last] as number;
    }
    instance.kept.forEach((kept, index) => {
      if (kept === 1) for (const needed of instance.needs[index] ?? []) this.add(needed);
    });
  }

  private holds(option: number): boolean {
    const { memberStart, member } = this.instance;
    const end = memberStart[option + 1] as number;
    for (let at = memberStart[option] as number; at < end; at++) if (this.on[member[at] as number] === 0) return false;
    return true;
  }

  private uses(option: number, index: number): boolean {
    const { memberStart, member } = this.instance;
    const end = memberStart[option + 1] as number;
    for (let at = memberStart[option] as number; at < end; at++) if (member[at] === index) return true;
    return false;
  }

  private take(query: number, option: number): void {
    const costs = this.instance.optionCost;
    this.total += (costs[option] as number) - (costs[this.taken[query] as number] as number);
    this.taken[query] = option;
  }

  private charge(index: number, sign: 1 | -1): void {
    for (const number of this.instance.chargesOf[index] ?? []) {
      const { breaks, flat, indexes, costs } = this.instance.charges[number] as Instance['charges'][number];
      const before = (this.brokenBy[number] as number) > 0 ? flat + (this.owed[number] as number) : 0;
      if (breaks.includes(index)) this.brokenBy[number] = (this.brokenBy[number] as number) + sign;
      const at = indexes.indexOf(index);
      if (at >= 0) this.owed[number] = (this.owed[number] as number) + sign * (costs[at] as number);
      this.total += ((this.brokenBy[number] as number) > 0 ? flat + (this.owed[number] as number) : 0) - before;
    }
  }

  /** Adds one index; what it needs and what cannot stand beside it is the caller's business. */
  add(index: number): void {
    if (this.on[index] === 1) return;
    const { instance } = this;
    this.on[index] = 1;
    this.bytes += instance.bytes[index] as number;
    this.total += instance.fixed[index] as number;
    this.charge(index, 1);
    // Options come cheapest first, so the first that is now whole is the best one.
    for (const option of instance.optionsOf[index] as Int32Array) {
      const query = instance.queryOf[option] as number;
      if (option < (this.taken[query] as number) && this.holds(option)) this.take(query, option);
    }
    this.touch(index);
  }

  remove(index: number): void {
    if (this.on[index] === 0) return;
    const { instance } = this;
    this.on[index] = 0;
    this.bytes -= instance.bytes[index] as number;
    this.total -= instance.fixed[index] as number;
    this.charge(index, -1);
    for (const query of instance.queriesOf[index] as Int32Array) {
      let option = this.taken[query] as number;
      if (!this.uses(option, index)) continue;
      while (!this.holds(option)) option++;
      this.take(query, option);
    }
    this.touch(index);
  }

  /** Notes that what a change of an index could touch may be different now. */
  private touch(index: number): void {
    if (this.trying) return;
    this.clock++;
    for (const query of this.instance.queriesOf[index] as Int32Array) this.changed[query] = this.clock;
    for (const charge of this.instance.chargesOf[index] ?? []) this.chargeChanged[charge] = this.clock;
  }

  /** Grows with every change that lasts. */
  get time(): number {
    return this.clock;
  }

  /** Whether nothing that an index takes part in has changed since. */
  isAsItWas(index: number, since: number): boolean {
    for (const query of this.instance.queriesOf[index] as Int32Array) if ((this.changed[query] as number) > since) return false;
    for (const charge of this.instance.chargesOf[index] ?? []) if ((this.chargeChanged[charge] as number) > since) return false;
    return true;
  }

  /** What the total falls by with some more indexes; the set stays as it is. */
  gainOf(indexes: readonly number[]): number {
    const before = this.total;
    this.trying = true;
    const added = indexes.filter((index) => this.on[index] === 0);
    for (const index of added) this.add(index);
    const gain = before - this.total;
    for (const index of added) this.remove(index);
    this.trying = false;
    this.total = before;
    return gain;
  }

  /** What the total rises by without an index and those that need it; negative when it costs more than it gains. */
  lossOf(index: number): number {
    const single = (this.instance.neededBy[index] as readonly number[]).length === 0;
    const since = this.lossAt[index] as number;
    if (single && since >= 0 && this.isAsItWas(index, since)) return this.loss[index] as number;
    const before = this.total;
    this.trying = true;
    const gone = this.leaving(index);
    for (const one of gone) this.remove(one);
    const loss = this.total - before;
    for (const one of gone) this.add(one);
    this.trying = false;
    this.total = before;
    this.loss[index] = loss;
    this.lossAt[index] = this.clock;
    return loss;
  }

  /** What goes when an index goes: itself and those that need it. */
  leaving(index: number): number[] {
    return [index, ...(this.instance.neededBy[index] ?? [])].filter((one) => this.on[one] === 1);
  }

  /** Cost per hour of one query with this set. */
  costOf(query: number): number {
    return this.instance.optionCost[this.taken[query] as number] as number;
  }

  /** The indexes that one query uses in this set. */
  usedBy(query: number): readonly number[] {
    const { memberStart, member } = this.instance;
    const option = this.taken[query] as number;
    return [...member.subarray(memberStart[option], memberStart[option + 1])];
  }

  items(): number[] {
    const found: number[] = [];
    for (let index = 0; index < this.on.length; index++) if (this.on[index] === 1) found.push(index);
    return found;
  }

  /** Makes it the given set. */
  become(items: readonly number[]): void {
    const wanted = new Set(items);
    for (const index of this.items()) if (!wanted.has(index)) this.remove(index);
    for (const index of items) this.add(index);
  }
}

/** The cost of a set, from nothing: without the rounding that additions and removals leave. */
export function costOfSet(instance: Instance, items: readonly number[]): { readonly total: number; readonly bytes: number } {
  const chosen = new Chosen(instance);
  chosen.become(items);
  let total = instance.constant;
  for (let q = 0; q < instance.queryIds.length; q++) total += chosen.costOf(q);
  for (const index of chosen.items()) total += instance.fixed[index] as number;
  for (const { breaks, flat, indexes, costs } of instance.charges) {
    if (!breaks.some((index) => chosen.on[index] === 1)) continue;
    total += flat;
    indexes.forEach((index, at) => {
      if (chosen.on[index] === 1) total += costs[at] as number;
    });
  }
  return { total, bytes: chosen.items().reduce((sum, index) => sum + (instance.bytes[index] as number), 0) };
}
