/**
 * Cells of a block that a spreadsheet gives: rows at line ends, cells at tabs; a cell that holds such signs stands in double
 * quotes, with its own doubled.
 */
export function readBlock(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quoted = text[at] === '"' ? quotedCell(text, at + 1) : undefined;
    let end = quoted?.end ?? at;
    if (quoted === undefined) while (end < text.length && text[end] !== '\t' && text[end] !== '\n') end += 1;
    row.push(quoted?.text ?? text.slice(at, end).replace(/\r$/, ''));
    if (text[end] === '\t') {
      // A tab at the very end has one more cell behind it.
      if (end === text.length - 1) row.push('');
    } else {
      rows.push(row);
      row = [];
    }
    at = end + 1;
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

/** The cell in quotes from here, if a cell ends where its quotes do. @returns where its separator is */
function quotedCell(text: string, from: number): { readonly text: string; readonly end: number } | undefined {
  const parts: string[] = [];
  let start = from;
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', start)) {
    parts.push(text.slice(start, at));
    if (text[at + 1] === '"') {
      start = at + 2;
      continue;
    }
    const end = text[at + 1] === '\r' && text[at + 2] === '\n' ? at + 2 : at + 1;
    return end >= text.length || text[end] === '\t' || text[end] === '\n' ? { text: parts.join('"'), end } : undefined;
  }
  return undefined;
}
