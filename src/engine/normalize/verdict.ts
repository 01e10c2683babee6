import type { Id } from '#model/types.ts';
import type { Beyond } from './beyond.ts';

export type NormalForm = '1NF' | '2NF' | '3NF' | 'EKNF' | 'BCNF';

/** One dependency that keeps a table out of a normal form, with its proof. Attributes are column ids. */
export interface Violation {
  /** The form it breaks. */
  readonly form: '2NF' | '3NF' | 'EKNF' | 'BCNF';
  readonly determinant: readonly Id[];
  readonly dependent: readonly Id[];
  /** Closure of the determinant. */
  readonly closure: readonly Id[];
  /** What the closure misses, so that the determinant is no key. */
  readonly missing: readonly Id[];
  /** The declared dependencies used, in order, as ids of {@link Dependency} or `key:<key id>`. */
  readonly derivation: readonly string[];
  /** All that were used for the closure, in order, in the same terms. */
  readonly closureBy?: readonly string[];
  /** It follows only from dependencies whose redundancy is accepted: shown, and no warning. */
  readonly accepted?: true;
}

/** A declared multivalued dependency that no key explains: values that combine freely share a table. */
export interface MultivaluedViolation {
  readonly dependency: Id;
  readonly determinant: readonly Id[];
  readonly dependent: readonly Id[];
}

/** What is proved of one table. */
export interface Verdict {
  readonly table: Id;
  readonly highest: NormalForm;
  /** No dependency was declared: the form holds only if there is none beside the keys. */
  readonly byAssumption: boolean;
  /** No enforced key: rows may repeat, the form is that of the whole heading as key. */
  readonly noKey: boolean;
  readonly candidateKeys: readonly (readonly Id[])[];
  /** False when enumeration stopped at its budget; the count is still exact when known. */
  readonly keysComplete: boolean;
  readonly keyCount: string;
  readonly prime: readonly Id[];
  readonly violations: readonly Violation[];
  /** Accepted dependencies of a whole key: values that are worked out from other tables, which break no form of this one. */
  readonly derived?: readonly Id[];
  /** Only where multivalued dependencies are declared: those that break fourth normal form, none when it holds. */
  readonly multivalued?: readonly MultivaluedViolation[];
  /** Whether fourth and fifth normal form hold as well, with the reason in words. */
  readonly beyond?: Pick<Beyond, 'fourth' | 'fifth'>;
  /** False when a form above `highest` was not decided within the budget; `reason` says which. */
  readonly complete: boolean;
  readonly reason?: string;
}
