import { allBits } from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import type { Mvd } from './basis.ts';
import { type BcnfDecomposition, decomposeBcnfWith } from './bcnf.ts';
import { synthesizeWith } from './decompose.ts';
import type { Bounded, FdSet } from './dependencies.ts';
import { splitFourth } from './fourth.ts';
import { type Decomposition, PartJudge } from './parts.ts';
import { type Recommended, recommendWith } from './recommend.ts';

/** The ways to take a heading apart, side by side. */
export interface Plans {
  readonly recommended: Bounded<Recommended>;
  readonly third: Bounded<Decomposition>;
  readonly bcnf: Bounded<BcnfDecomposition>;
  /** With multivalued dependencies; without them it is the BCNF plan. */
  readonly fourth: Bounded<Decomposition>;
}

/**
 * Every plan for one heading.
 * @param set every functional dependency that holds, those that follow from the multivalued ones too
 *   ({@link import('./basis.ts').closeMixed}).
 * @param maxSplits how many splits the search for BCNF tries.
 */
export function findPlans(set: FdSet, mvds: readonly Mvd[], budget: Budget, maxSplits?: number): Plans {
  const judge = new PartJudge(set, budget, mvds);
  const bcnf = decomposeBcnfWith(judge, maxSplits);
  const fourth = mvds.length === 0 ? bcnf : decomposeFourthWith(judge, mvds, bcnf.value);
  return { recommended: recommendWith(judge), third: synthesizeWith(judge), bcnf, fourth };
}

/** Splits the whole heading, and the BCNF parts, until each part is in 4NF; keeps what loses the fewest dependencies. */
function decomposeFourthWith(judge: PartJudge, mvds: readonly Mvd[], bcnf: Decomposition): Bounded<Decomposition> {
  const { set, budget } = judge;
  const starts = [[allBits(set.size)], bcnf.parts.map((part) => part.attributes)];
  const found = starts.map((start) => {
    const split = splitFourth(set, mvds, start, budget);
    const whole = judge.assemble(split.value.parts, split.value.splits);
    return split.complete ? whole : { value: whole.value, complete: false, reason: split.reason ?? 'undecided' };
  });
  const [fromAll, fromBcnf] = found as [Bounded<Decomposition>, Bounded<Decomposition>];
  const lost = fromBcnf.value.lost.length - fromAll.value.lost.length;
  return lost < 0 || (lost === 0 && fromBcnf.value.parts.length < fromAll.value.parts.length) ? fromBcnf : fromAll;
}
