/** The six tints of schemas and areas, by what people call them. */
export const TINTS = ['blue', 'orange', 'green', 'violet', 'pink', 'teal'] as const;

/** The colour of a tint, as CSS. */
export function tintColour(tint: number): string {
  return `var(--s${tint})`;
}
