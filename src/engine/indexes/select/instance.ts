import type { SelectionProblem } from './problem.ts';

/** Updates that are cheap until one of `breaks` is there; see `UpdateDemand`. Costs are per hour, penalty and calls included. */
export interface Charge {
  readonly breaks: readonly number[];
  /** For the keys of the table, once broken. */
  readonly flat: number;
  readonly indexes: readonly number[];
  readonly costs: readonly number[];
}

/**
 * A problem in numbers: indexes that may come or go from 0, queries from 0, and for each query its options, cheapest first,
 * ending with the one that needs nothing. Options that another one beats are gone, and so are those that cannot fit.
 */
export interface Instance {
  readonly ids: readonly string[];
  readonly bytes: Float64Array;
  /** Per index what it costs for being there. */
  readonly fixed: Float64Array;
  readonly kept: Uint8Array;
  readonly budget: number;
  /** What is paid whatever is chosen. */
  readonly constant: number;
  readonly queryIds: readonly string[];
  /** Options of query q: from `optionStart[q]` to `optionStart[q + 1]`. */
  readonly optionStart: Int32Array;
  /** Calls times cost. */
  readonly optionCost: Float64Array;
  /** Indexes of option o: `member[memberStart[o]]` to `member[memberStart[o + 1]]`, ascending. */
  readonly memberStart: Int32Array;
  readonly member: Int32Array;
  /** Per option its query. */
  readonly queryOf: Int32Array;
  /** Per index the options that need it, ascending. */
  readonly optionsOf: readonly Int32Array[];
  /** Per index the queries with an option that needs it. */
  readonly queriesOf: readonly Int32Array[];
  /** Per index itself and all it needs. */
  readonly needs: readonly (readonly number[])[];
  /** Per index those that need it, itself not among them. */
  readonly neededBy: readonly (readonly number[])[];
  /** Per index those that cannot stand beside it. */
  readonly conflicts: readonly (readonly number[])[];
  /** Per index the others that find or sort rows by the same thing first. */
  readonly variants: readonly (readonly number[])[];
  readonly charges: readonly Charge[];
  /** Per index the charges in which it is named. */
  readonly chargesOf: readonly (readonly number[])[];
}

interface Numbering {
  readonly of: ReadonlyMap<string, number>;
  readonly keys: ReadonlySet<string>;
}

/** Indexes that an option needs, in ascending order, worked out once for all queries that have it. */
interface Members {
  readonly list: readonly number[];
  readonly key: string;
  /** Keys of all proper subsets; absent when there are too many. */
  readonly subsets?: readonly string[];
}

interface Option {
  readonly members: Members;
  readonly cost: number;
}

const ascending = (a: number, b: number) => a - b;

/** Up to this many members all subsets are looked up; above, all options are compared. */
const FEW = 5;

function membersOf(indexes: Iterable<number>): Members {
  const list = [...new Set(indexes)].sort(ascending);
  const key = list.join();
  if (list.length > FEW) return { list, key };
  const subsets: string[] = [];
  for (let mask = 0; mask < (1 << list.length) - 1; mask++) subsets.push(list.filter((_, at) => (mask >> at) & 1).join());
  return { list, key, subsets };
}

const within = (small: readonly number[], large: readonly number[]) => small.every((one) => large.includes(one));

/** Options cheapest first without those that a cheaper or equal one with fewer indexes beats. */
function undominated(options: Option[]): Option[] {
  options.sort(
    (a, b) => a.cost - b.cost || a.members.list.length - b.members.list.length || (a.members.key < b.members.key ? -1 : 1),
  );
  const kept: Option[] = [];
  const seen = new Set<string>();
  const beaten = ({ members }: Option) =>
    seen.has(members.key) ||
    (members.subsets?.some((key) => seen.has(key)) ?? kept.some((other) => within(other.members.list, members.list)));
  for (const option of options) {
    if (beaten(option)) continue;
    kept.push(option);
    seen.add(option.members.key);
    if (option.members.list.length === 0) break;
  }
  return kept;
}

/** Itself and everything reached from it. */
function reach(start: number, edges: readonly (readonly number[])[]): number[] {
  const found = new Set([start]);
  for (const at of found) for (const next of edges[at] ?? []) found.add(next);
  return [...found];
}

/** The options of each query, cheapest first. */
function optionsOf(problem: SelectionProblem, sorted: Sorted, of: ReadonlyMap<string, number>, fits: Fits): Option[][] {
  // Combinations of many queries are often the same list.
  const known = new Map<readonly string[], Members | undefined>();
  const read = (indexes: readonly string[]): Members | undefined => {
    if (indexes.some((id) => sorted.barred.has(id))) return undefined;
    const members = membersOf(indexes.flatMap((id) => of.get(id) ?? []));
    return fits(members.list) ? members : undefined;
  };
  return problem.queries.map(({ id, calls }) => {
    const options: Option[] = [];
    for (const { indexes, cost } of problem.costs.get(id) ?? []) {
      if (!known.has(indexes)) known.set(indexes, read(indexes));
      const members = known.get(indexes);
      if (members !== undefined) options.push({ members, cost: cost * calls });
    }
    return undominated(options);
  });
}

/** The options of all queries in one row. */
export type Flat = Pick<Instance, 'optionStart' | 'optionCost' | 'memberStart' | 'member' | 'queryOf' | 'optionsOf' | 'queriesOf'>;

/** @param lists for each query its options, cheapest first. @param size how many indexes there are */
export function flatten(
  lists: readonly (readonly { readonly members: readonly number[]; readonly cost: number }[])[],
  size: number,
): Flat {
  const options = lists.flat();
  const optionStart = new Int32Array(lists.length + 1);
  const memberStart = new Int32Array(options.length + 1);
  const queryOf = new Int32Array(options.length);
  const member: number[] = [];
  const optionsOf = Array.from({ length: size }, (): number[] => []);
  const queriesOf = Array.from({ length: size }, () => new Set<number>());
  let at = 0;
  lists.forEach((list, query) => {
    for (const { members } of list) {
      for (const index of members) {
        member.push(index);
        optionsOf[index]?.push(at);
        queriesOf[index]?.add(query);
      }
      queryOf[at] = query;
      at++;
      memberStart[at] = member.length;
    }
    optionStart[query + 1] = at;
  });
  return {
    optionStart,
    memberStart,
    optionCost: Float64Array.from(options, ({ cost }) => cost),
    member: Int32Array.from(member),
    queryOf,
    optionsOf: optionsOf.map((list) => Int32Array.from(list)),
    queriesOf: queriesOf.map((set) => Int32Array.from(set)),
  };
}

/** Charges of the updates; those that are broken anyway become part of what an index costs. */
function chargesOf(problem: SelectionProblem, numbering: Numbering, kept: Uint8Array, fixed: Float64Array) {
  const penalty = problem.writePenalty ?? 1;
  const charges: Charge[] = [];
  let constant = 0;
  for (const update of problem.updates ?? []) {
    const weight = update.calls * penalty;
    let flat = 0;
    const costs = new Map<number, number>();
    for (const { index, cost } of update.entries) {
      const at = numbering.of.get(index);
      if (numbering.keys.has(index)) flat += cost * weight;
      else if (at !== undefined) costs.set(at, (costs.get(at) ?? 0) + cost * weight);
    }
    const breaks = [...new Set(update.breaks.flatMap((id) => numbering.of.get(id) ?? []))];
    if (update.breaks.some((id) => numbering.keys.has(id)) || breaks.some((at) => kept[at] === 1)) {
      constant += flat;
      for (const [at, cost] of costs) fixed[at] = (fixed[at] as number) + cost;
    } else if (breaks.length > 0) charges.push({ breaks, flat, indexes: [...costs.keys()], costs: [...costs.values()] });
  }
  return { charges, constant };
}

/** By index those that cannot stand beside it, because one of the two supersedes the other. */
function rivalsOf(problem: SelectionProblem): Map<string, Set<string>> {
  const found = new Map(problem.indexes.map(({ id }) => [id, new Set<string>()]));
  for (const { id, supersedes = [] } of problem.indexes) {
    for (const other of supersedes) {
      found.get(id)?.add(other);
      found.get(other)?.add(id);
    }
  }
  return found;
}

interface Sorted {
  readonly keys: ReadonlySet<string>;
  /** Kept, and what the kept ones need. */
  readonly kept: ReadonlySet<string>;
  /** In no answer: superseded by what stays anyway, or in need of such an index, or of two that exclude each other. */
  readonly barred: ReadonlySet<string>;
}

/** What is decided before anything is chosen. */
function sortOut(problem: SelectionProblem, rivals: ReadonlyMap<string, ReadonlySet<string>>): Sorted {
  const byId = new Map(problem.indexes.map((index) => [index.id, index]));
  const keys = new Set(problem.indexes.flatMap(({ id, standing }) => (standing === 'key' ? [id] : [])));
  const kept = new Set(problem.indexes.flatMap(({ id, standing }) => (standing === 'kept' ? [id] : [])));
  for (const id of kept) for (const needed of byId.get(id)?.requires ?? []) if (!keys.has(needed)) kept.add(needed);
  const stays = (id: string) => keys.has(id) || kept.has(id);
  const barred = new Set<string>();
  for (const { id } of problem.indexes) if (!stays(id) && [...(rivals.get(id) ?? [])].some(stays)) barred.add(id);
  for (const { id } of problem.indexes) {
    if (stays(id)) continue;
    const needed = new Set([id]);
    // What a key requires is there.
    for (const one of needed) if (!keys.has(one)) for (const next of byId.get(one)?.requires ?? []) needed.add(next);
    const clash = (one: string) => [...(rivals.get(one) ?? [])].some((other) => needed.has(other) && !(stays(one) && stays(other)));
    if ([...needed].some((one) => barred.has(one) || clash(one))) barred.add(id);
  }
  return { keys, kept, barred };
}

function variantsOf({ leads }: SelectionProblem, movable: readonly { readonly id: string }[]): number[][] {
  if (leads === undefined) return movable.map(() => []);
  const groups = new Map<string, number[]>();
  movable.forEach(({ id }, at) => {
    const lead = leads.get(id);
    if (lead !== undefined) groups.set(lead, [...(groups.get(lead) ?? []), at]);
  });
  return movable.map(({ id }, at) => (groups.get(leads.get(id) ?? '') ?? []).filter((other) => other !== at));
}

type Fits = (members: readonly number[]) => boolean;

/** Whether there is room for a set of indexes with all that it needs and all that is kept. */
function fitting(budget: number, bytes: Float64Array, kept: Uint8Array, needs: readonly (readonly number[])[]): Fits {
  const keptBytes = bytes.reduce((sum, one, at) => (kept[at] === 1 ? sum + one : sum), 0);
  return (members) => {
    const all = new Set(members.flatMap((one) => needs[one] ?? []));
    let sum = keptBytes;
    let more = false;
    for (const one of all) {
      if (kept[one] === 1) continue;
      sum += bytes[one] as number;
      more = true;
    }
    return !more || sum <= budget;
  };
}

/**
 * The problem in numbers.
 *
 * @param problem one that `checkProblem` found sound
 */
export function instanceOf(problem: SelectionProblem): Instance {
  const rivals = rivalsOf(problem);
  const sorted = sortOut(problem, rivals);
  const movable = problem.indexes.filter(({ id }) => !sorted.keys.has(id) && !sorted.barred.has(id));
  const of = new Map(movable.map(({ id }, at) => [id, at]));
  const numbers = (ids: Iterable<string>) => [...ids].flatMap((id) => of.get(id) ?? []);
  const kept = Uint8Array.from(movable, ({ id }) => (sorted.kept.has(id) ? 1 : 0));
  const bytes = Float64Array.from(movable, (index) => index.bytes);
  const fixed = Float64Array.from(movable, ({ writeCost }) => writeCost * (problem.writePenalty ?? 1));
  const edges = movable.map(({ requires = [] }) => numbers(requires));
  const needs = movable.map((_, at) => reach(at, edges));
  const neededBy = movable.map((_, at) => needs.flatMap((list, other) => (other !== at && list.includes(at) ? [other] : [])));
  const numbering: Numbering = { of, keys: sorted.keys };
  const { charges, constant } = chargesOf(problem, numbering, kept, fixed);
  const fits = fitting(problem.budget, bytes, kept, needs);
  const lists = optionsOf(problem, sorted, of, fits);
  return {
    ids: movable.map(({ id }) => id),
    bytes,
    fixed,
    kept,
    budget: problem.budget,
    constant,
    queryIds: problem.queries.map(({ id }) => id),
    ...flatten(
      lists.map((list) => list.map(({ members, cost }) => ({ members: members.list, cost }))),
      movable.length,
    ),
    needs,
    neededBy,
    // Two that are both kept stand side by side whatever they say of each other.
    conflicts: movable.map(({ id }, at) => (kept[at] === 1 ? [] : numbers(rivals.get(id) ?? []))),
    variants: variantsOf(problem, movable),
    charges,
    chargesOf: movable.map((_, at) =>
      charges.flatMap((charge, number) => (charge.breaks.includes(at) || charge.indexes.includes(at) ? [number] : [])),
    ),
  };
}
