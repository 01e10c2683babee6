import { allBits, type Bits, bitItems, isEmpty, minus, sameBits } from '#lib/bitset.ts';
import { recordIn } from '#model/collections.ts';
import { ancestorsOf } from '#model/derive/columns.ts';
import type { Document, Id, Table } from '#model/types.ts';
import type { Budget } from '../budget.ts';
import { INTERACTIVE_KEYS, judgeHeading } from './beyond.ts';
import { closer, proofOf } from './closure.ts';
import type { Breach } from './forms.ts';
import type { MvdBreach } from './fourth.ts';
import { listKeys } from './keys.ts';
import { dependenciesOf, type TableDependencies, toNormalize } from './table-dependencies.ts';
import type { MultivaluedViolation, Verdict, Violation } from './verdict.ts';

/** Keys a verdict lists; its `keyCount` counts all. */
const SHOWN_KEYS = 64;

interface Known {
  /** Everything the verdict was made from, besides the table itself. */
  readonly from: readonly unknown[];
  readonly verdict: Verdict;
}

const memo = new WeakMap<Table, Known>();

/** Records a table's verdict depends on: those it takes columns and keys from, and the domains of its columns. */
function sourcesOf(document: Document, table: Table, seen: Set<Id> = new Set()): unknown[] {
  if (seen.has(table.id)) return [];
  seen.add(table.id);
  const types = table.columns.flatMap(({ type }) => (type.kind === 'custom' ? [recordIn(document, 'types', type.type)] : []));
  const ancestors = ancestorsOf(table).map((id) => recordIn(document, 'tables', id));
  return [...types, ...ancestors, ...ancestors.flatMap((one) => (one === undefined ? [] : sourcesOf(document, one, seen)))];
}

/**
 * What is proved of one table: its candidate keys and highest normal form, with the dependencies that break the next one
 * and their derivations. Answers are kept for each table record, so that asking again costs nothing; one that a budget
 * cut short is not kept.
 */
export function verdictOf(document: Document, table: Table, budget: Budget): Verdict {
  const from = sourcesOf(document, table);
  const known = memo.get(table);
  if (known !== undefined && known.from.length === from.length && known.from.every((one, at) => one === from[at])) {
    return known.verdict;
  }
  const verdict = judge(document, table, budget);
  if (!budget.shouldStop()) memo.set(table, { from, verdict });
  return verdict;
}

/** A breach in two: what follows without the accepted dependencies, and what needs one of them. */
function byAcceptance(breach: Breach, open: Bits): { readonly breach: Breach; readonly accepted: boolean }[] {
  const wanted = minus(breach.right, open);
  const rest = minus(breach.right, wanted);
  return [
    { breach: { ...breach, right: rest }, accepted: false },
    { breach: { ...breach, right: wanted }, accepted: true },
  ].filter((one) => !isEmpty(one.breach.right));
}

/** Multivalued dependencies that say something and do not start from a key, as they were declared. */
function freeCombinations(
  { mvds, mvdSources }: TableDependencies,
  breaches: readonly MvdBreach[],
  name: (items: Bits) => Id[],
): MultivaluedViolation[] {
  const broken = breaches.filter(({ functional }) => functional !== true);
  return mvds.flatMap((mvd, at) => {
    if (!broken.some(({ left, right }) => sameBits(left, mvd.left) && sameBits(right, minus(mvd.right, mvd.left)))) return [];
    return [{ dependency: mvdSources[at] as Id, determinant: name(mvd.left), dependent: name(mvd.right) }];
  });
}

/** Accepted dependencies whose left side holds an enforced key: they say nothing of this table that its keys do not. */
function derivedValues(table: Table, { keys }: TableDependencies): Id[] {
  return table.dependencies
    .filter(
      ({ determinant, exempt }) =>
        exempt?.kind === 'accepted' && keys.some(({ columns }) => columns.every((id) => determinant.includes(id))),
    )
    .map(({ id }) => id);
}

function judge(document: Document, table: Table, budget: Budget): Verdict {
  const given = dependenciesOf(document, table);
  const { columns, sources, declared, keys } = given;
  const name = (items: Bits) => bitItems(items).flatMap((item) => columns[item]?.id ?? []);
  // Functional dependencies that follow from multivalued ones stand behind those given.
  const { forms, beyond, set } = judgeHeading(given.set, given.mvds, budget, INTERACTIVE_KEYS);
  const found = forms.value.keys;
  const whole = closer(set);
  const open = given.accepted.size === 0 ? whole : closer(toNormalize({ set, accepted: given.accepted }));
  const breaches = forms.value.breaches.flatMap((breach) => byAcceptance(breach, open.close(breach.left)));
  const violations = breaches.map(({ breach, accepted }): Violation => {
    const { closure, steps } = whole.derive(breach.left);
    return {
      form: breach.form,
      determinant: name(breach.left),
      dependent: name(breach.right),
      closure: name(closure),
      missing: name(minus(allBits(set.size), closure)),
      derivation: proofOf(set, breach.left, steps, breach.right).flatMap((step) => sources[step.fd] ?? []),
      closureBy: steps.flatMap((step) => sources[step.fd] ?? []),
      ...(accepted ? { accepted } : {}),
    };
  });
  const derived = derivedValues(table, given);
  return {
    table: table.id,
    highest: forms.value.highest,
    byAssumption: declared === derived.length,
    noKey: keys.length === 0,
    candidateKeys: listKeys(found.value, SHOWN_KEYS).map(name),
    keysComplete: found.complete && found.value.count <= BigInt(SHOWN_KEYS),
    keyCount: found.value.count.toString(),
    prime: name(found.value.prime),
    violations,
    ...(derived.length === 0 ? {} : { derived }),
    ...(given.mvds.length === 0 ? {} : { multivalued: freeCombinations(given, beyond.breaches, name) }),
    beyond: { fourth: beyond.fourth, fifth: beyond.fifth },
    complete: forms.complete,
    ...(forms.reason === undefined ? {} : { reason: forms.reason }),
  };
}
