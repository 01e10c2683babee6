/** Lines of documentation, and whether the text comes back from them as it was. */
export function docLines(text: string | undefined, indent: string): { readonly lines: readonly string[]; readonly exact: boolean } {
  if (text === undefined) return { lines: [], exact: true };
  const lines = text.split(/\r\n?|\n|\u2028|\u2029/).map((line) => line.trim());
  return { lines: lines.map((line) => `${indent}/// ${line}`.trimEnd()), exact: lines.join('\n') === text };
}

/** Rows of cells, each column as wide as its widest cell. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  return rows.map((row) => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' ')}`.trimEnd());
}

/** Bytes of a text in UTF-8. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
