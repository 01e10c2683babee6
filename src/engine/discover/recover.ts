import { allBits, type Bits, bitItems, bitsOf } from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import type { FdSet } from '../normalize/dependencies.ts';
import { dropSubsumed, narrow, project } from '../normalize/project.ts';
import { recommend } from '../normalize/recommend.ts';
import { type BeliefOptions, type Believed, believe, believedFds } from './believe.ts';
import type { Exploration } from './explore.ts';
import { type FreeCombination, freeCombination } from './free.ts';
import type { Relation } from './relation.ts';

/** A table that a flat one was probably joined from: columns and keys by their places in the flat one. */
export interface RecoveredTable {
  readonly columns: readonly number[];
  readonly keys: readonly (readonly number[])[];
}

export interface RecoveredSchema {
  readonly tables: readonly RecoveredTable[];
  readonly believed: Believed;
  /** The lists that were joined though they have nothing to do with each other. */
  readonly free: readonly FreeCombination[];
  /** False when the search for the dependencies or for the best plan was cut short; the tables still give back the rows. */
  readonly complete: boolean;
}

/** Takes lists apart that were joined on what they share, for as long as the key holds such. */
function pieces(relation: Relation, whole: FdSet, key: readonly number[], free: FreeCombination[], budget: Budget): Bits[] {
  const { size } = whole;
  const parts: Bits[] = [];
  let rest = allBits(size);
  let within = key;
  for (let found = next(); found !== undefined; found = next()) {
    const [own, other] = found.sides;
    const kept = new Set(bitItems(rest));
    parts.push(
      bitsOf(
        size,
        other.filter((column) => kept.has(column)),
      ),
    );
    rest = bitsOf(
      size,
      own.filter((column) => kept.has(column)),
    );
    const inside = new Set(own);
    within = within.filter((column) => inside.has(column));
    free.push(found);
  }
  return [rest, ...parts];

  function next(): FreeCombination | undefined {
    return budget.shouldStop() ? undefined : freeCombination(relation, within, whole.fds);
  }
}

/**
 * The tables that a flat table was probably joined from, by its rows alone: of the dependencies that hold the likely ones are
 * chosen ({@link believe}), lists that stand side by side are taken apart, and each part is decomposed as recommended. What
 * comes out is a proposal: it gives back these rows, whatever it means.
 */
export function recoverTables(
  relation: Relation,
  seen: Pick<Exploration, 'discovery' | 'ranked' | 'keys'>,
  budget: Budget,
  options: BeliefOptions = {},
): RecoveredSchema {
  const size = relation.columns.length;
  const believed = believe(relation, seen, options);
  const whole = { size, fds: believedFds(size, believed) };
  const free: FreeCombination[] = [];
  let complete = seen.discovery.complete;
  const keysOf = new Map<string, readonly (readonly number[])[]>();
  const parts = pieces(
    relation,
    { size, fds: whole.fds.slice(0, believed.dependencies.length) },
    believed.key ?? [],
    free,
    budget,
  ).flatMap((part) => {
    const projected = project(whole, part, budget);
    const { set, items } = narrow(projected.value, part);
    const plan = recommend(set, budget);
    complete &&= projected.complete && plan.complete;
    return plan.value.parts.map(({ attributes, keys }) => {
      const widen = (bits: Bits) => bitItems(bits).map((at) => items[at] as number);
      const columns = widen(attributes);
      keysOf.set(columns.join(), keys.map(widen));
      return bitsOf(size, columns);
    });
  });
  const tables = dropSubsumed(parts).map((part) => ({ columns: bitItems(part), keys: keysOf.get(bitItems(part).join()) ?? [] }));
  return { tables, believed, free, complete };
}
