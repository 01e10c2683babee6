/** One field: NULL is empty, everything else stands in quotes, so that an empty text is told from it (RFC 4180). */
function field(value: string | undefined): string {
  return value === undefined ? '' : `"${value.replaceAll('"', '""')}"`;
}

/** How {@link csvText} writes, for whoever reads it. */
export const CSV_TEXT = { separator: ',', quote: '"', header: true, nulls: [] } as const;

/** Rows as CSV that is read back equal, NULL and empty text apart. @param names of the columns, the first row. */
export function csvText(names: readonly string[], rows: Iterable<readonly (string | undefined)[]>): string {
  const lines = [names.map(field).join(',')];
  for (const row of rows) lines.push(row.map(field).join(','));
  return `${lines.join('\n')}\n`;
}
