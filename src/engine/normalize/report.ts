import { bitItems } from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import { type HeadingSmell, smellsOfHeading } from '../smells/of-heading.ts';
import { type Anomaly, type AnomalyRows, anomalyRows, anomalyWords, combinationWords } from './anomaly.ts';
import { type Beyond, judgeHeading } from './beyond.ts';
import { closer } from './closure.ts';
import { canonicalCover, minimalCover } from './cover.ts';
import { synthesize3nf } from './decompose.ts';
import type { Fd, FdSet } from './dependencies.ts';
import { atomicClosure, hasOtherCover, minimumCover } from './determinants.ts';
import { type BreachProof, type MvdProof, proveBreaches, proveMvdBreaches } from './explain.ts';
import type { Forms } from './forms.ts';
import { listKeys } from './keys.ts';
import type { Heading } from './normalize-input.ts';
import { findPlans } from './plans.ts';
import type { PreservingBcnf } from './recommend.ts';
import { classic, type NamedFd, type Names, PlanReporter, type ReportedDecomposition } from './report-plans.ts';

/** Keys a report lists; it counts all. */
export const REPORTED_KEYS = 1000;
/** Splits that the search for BCNF tries where nobody waits for the next frame. */
const SPLITS = 2000;
/** Atomic dependencies looked at to say whether other covers exist. */
const ATOMS = 1000;

/** Why a form is broken, to be checked by hand. */
export interface ReportedProof {
  readonly form: string;
  readonly left: Names;
  readonly right: Names;
  readonly closure: Names;
  /** What the closure misses: so `left` is no key. */
  readonly missing: Names;
  /** The dependencies used, in order. */
  readonly derivation: readonly NamedFd[];
  /** Attributes of `right` that no candidate key holds. */
  readonly notPrime: Names;
  /** For 2NF: a key that holds `left` and more. */
  readonly partOfKey?: Names;
  /** For 4NF: the blocks that combine freely for one value of `left`. */
  readonly basis?: readonly Names[];
  readonly anomaly: Anomaly;
  /** The same in the sample rows, if some were given: positions count from 0. */
  readonly rows?: AnomalyRows;
}

/** Everything the algebra says of one heading, by names. */
export interface NormalizeReport {
  readonly attributes: Names;
  readonly keys: readonly Names[];
  /** Exact when `complete`, as a decimal text: it may be larger than any number type. */
  readonly keyCount: string;
  readonly prime: Names;
  /** The highest of 1NF, 2NF, 3NF, BCNF and, with multivalued dependencies, 4NF that is proved. EKNF is told in `forms`. */
  readonly highest: string;
  /** Each form: true or false when proved, null when undecided. */
  readonly forms: Readonly<Record<string, boolean | null>>;
  /** Why 4NF and 5NF hold or not, in a sentence. */
  readonly because: { readonly '4NF': string; readonly '5NF': string };
  /** A canonical cover: nothing redundant, nothing extraneous, one dependency for each left side. */
  readonly cover: readonly NamedFd[];
  /** A cover with the fewest dependencies. */
  readonly minimumCover: readonly NamedFd[];
  /** Whether the minimal cover is one of several; null when not settled. */
  readonly otherCovers: boolean | null;
  /** What keeps it out of first normal form, as names and sample rows tell; absent when they tell nothing. */
  readonly smells?: readonly HeadingSmell[];
  readonly proofs: readonly ReportedProof[];
  readonly decompositions: {
    readonly recommended: ReportedDecomposition;
    readonly '3NF': ReportedDecomposition;
    /** Without merging left sides that determine each other, when that gives other parts. */
    readonly '3NFUnmerged'?: ReportedDecomposition;
    readonly BCNF: ReportedDecomposition;
    readonly '4NF': ReportedDecomposition;
  };
  /** Whether some BCNF decomposition keeps every dependency: none found is not proved none. */
  readonly preservingBCNF: PreservingBcnf;
  readonly complete: boolean;
  readonly reason?: string;
}

function proofOf(say: PlanReporter, set: FdSet, { rows }: Heading, proof: BreachProof): ReportedProof {
  const [left, right] = say.fd(proof);
  const missing = say.names(proof.missing);
  return {
    form: proof.form,
    left,
    right,
    closure: say.names(proof.closure),
    missing,
    derivation: say.steps(set, proof.derivation),
    notPrime: say.names(proof.nonPrime),
    ...(proof.inside === undefined ? {} : { partOfKey: say.names(proof.inside) }),
    anomaly: anomalyWords(left, right, missing),
    ...(rows === undefined ? {} : { rows: anomalyRows(rows, bitItems(proof.left), bitItems(proof.right)) }),
  };
}

/** @param rules the functional dependencies given, then the multivalued ones. */
function mvdProofOf(say: PlanReporter, set: FdSet, rules: readonly Fd[], proof: MvdProof): ReportedProof {
  const [left, right] = say.fd(proof);
  const used = [...new Set(proof.basis.steps.map(({ rule }) => rule))];
  return {
    form: '4NF',
    left,
    right,
    closure: say.names(closer(set).close(proof.left)),
    missing: say.names(proof.missing),
    derivation: used.map((rule) => say.fd(rules[rule] as Fd)),
    notPrime: [],
    basis: proof.basis.blocks.map((block) => say.names(block)),
    anomaly: combinationWords(left, right, say.names(proof.rest)),
  };
}

function formsOf({ is }: Forms, { fourth, fifth }: Beyond): Record<string, boolean | null> {
  const forms: Record<string, boolean | null> = {};
  for (const form of ['2NF', '3NF', 'EKNF', 'BCNF'] as const) forms[form] = is[form] ?? null;
  // A broken form breaks those above it.
  for (const [below, above] of [
    ['2NF', '3NF'],
    ['3NF', 'EKNF'],
    ['EKNF', 'BCNF'],
  ] as const) {
    if (forms[below] === false) forms[above] = false;
  }
  forms['4NF'] = fourth.holds ?? null;
  forms['5NF'] = fifth.holds ?? null;
  return forms;
}

/**
 * Keys, forms with proofs, covers and decompositions of one heading, under functional and multivalued dependencies together.
 * The same input gives the same report, unless the budget cuts it short.
 */
export function normalizeReport(heading: Heading, budget: Budget): NormalizeReport {
  const { mvds } = heading;
  const { forms, beyond, set } = judgeHeading(heading.set, mvds, budget);
  const cover = canonicalCover(set, budget);
  const say = new PlanReporter(heading, cover);
  const keys = forms.value.keys;
  const plans = findPlans(set, mvds, budget, SPLITS);
  const third = say.decomposition(plans.third);
  const apart = say.decomposition(synthesize3nf(set, budget, false));
  const partsOf = (one: ReportedDecomposition) => JSON.stringify(one.parts.map((part) => part.attributes));
  const minimal = minimalCover(cover, budget);
  const reason = forms.reason ?? keys.reason;
  const proofs = [
    ...proveBreaches(set, forms.value).map((proof) => proofOf(say, set, heading, proof)),
    ...proveMvdBreaches(heading.set, mvds, closer(set), beyond.breaches).map((proof) =>
      mvdProofOf(say, set, [...heading.set.fds, ...mvds], proof),
    ),
  ];
  const smells = smellsOfHeading(heading.attributes, heading.rows);
  return {
    attributes: heading.attributes,
    keys: listKeys(keys.value, REPORTED_KEYS).map((key) => say.names(key)),
    keyCount: keys.value.count.toString(),
    prime: say.names(keys.value.prime),
    highest: mvds.length > 0 && beyond.fourth.holds === true ? '4NF' : classic(forms.value.highest),
    forms: formsOf(forms.value, beyond),
    because: { '4NF': beyond.fourth.words, '5NF': beyond.fifth.words },
    cover: cover.fds.map((fd) => say.fd(fd)),
    minimumCover: minimumCover(cover).fds.map((fd) => say.fd(fd)),
    otherCovers: hasOtherCover(minimal, atomicClosure(cover, budget, ATOMS)) ?? null,
    ...(smells.length === 0 ? {} : { smells }),
    proofs,
    decompositions: {
      recommended: say.decomposition(plans.recommended),
      '3NF': third,
      ...(partsOf(third) === partsOf(apart) ? {} : { '3NFUnmerged': apart }),
      BCNF: say.decomposition(plans.bcnf),
      '4NF': say.decomposition(plans.fourth),
    },
    preservingBCNF: plans.bcnf.value.preservingBcnf,
    complete: forms.complete && keys.complete,
    ...(reason === undefined ? {} : { reason }),
  };
}
