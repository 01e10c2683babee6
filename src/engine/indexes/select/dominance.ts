import type { Steps } from '../../steps.ts';
import { flatten, type Instance } from './instance.ts';

const keyOf = (members: readonly number[]) => members.join();

/** By query the cost of each option by its indexes. */
function tablesOf(instance: Instance): Map<string, number>[] {
  const { optionStart, memberStart, member, optionCost } = instance;
  return instance.queryIds.map((_, query) => {
    const table = new Map<string, number>();
    for (let option = optionStart[query] as number; option < (optionStart[query + 1] as number); option++)
      table.set(keyOf([...member.subarray(memberStart[option], memberStart[option + 1])]), optionCost[option] as number);
    return table;
  });
}

/** Options of more indexes are not looked into: their subsets are too many. */
const MOST = 5;

/** The cheapest option within a set, which holds a given index or not. */
function cheapestWithin(table: ReadonlyMap<string, number>, set: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (let mask = 0; mask < 1 << set.length; mask++) {
    const cost = table.get(keyOf(set.filter((_, at) => (mask >> at) & 1)));
    if (cost !== undefined && cost < least) least = cost;
  }
  return least;
}

/**
 * Indexes that another one replaces in every answer: it is no larger, costs no more to keep, and serves every option as well.
 * An index that requires, is required, supersedes, is superseded, must be kept or takes part in a charge is left alone.
 *
 * @param stop ends it early: fewer are found
 * @returns 1 for each index that some best answer does without
 */
export function* replaceable(instance: Instance, stop: () => boolean): Steps<Uint8Array> {
  const { bytes, fixed, kept, needs, neededBy, conflicts, chargesOf, queriesOf, optionStart, memberStart, member, optionCost } =
    instance;
  const size = instance.ids.length;
  const gone = new Uint8Array(size);
  const tables = tablesOf(instance);
  const free = (index: number) =>
    kept[index] === 0 &&
    needs[index]?.length === 1 &&
    neededBy[index]?.length === 0 &&
    conflicts[index]?.length === 0 &&
    chargesOf[index]?.length === 0;
  const optionsOf = Array.from({ length: size }, (): { query: number; members: number[]; cost: number }[] => []);
  for (let query = 0; query < instance.queryIds.length; query++)
    for (let option = optionStart[query] as number; option < (optionStart[query + 1] as number); option++) {
      const members = [...member.subarray(memberStart[option], memberStart[option + 1])];
      for (const index of members) optionsOf[index]?.push({ query, members, cost: optionCost[option] as number });
    }
  const serves = (by: number, index: number) =>
    (optionsOf[index] ?? []).every(({ query, members, cost }) => {
      if (members.length > MOST) return false;
      const others = members.filter((one) => one !== index);
      const set = others.includes(by) ? others : [...others, by].sort((a, b) => a - b);
      return cheapestWithin(tables[query] as Map<string, number>, set) <= cost;
    });
  const queries = queriesOf.map((list) => new Set(list));
  for (let index = 0; index < size; index++) {
    const mine = queriesOf[index] as Int32Array;
    yield;
    if (stop()) return gone;
    if (!free(index) || mine.length === 0) continue;
    for (let by = 0; by < size && gone[index] === 0; by++) {
      if (by === index || gone[by] === 1 || !free(by)) continue;
      if ((bytes[by] as number) > (bytes[index] as number) || (fixed[by] as number) > (fixed[index] as number)) continue;
      if (mine.every((query) => queries[by]?.has(query)) && serves(by, index)) gone[index] = 1;
    }
  }
  return gone;
}

/** The instance without every option that needs an index of `gone`; numbers stay what they are. */
export function withoutIndexes(instance: Instance, gone: Uint8Array): Instance {
  const { optionStart, memberStart, member, optionCost } = instance;
  const lists = instance.queryIds.map((_, query) => {
    const list: { members: number[]; cost: number }[] = [];
    for (let option = optionStart[query] as number; option < (optionStart[query + 1] as number); option++) {
      const members = [...member.subarray(memberStart[option], memberStart[option + 1])];
      if (members.every((index) => gone[index] === 0)) list.push({ members, cost: optionCost[option] as number });
    }
    return list;
  });
  return { ...instance, ...flatten(lists, instance.ids.length) };
}
