import type { Dependency, Discovery } from '#model/types.ts';

/** A share as a person writes it: `0.5 %`. @param share from 0 to 1 */
export function shareText(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

/** The rows that do not keep a dependency: `1 of 200 rows (0.5 %)`; undefined when all of them do. */
export function againstText({ rows, error = 0 }: Discovery): string | undefined {
  if (error === 0) return undefined;
  return `${Math.round(error * rows).toLocaleString('en')} of ${rows.toLocaleString('en')} rows (${shareText(error)})`;
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}

/**
 * The patch by which a person's new text takes the place of a dependency. Another dependency is not what was found in data,
 * nor what was left alone for a reason: it is declared from then on.
 */
export function retyped(
  before: Dependency,
  next: Omit<Dependency, 'id'>,
): Omit<Dependency, 'id' | 'multivalued' | 'discovered' | 'exempt'> & {
  readonly multivalued: true | null;
  readonly discovered?: null;
  readonly exempt?: null;
} {
  const { determinant, dependent } = next;
  const multivalued = next.multivalued === true ? true : null;
  const same =
    sameSet(before.determinant, determinant) &&
    sameSet(before.dependent, dependent) &&
    (before.multivalued === true) === (next.multivalued === true);
  return same ? { determinant, dependent, multivalued } : { determinant, dependent, multivalued, discovered: null, exempt: null };
}
