import { lineEnd } from './skip.ts';

/** Rows of a COPY. Offsets are UTF-16. */
export interface CopyData {
  readonly rows: number;
  /** Where the rows end: after the line `\.`, at what follows when that line is missing, or at the end of the text. */
  readonly end: number;
  readonly terminated: boolean;
}

/** What pg_dump writes before each object and at its end, and the next COPY: no row of data stands like that. */
const HEADING = /^--[ \t]*\r?\n-- (?:Name|Data for Name|TOC entry|PostgreSQL database dump complete|Completed on)\b/i;
const NEXT_COPY = /^COPY\s[^\t\r\n]{1,400}\sFROM\s+STDIN\b[^\t\r\n]{0,200};\s*$/i;
/** How statements begin that people and dumps write after rows. */
const STATEMENT =
  /^(?:CREATE|ALTER|DROP|COMMENT\s+ON|GRANT|REVOKE|SET|INSERT\s+INTO|COPY|SELECT\s+(?:pg_catalog|setval|\S+\()|BEGIN|COMMIT|DO\s+\$|TRUNCATE|ANALYZE|VACUUM)\b[^\t]*$/i;

const isEnd = (text: string, at: number, end: number) =>
  text.charCodeAt(at) === 92 && text.charCodeAt(at + 1) === 46 && text.slice(at + 2, end).trim() === '';

/**
 * The rows of a COPY up to the line `\.`. Where that line is missing they end at what cannot be a row (a heading of
 * pg_dump, the next COPY), or, when the rest of the text has no such line either, at what looks like a statement.
 * @param from offset of the first row.
 */
export function copyData(text: string, from: number): CopyData {
  let rows = 0;
  // Empty lines before a statement are no rows.
  let empty = 0;
  let suspect: CopyData | undefined;
  for (let at = from; at < text.length; ) {
    const end = lineEnd(text, at);
    if (isEnd(text, at, end)) return { rows, end, terminated: true };
    const line = text.slice(at, Math.min(end, at + 800));
    const isNext = NEXT_COPY.test(line) || (line.startsWith('--') && HEADING.test(text.slice(at, at + 200)));
    if (isNext) return suspect ?? { rows: rows - empty, end: at, terminated: false };
    if (suspect === undefined && STATEMENT.test(line)) suspect = { rows: rows - empty, end: at, terminated: false };
    rows++;
    empty = line.trim() === '' ? empty + 1 : 0;
    at = end + 1;
  }
  return suspect ?? { rows, end: text.length, terminated: false };
}
