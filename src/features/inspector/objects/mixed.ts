/** How a field says that several things do not agree. */
export const MIXED = 'mixed' as const;

/** The choice that says so, where they do not; it cannot be chosen. */
export const mixedChoice = (same: unknown) =>
  same === undefined ? [{ value: MIXED as string, label: 'mixed', disabled: true }] : [];

/** What stands in an empty field of several things that do not agree. */
export function hintFor(values: readonly unknown[], same: unknown, empty: string): string {
  return same === undefined && values.some((value) => value !== undefined && value !== '') ? 'mixed' : empty;
}
