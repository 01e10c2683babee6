import type { Refusal } from './entry.ts';
import type { Row } from './row.ts';

/** A table as a client program shows it. */
export interface Shown {
  /** In lower case. */
  readonly names: readonly string[];
  readonly rows: readonly Row[];
  readonly refused: readonly Refusal[];
}

/** A rule under the names of columns: `---+---` (psql), `+---+---+` (psql with a border, MySQL), `-----` (one column). */
const RULE = /^ ?\+?-{3,}(?:\+-{2,})*\+?[ \r]*$/;
const ENDING = /^(?:\(\d+ rows?\)|\d+ rows? in set.*)\s*$/;
/** A rule stands in one of the first lines. */
const HEAD_LINES = 6;

interface Columns {
  /** Where each begins and where it ends, in a line. */
  readonly spans: readonly (readonly [start: number, end: number])[];
  readonly boxed: boolean;
}

function columnsOf(rule: string): Columns {
  const trimmed = rule.trimEnd();
  const marks = [...trimmed].flatMap((char, at) => (char === '+' ? [at] : []));
  const boxed = trimmed.startsWith('+');
  const ends = boxed ? marks : [-1, ...marks, trimmed.length];
  return { spans: ends.slice(1).map((end, i) => [(ends[i] as number) + 1, end] as const), boxed };
}

/** The cells of a line, and whether each goes on in the next one (psql: `+` at its end); undefined where it does not fit. */
function cut(line: string, { spans, boxed }: Columns): { cells: string[]; goesOn: boolean[] } | undefined {
  const fits = spans.every(([start], i) => (i === 0 && !boxed) || line[start - 1] === '|');
  if (fits)
    return {
      cells: spans.map(([start, end], i) =>
        line
          .slice(start, i === spans.length - 1 && !boxed ? undefined : end)
          .replace(/^ /, '')
          .trimEnd(),
      ),
      goesOn: spans.map(([, end]) => line[end - 1] === '+'),
    };
  // Characters that are wider or narrower than one move what follows.
  const inner = boxed ? line.trimEnd().replace(/^\|/, '').replace(/\|$/, '') : line;
  const parts = inner.split('|');
  if (parts.length !== spans.length) return undefined;
  return { cells: parts.map((part) => part.replace(/^ /, '').trimEnd()), goesOn: parts.map((part) => /\s\+\s*$/.test(part)) };
}

function aligned(lines: readonly string[], at: number): Shown | undefined {
  const columns = columnsOf(lines[at] as string);
  const header = columns.boxed ? at + 1 : at - 1;
  const named = lines[header] === undefined ? undefined : cut(lines[header], columns);
  if (named === undefined) return undefined;
  const names = named.cells.map((cell) => cell.trim().toLowerCase());
  const rows: Row[] = [];
  const refused: Refusal[] = [];
  let open: { cells: string[]; line: number; goesOn: boolean[] } | undefined;
  const close = () => {
    if (open !== undefined)
      rows.push({ fields: new Map(names.map((name, i) => [name, (open?.cells[i] ?? '').trim()])), line: open.line, column: 1 });
    open = undefined;
  };
  for (let i = Math.max(at, header) + 1; i < lines.length; i++) {
    const line = (lines[i] as string).replace(/\r$/, '');
    if (line.trim() === '' || RULE.test(line) || ENDING.test(line)) continue;
    const found = cut(line, columns);
    if (found === undefined) {
      refused.push({
        line: i + 1,
        column: 1,
        reason: 'This line does not fit the columns of the table: export it as CSV or JSON.',
      });
      continue;
    }
    const plain = found.cells.map((cell, k) => (found.goesOn[k] === true ? cell.slice(0, -1).trimEnd() : cell));
    if (open?.goesOn.includes(true) === true) {
      const before = open;
      open = {
        line: before.line,
        cells: before.cells.map((cell, k) => (before.goesOn[k] === true ? `${cell}\n${plain[k] ?? ''}` : cell)),
        goesOn: found.goesOn,
      };
    } else {
      close();
      open = { cells: plain, line: i + 1, goesOn: found.goesOn };
    }
  }
  close();
  return { names, rows, refused };
}

const PSQL_RECORD = /^-\[ RECORD \d+ \]/;
const MYSQL_RECORD = /^\*{3,} *\d+\. row \*{3,}\s*$/;

/** One column a line: psql's `\x`, MySQL's `\G`. */
function expanded(lines: readonly string[], first: number): Shown {
  const isPsql = PSQL_RECORD.test(lines[first] as string);
  const record = isPsql ? PSQL_RECORD : MYSQL_RECORD;
  const mark = isPsql ? '|' : ':';
  const rows: Row[] = [];
  const names = new Set<string>();
  let fields: Map<string, string> | undefined;
  let last: string | undefined;
  let at = 0;
  const boundary = (line: string) => line.indexOf(isPsql ? ' | ' : ': ') + (isPsql ? 1 : 0);
  let place = -1;
  lines.forEach((whole, i) => {
    const line = whole.replace(/\r$/, '');
    if (record.test(line)) {
      fields = new Map();
      place = -1;
      at = i + 1;
      rows.push({ fields, line: at, column: 1 });
      return;
    }
    if (fields === undefined || ENDING.test(line)) return;
    if (place < 0) place = boundary(line);
    const name = line.slice(0, place).trim().toLowerCase();
    if (line[place] === mark && /^\w[\w$(). *]*$/.test(name)) {
      fields.set(name, line.slice(place + 2).trimEnd());
      names.add(name);
      last = name;
    } else if (last !== undefined) {
      const more = isPsql ? line.slice(place + 2).trimEnd() : line;
      const before = fields.get(last) ?? '';
      fields.set(last, `${isPsql ? before.replace(/\s*\+$/, '') : before}\n${more}`.trimEnd());
    }
  });
  return { names: [...names], rows, refused: [] };
}

/**
 * A table as psql or the mysql program shows it: aligned, with a border or without, or one column a line. A query on several
 * lines is put together again. Undefined when the text is none. @param text what was copied from a terminal
 */
export function readShown(text: string): Shown | undefined {
  const lines = text.split('\n');
  const lead = lines.slice(0, HEAD_LINES);
  const record = lead.findIndex((line) => PSQL_RECORD.test(line) || MYSQL_RECORD.test(line));
  if (record >= 0) return expanded(lines, record);
  const rule = lead.findIndex((line) => RULE.test(line));
  return rule < 0 ? undefined : aligned(lines, rule);
}
