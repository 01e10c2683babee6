import { sharedColumns } from '#model/commands/refactor/transfer.ts';
import type { Dependency, Id, Ref } from '#model/types.ts';
import { againstText } from '../../normalize/provenance.ts';
import type { Violation } from '../../normalize/verdict.ts';
import { decomposeFix, type Said } from '../define.ts';
import type { TableContext } from '../table-context.ts';

/** `zip → city, state` */
export function dependencyText(at: TableContext, determinant: readonly Id[], dependent: readonly Id[]): string {
  return `${at.names(determinant) || '∅'} → ${at.names(dependent)}`;
}

function originText({ discovered }: Dependency): string {
  if (discovered === undefined) return 'declared';
  const against = againstText(discovered);
  return `found in ${discovered.source}${against === undefined ? '' : `, against ${against}`}`;
}

/** The steps of a derivation in words: declared dependencies and keys. */
function stepText(at: TableContext, source: string): string {
  const dependency = at.table.dependencies.find((one) => one.id === source);
  if (dependency !== undefined)
    return `${dependencyText(at, dependency.determinant, dependency.dependent)} (${originText(dependency)})`;
  const id = source.slice('key:'.length);
  const key = at.table.keys.find((one) => one.id === id);
  return key === undefined ? 'a key of the table' : `key (${at.names(key.columns)})`;
}

/** The proof in lines: the closure, what it misses, and the dependencies that were used. */
export function proofLines(at: TableContext, violation: Violation): string[] {
  const set = (ids: readonly Id[]) => `{${at.names(ids)}}`;
  const keys = at.verdict().candidateKeys;
  return [
    `${set(violation.determinant)}⁺ = ${set(violation.closure)}`,
    `no key: it does not determine ${set(violation.missing)}`,
    `candidate keys: ${keys.slice(0, 5).map(set).join(', ')}${keys.length > 5 ? ' …' : ''}`,
    ...violation.derivation.map((source) => `by ${stepText(at, source)}`),
  ];
}

/** A finding stands at the declared dependency that breaks the form, else at the table. */
export function violationRefs(at: TableContext, violation: Violation): Ref[] {
  const declared = violation.derivation.find((source) => at.table.dependencies.some((one) => one.id === source));
  return [at.ref(declared), ...[...violation.determinant, ...violation.dependent].map((id) => at.ref(id))];
}

/** Says each violation of some forms; nothing where no dependency was declared. */
export function sayViolations(
  at: TableContext,
  forms: readonly Violation['form'][],
  say: (violation: Violation) => Omit<Said, 'at' | 'evidence'>,
): Said[] {
  if (at.table.dependencies.length === 0) return [];
  // What is in 3NF is split further only at the price that BCNF asks.
  const choice = forms.includes('BCNF') ? 'BCNF' : 'recommended';
  const fixes = canDecompose(at) ? { fixes: [decomposeFix(at.table, choice)] } : {};
  return at
    .verdict()
    .violations.filter((violation) => violation.accepted !== true && forms.includes(violation.form))
    .map((violation) => ({ at: violationRefs(at, violation), evidence: proofLines(at, violation), ...fixes, ...say(violation) }));
}

/** Whether a decomposition can be planned at all: there is a key, and the columns are the table's own. */
export function canDecompose(at: TableContext): boolean {
  return !at.verdict().noKey && sharedColumns(at.document, at.table) === undefined;
}
