import { readShorthand, type TypedColumn } from './shorthand.ts';
import { splitAtCommas, tokensOf } from './typed-tokens.ts';

/** One pasted row: what it says, or why it says nothing. */
export interface PastedRow {
  /** Line of the pasted text, counted from 1. */
  readonly line: number;
  readonly text: string;
  readonly typed?: TypedColumn;
  readonly problem?: string;
}

/** What a pasted text was taken for. `sql` is a whole CREATE TABLE: the reader of SQL has the word. */
export type PastedKind = 'table' | 'lines' | 'sql';

type Field = 'name' | 'type' | 'null' | 'required' | 'default' | 'comment' | 'key' | 'references' | 'unique' | 'other';

const HEADERS: readonly { readonly field: Field; readonly words: RegExp }[] = [
  { field: 'name', words: /^(column[ _]?)?(name|column|field|attribute|col)([ _]?name)?$/ },
  { field: 'type', words: /^(data|column|sql)?[ _]?type$/ },
  { field: 'null', words: /^(is[ _]?)?(null|nullable|null\?|optional|allow(s)?[ _]?nulls?)\??$/ },
  { field: 'required', words: /^(is[ _]?)?(not[ _]null|required|mandatory|nn)\??$/ },
  { field: 'default', words: /^(column[ _]?)?default([ _]value)?$/ },
  { field: 'comment', words: /^(comments?|description|notes?|remarks?|meaning)$/ },
  { field: 'key', words: /^((primary|is)[ _]?)?(key|pk|keys|constraints?)$/ },
  { field: 'references', words: /^(references?|foreign[ _]key|fk)$/ },
  { field: 'unique', words: /^(is[ _]?)?(unique|uq)$/ },
];

const ORDER: readonly Field[] = ['name', 'type', 'null', 'default', 'comment'];

/** Rows of delimited text; a field in double quotes may hold delimiters and line ends. (RFC 4180, any delimiter.) */
export function readDelimited(
  text: string,
  delimiter: string,
): readonly { readonly line: number; readonly fields: readonly string[] }[] {
  const rows: { line: number; fields: string[] }[] = [];
  let fields: string[] = [];
  let field = '';
  let quoted = false;
  let line = 1;
  let begun = 1;
  const endField = () => {
    fields.push(field.trim());
    field = '';
  };
  const endRow = () => {
    endField();
    if (fields.some((one) => one !== '')) rows.push({ line: begun, fields });
    fields = [];
    begun = line + 1;
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (quoted) {
      if (char === '"' && text[at + 1] === '"') field += text[++at];
      else if (char === '"') quoted = false;
      else field += char;
    } else if (char === '"' && field.trim() === '') {
      quoted = true;
      field = '';
    } else if (char === delimiter) endField();
    else if (char === '\n') endRow();
    else if (char !== '\r') field += char;
    if (char === '\n') line++;
  }
  endRow();
  return rows;
}

const YES = /^(yes|y|true|t|1|x|✓|✔)$/i;
const NO = /^(no|n|false|f|0|-|)$/i;

/** What a cell under "nullable" says; undefined = it says nothing. */
function readNullable(cell: string): boolean | undefined {
  const text = cell.trim();
  if (/^not[ _]null|^nn$|^required$|^mandatory$/i.test(text)) return false;
  if (/^null(able)?$|^optional$/i.test(text) || YES.test(text)) return true;
  return text !== '' && NO.test(text) ? false : undefined;
}

function headerOf(cells: readonly string[]): readonly Field[] | undefined {
  const fields = cells.map((cell): Field => {
    const word = cell.trim().toLowerCase();
    return HEADERS.find((one) => one.words.test(word))?.field ?? 'other';
  });
  return fields.includes('name') && new Set(fields).size > 1 ? fields : undefined;
}

type Draft = { -readonly [K in keyof TypedColumn]: TypedColumn[K] };

function takeKey(column: Draft, cell: string): void {
  if (/pk|primary|pri\b/i.test(cell) || YES.test(cell)) column.primary = true;
  if (/uq|uni/i.test(cell)) column.unique = true;
}

/** Takes one cell. Yields why it cannot. */
function takeCell(column: Draft, field: Field, cell: string): string | undefined {
  if (cell === '') return undefined;
  if (field === 'name') column.name = cell;
  else if (field === 'type') {
    const read = readShorthand(`x ${cell}`);
    if (!read.ok) return read.problem.message;
    // A cell of the type may say more, as people write: `text not null`, `bigint pk`.
    const { name: _, ...said } = read.value;
    Object.assign(column, said);
  } else if (field === 'null') {
    const nullable = readNullable(cell);
    if (nullable === undefined) return `“${cell}” says neither yes nor no to NULL.`;
    column.nullable = nullable;
  } else if (field === 'required') column.nullable = !(YES.test(cell) || readNullable(cell) === false);
  else if (field === 'default') {
    if (!/^null$/i.test(cell)) column.default = cell;
  } else if (field === 'comment') column.comment = cell;
  else if (field === 'key') takeKey(column, cell);
  else if (field === 'unique') column.unique = YES.test(cell) || /^u/i.test(cell);
  else if (field === 'references' && !NO.test(cell)) {
    const read = readShorthand(`x -> ${cell}`);
    if (!read.ok) return read.problem.message;
    if (read.value.references !== undefined) column.references = read.value.references;
  }
  return undefined;
}

function readCells(cells: readonly string[], header: readonly Field[]): TypedColumn | string {
  const column: Draft = {};
  for (const [at, cell] of cells.entries()) {
    const problem = takeCell(column, header[at] ?? 'other', cell);
    if (problem !== undefined) return problem;
  }
  if (column.primary === true) delete column.nullable;
  return column.name === undefined ? 'The row has no name.' : column;
}

/** The order of cells without a header: a third column of yes and no is about NULL, else a default, and so on. */
function guessedOrder(rows: readonly (readonly string[])[]): readonly Field[] {
  const width = Math.max(...rows.map((row) => row.length));
  const cells = (at: number) => rows.flatMap((row) => (row[at] === undefined || row[at] === '' ? [] : [row[at] as string]));
  if (width < 3 || cells(2).every((cell) => readNullable(cell) !== undefined)) return ORDER;
  return width === 3 && cells(2).some((cell) => /\s/.test(cell))
    ? ['name', 'type', 'comment']
    : ['name', 'type', 'default', 'comment'];
}

function readTable(text: string, delimiter: string): readonly PastedRow[] {
  const rows = readDelimited(text, delimiter);
  const header = headerOf(rows[0]?.fields ?? []);
  const body = header === undefined ? rows : rows.slice(1);
  const order = header ?? guessedOrder(body.map((row) => row.fields));
  return body.map(({ line, fields }) => {
    const read = readCells(fields, order);
    const row = { line, text: fields.join('\t') };
    return typeof read === 'string' ? { ...row, problem: read } : { ...row, typed: read };
  });
}

/** A line of SQL that is about the table, not one column. */
const TABLE_CONSTRAINT = /^(constraint|primary\s+key\s*\(|foreign\s+key|unique\s*\(|check\s*\(|exclude|like\s|\)|create\s)/i;

function readLines(text: string): readonly PastedRow[] {
  return text.split('\n').flatMap((raw, at): PastedRow[] => {
    const line = raw
      .trim()
      .replace(/,\s*(?=--|$)/, ' ')
      .trim();
    if (line === '' || line.startsWith('--')) return [];
    const row = { line: at + 1, text: raw.trim() };
    if (TABLE_CONSTRAINT.test(line)) return [{ ...row, problem: 'This line is about the table, not about one column.' }];
    const read = readShorthand(line);
    return [read.ok ? { ...row, typed: read.value } : { ...row, problem: read.problem.message }];
  });
}

function delimiterOf(text: string): string | undefined {
  if (text.includes('\t')) return '\t';
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  for (const delimiter of [';', ',']) {
    const header = headerOf((lines[0] ?? '').split(delimiter));
    const many = lines.every((line) => !line.trimEnd().endsWith(delimiter) && line.includes(delimiter));
    // Without a header, commas only separate cells when no space does: `email,text,no`.
    if (header !== undefined || (many && lines.every((line) => /^[\w"]+\s*[,;]/.test(line.trim())))) return delimiter;
  }
  return undefined;
}

/** What a text on the clipboard is, seen as columns. */
export function pastedKind(text: string): PastedKind {
  if (/^\s*(?:--[^\n]*\n\s*)*create\s+(?:\w+\s+)*table\b/i.test(text)) return 'sql';
  const plain = text.replace(/\r\n?/g, '\n');
  if (delimiterOf(plain) !== undefined) return 'table';
  const inside = tokensOf(plain);
  const heavy =
    plain.split('\n').some((line) => TABLE_CONSTRAINT.test(line.trim())) || inside.some((one) => /^check$/i.test(one.text));
  return heavy ? 'sql' : 'lines';
}

/** Reads pasted text as columns, one a row: cells of a spreadsheet, CSV, or lines as one types them. */
export function readPasted(text: string): readonly PastedRow[] {
  const plain = text.replace(/\r\n?/g, '\n').replace(/^\uFEFF/, '');
  const delimiter = delimiterOf(plain);
  return delimiter === undefined ? readLines(plain) : readTable(plain, delimiter);
}

/** Whether pasted text is more than what one cell holds: several rows, or several cells. */
export function isManyCells(text: string): boolean {
  const trimmed = text.trim();
  return /[\n\t]/.test(trimmed) || /^create\s+(?:\w+\s+)*table\b/i.test(trimmed) || splitAtCommas(trimmed).length > 2;
}
