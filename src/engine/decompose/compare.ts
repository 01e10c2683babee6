import { type Bits, bitItems, bitsOf, intersection, isEmpty, isSubset, minus } from '#lib/bitset.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { Document, Id } from '#model/types.ts';
import { type Budget, partOf } from '../budget.ts';
import { anomalyWords, combinationWords } from '../normalize/anomaly.ts';
import { judgeHeading } from '../normalize/beyond.ts';
import { closer, type Step } from '../normalize/closure.ts';
import { canonicalCover } from '../normalize/cover.ts';
import type { Fd, FdSet } from '../normalize/dependencies.ts';
import { homesOf, proveBreaches, proveJoin, proveMvdBreaches } from '../normalize/explain.ts';
import { type Part, PartJudge } from '../normalize/parts.ts';
import { partsToCheck } from '../normalize/rejoin.ts';
import { dependenciesOf, type TableDependencies, toNormalize } from '../normalize/table-dependencies.ts';
import type { BreachFact, ComparedPlan, Comparison, Fact, HomeFact, JoinFact, PlanKind } from './comparison-types.ts';
import { mergesOf } from './lossless.ts';
import { proposeDecomposition } from './propose.ts';
import type { Proposal } from './types.ts';

/** The table's dependencies with what follows from them, worked out once for all plans. */
class Heading {
  readonly given: TableDependencies;
  /** Functional dependencies, those that follow from the multivalued ones too. */
  readonly set: FdSet;
  readonly judged: ReturnType<typeof judgeHeading>;
  readonly judge: PartJudge;
  /** Of what counts: without accepted redundancy. */
  readonly cover: FdSet;

  constructor(given: TableDependencies, budget: Budget) {
    this.given = given;
    this.judged = judgeHeading(given.set, given.mvds, budget);
    this.set = this.judged.set;
    this.judge = new PartJudge(this.set, budget, given.mvds);
    this.cover = given.accepted.size === 0 ? this.judge.cover : canonicalCover(toNormalize(given), budget);
  }

  ids(bits: Bits): Id[] {
    return bitItems(bits).flatMap((item) => this.given.columns[item]?.id ?? []);
  }

  names(bits: Bits): string[] {
    return bitItems(bits).flatMap((item) => this.given.columns[item]?.name ?? []);
  }

  bits(ids: readonly Id[]): Bits {
    const { columns } = this.given;
    return bitsOf(
      columns.length,
      ids.map((id) => columns.findIndex((column) => column.id === id)).filter((at) => at >= 0),
    );
  }

  fact({ left, right }: Fd): Fact {
    return { determinant: this.ids(left), dependent: this.ids(minus(right, left)) };
  }

  facts(set: FdSet, steps: readonly Step[]): Fact[] {
    return steps.map(({ fd, added }) => {
      const { left } = set.fds[fd] as Fd;
      return { determinant: this.ids(left), dependent: this.ids(bitsOf(set.size, added)) };
    });
  }
}

function functionalBreaches(heading: Heading): BreachFact[] {
  const { given, set, judged } = heading;
  const open = closer(toNormalize({ set, accepted: given.accepted }));
  return proveBreaches(set, judged.forms.value).map((proof) => ({
    form: proof.form,
    determinant: heading.ids(proof.left),
    dependent: heading.ids(proof.right),
    closure: heading.ids(proof.closure),
    missing: heading.ids(proof.missing),
    derivation: heading.facts(set, proof.derivation),
    nonPrime: heading.ids(proof.nonPrime),
    keys: proof.keys.map((key) => heading.ids(key)),
    ...(proof.inside === undefined ? {} : { inside: heading.ids(proof.inside) }),
    anomaly: anomalyWords(heading.names(proof.left), heading.names(proof.right), heading.names(proof.missing)),
    ...(isSubset(proof.right, open.close(proof.left)) ? {} : { accepted: true as const }),
  }));
}

function multivaluedBreaches(heading: Heading): BreachFact[] {
  const { given, set, judged } = heading;
  const known = closer(set);
  return proveMvdBreaches(set, given.mvds, known, judged.beyond.breaches).map(({ left, right, rest, basis, missing }) => ({
    form: '4NF',
    determinant: heading.ids(left),
    dependent: heading.ids(right),
    closure: heading.ids(known.close(left)),
    missing: heading.ids(missing),
    derivation: [],
    nonPrime: [],
    keys: [],
    blocks: basis.blocks.map((block) => heading.ids(block)),
    anomaly: combinationWords(heading.names(left), heading.names(right), heading.names(minus(rest, left))),
  }));
}

function joinOf(heading: Heading, attributes: readonly Bits[]): JoinFact {
  const { cover } = heading.judge;
  const { start, chase } = proveJoin(cover, attributes);
  const merges = chase.lossless ? [] : (mergesOf(heading.given, attributes) ?? []);
  return {
    start,
    steps: chase.steps.map(({ fd, row, from, column }) => ({ ...heading.fact(cover.fds[fd] as Fd), row, from, column })),
    ...(chase.row === undefined ? {} : { whole: chase.row }),
    merges: merges.map(({ one, other }) => ({
      one: heading.ids(one),
      other: heading.ids(other),
      shared: heading.ids(intersection(one, other)),
    })),
  };
}

function homesIn(heading: Heading, parts: readonly Part[]): HomeFact[] {
  const { cover } = heading;
  const attributes = parts.map((part) => part.attributes);
  return homesOf(cover, parts).map((home, at): HomeFact => {
    const fd = cover.fds[at] as Fd;
    const fact = heading.fact(fd);
    if (home.kind === 'lost') {
      return { ...fact, kind: 'lost', tables: [], steps: [], join: partsToCheck(heading.judge.cover, attributes, fd) ?? [] };
    }
    if (home.kind === 'joint') {
      const steps = home.steps.map(({ from, added }) => ({ determinant: heading.ids(from), dependent: heading.ids(added) }));
      return { ...fact, kind: 'joint', tables: home.steps.map(({ part }) => part), steps };
    }
    const inside = { size: cover.size, fds: (parts[home.part] as Part).fds };
    return { ...fact, kind: 'inside', tables: [home.part], steps: heading.facts(inside, home.derivation) };
  });
}

function provePlan(heading: Heading, proposal: Proposal): ComparedPlan {
  const attributes = proposal.tables.map(({ columns }) => heading.bits(columns));
  const parts = attributes.map((part) => heading.judge.judge(part));
  return {
    proposal,
    tables: parts.map(({ form, fourth, complete, reason }) => ({
      form,
      complete,
      ...(fourth === undefined ? {} : { fourth }),
      ...(reason === undefined ? {} : { reason }),
    })),
    join: joinOf(heading, attributes),
    homes: homesIn(heading, parts),
  };
}

const PLAN_KINDS: readonly PlanKind[] = ['recommended', '3NF', 'BCNF', '4NF'];

/**
 * Works out the ways to decompose a table side by side: its breaches of normal forms with their proofs, and for each plan
 * the tables, what is proved of them, why their join loses nothing and where every dependency is checked.
 * 4NF is one of them only where multivalued dependencies are declared.
 * @returns an error only when the table is gone; a plan that cannot be done is an error in its place.
 */
export function compareDecompositions(document: Document, tableId: Id, budget: Budget): Result<Comparison> {
  const table = recordIn(document, 'tables', tableId);
  if (table === undefined) return err('not-found', 'The table is not in the model any more: select it again.');
  const given = dependenciesOf(document, table);
  budget.progress?.(0, 'Looking for keys and normal forms');
  const heading = new Heading(given, partOf(budget, 0, 0.2));
  const kinds = PLAN_KINDS.filter((kind) => kind !== '4NF' || given.mvds.some(({ left, right }) => !isEmpty(minus(right, left))));
  const plans = kinds.map((choice, at) => {
    budget.progress?.(0.2 + (0.8 * at) / kinds.length, `Working out ${choice === 'recommended' ? 'the recommended plan' : choice}`);
    const proposed = proposeDecomposition(document, tableId, choice, budget);
    return { choice, found: proposed.ok ? ok(provePlan(heading, proposed.value)) : proposed };
  });
  const reason = heading.judged.forms.reason ?? (budget.shouldStop() ? 'the time for it was over' : undefined);
  return ok({
    columns: given.columns.map(({ id }) => id),
    breaches: [...functionalBreaches(heading), ...multivaluedBreaches(heading)],
    plans,
    ...(reason === undefined ? {} : { open: reason }),
  });
}
