import { derivedIds, type IdSource } from '#lib/ids.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { emptyDocument } from '#model/create.ts';
import type { Dialect, Document } from '#model/types.ts';
import { type Budget, UNLIMITED } from '../budget.ts';
import { GrammarReader } from '../dialects/base/read/grammar-reader.ts';
import { GRAMMARS } from '../dialects/grammars.ts';
import { PostgresReader } from '../dialects/postgres/read/reader.ts';
import { SqliteReader } from '../dialects/sqlite/read/reader.ts';
import type { PgParser, SqliteEngine, StatementParser } from './parser-port.ts';
import type { Loss, Receipt, ReceiptStatement, StatementState } from './receipt.ts';
import { type Span, splitSql, statementText } from './split.ts';

export interface SqlFile {
  readonly name: string;
  readonly text: string;
}

export interface ReadOptions {
  readonly dialect: Dialect;
  /** Name of the new document; absent: the first file's. */
  readonly name?: string;
  readonly budget?: Budget;
  readonly ids?: IdSource;
}

/** What is loaded outside and handed in. */
export interface ReadPorts {
  /** Needed for PostgreSQL. */
  readonly parser?: PgParser;
  /** Another parser of the dialect: what the grammar cannot read is kept as text when this one can. */
  readonly statements?: StatementParser;
  /** SQLite, which executes its definitions. Without it they are read by grammar alone. */
  readonly sqlite?: SqliteEngine;
}

export interface ReadResult {
  readonly document: Document;
  readonly receipt: Receipt;
}

/** What a dialect's reader says of one statement; it may get worse until {@link DialectReader.finish}. */
interface ReadStatement {
  readonly state: StatementState;
  readonly object?: string;
  readonly reason?: string;
  readonly record?: string;
  readonly part?: string;
  /** UTF-16 offset in the statement's text, of an error. */
  readonly position?: number;
  /** What of it does not come in. */
  readonly lost?: readonly string[];
}

/** Folds the statements of one dialect, in order, into a document. */
interface DialectReader {
  /** @param sql without its terminator. @param span of the splitter: its words and the kind of the text. */
  statement(sql: string, span: Span): ReadStatement;
  /** Another file begins. @param words the first words of each of its statements. */
  begin?(words: readonly (readonly string[])[]): void;
  /** Rows that may stand for a definition. Undefined: they are only rows. */
  data?(sql: string): ReadStatement | undefined;
  /** Comments between statements, before the next one is read. */
  gap(text: string): void;
  /** A line for a client program. */
  line?(text: string): void;
  /** Settles what could only be known at the end. */
  finish(): Document;
}

/** Statements between two looks at the budget. */
const STEP = 64;

/** Why text is no SQL at all, as far as its first characters tell. */
function binaryReason(text: string): { reason: string; position: number } | undefined {
  const nul = text.indexOf('\0');
  if (text.startsWith('PK\u0003\u0004') || text.startsWith('\u00d0\u00cf\u0011\u00e0') || text.startsWith('%PDF-')) {
    const kind = text.startsWith('%') ? 'a PDF file' : 'an Office document or an archive';
    return { reason: `This is ${kind}, not SQL text. Save the SQL as a plain text file.`, position: 0 };
  }
  if (nul >= 0) {
    const custom = text.startsWith('PGDMP')
      ? ' It is a pg_dump archive: write it as text with pg_restore -f.'
      : ' Save it as UTF-8 text.';
    return { reason: `This is not SQL text: it holds a NUL character.${custom}`, position: nul };
  }
  return undefined;
}

function columnOf(text: string, position: number): number {
  return position - text.lastIndexOf('\n', position - 1);
}

function lineOf(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < position; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** A statement of the receipt while the reader may still change its mind about it. */
interface Entry {
  readonly file: SqlFile;
  readonly span: Span;
  readonly said: ReadStatement;
}

function unterminatedReason(file: SqlFile, { unterminated }: Span): ReadStatement | undefined {
  if (unterminated === undefined) return undefined;
  const line = lineOf(file.text, unterminated.at);
  const { until } = unterminated;
  const then =
    until === undefined
      ? 'so the rest of the text belongs to it'
      : `so its rows are taken to end before line ${lineOf(file.text, until)}`;
  return {
    state: 'error',
    reason: `The ${unterminated.what} that begins in line ${line} never ends, ${then}.`,
    position: unterminated.at,
  };
}

function dataReason(span: Span): ReadStatement {
  const rows = span.rows === undefined ? '' : ` (${span.rows} ${span.rows === 1 ? 'row' : 'rows'})`;
  return { state: 'skipped', reason: `data${rows}: a model holds no rows` };
}

function readSpan(reader: DialectReader, file: SqlFile, span: Span): ReadStatement | undefined {
  const broken = unterminatedReason(file, span);
  if (span.kind === 'gap' && broken === undefined) {
    reader.gap(file.text.slice(span.start, span.end));
    return undefined;
  }
  if (broken !== undefined) return broken.position === undefined ? broken : { ...broken, position: broken.position - span.start };
  if (span.kind === 'data') return reader.data?.(file.text.slice(span.start, span.end)) ?? dataReason(span);
  if (span.kind === 'meta') {
    reader.line?.(file.text.slice(span.start, span.end));
    return { state: 'skipped', reason: 'a line for a client program, not SQL' };
  }
  return reader.statement(statementText(file.text, span), span);
}

function receiptStatement({ file, span, said }: Entry): ReceiptStatement {
  const { state, object, reason, record, part, position } = said;
  const at = position === undefined || state !== 'error' ? undefined : span.start + position;
  return {
    file: file.name,
    start: span.start,
    end: span.end,
    line: at === undefined ? span.line : span.line + lineOf(file.text.slice(span.start, at), at - span.start) - 1,
    ...(at === undefined ? {} : { column: columnOf(file.text, at) }),
    state,
    ...(object === undefined ? {} : { object }),
    ...(reason === undefined ? {} : { reason }),
    ...(span.rows === undefined ? {} : { rows: span.rows }),
    ...(record === undefined ? {} : { record }),
    ...(part === undefined ? {} : { part }),
  };
}

/** The receipt of entries in order. */
function receiptOf(statements: readonly ReceiptStatement[], lost: readonly Loss[] = []): Receipt {
  const counts = { modelled: 0, residue: 0, verbatim: 0, skipped: 0, error: 0 };
  for (const { state } of statements) counts[state]++;
  return { counts, statements, lost };
}

function lossesOf(statement: ReceiptStatement, lost: readonly string[] = []): Loss[] {
  const object = statement.object ?? `line ${statement.line}`;
  const parts = lost.map((reason) => ({ object, feature: 'clause', reason }));
  if (statement.state !== 'error') return parts;
  return [...parts, { object, feature: 'statement', reason: statement.reason ?? 'it cannot be read' }];
}

function makeReader(options: ReadOptions, ports: ReadPorts, document: Document): Result<DialectReader> {
  const { dialect } = options;
  const ids = options.ids ?? derivedIds();
  if (dialect === 'postgresql') {
    if (ports.parser === undefined) return err('no-parser', 'The PostgreSQL parser is not loaded.');
    return ok(new PostgresReader(document, ports.parser, ids));
  }
  if (dialect === 'sqlite' && ports.sqlite !== undefined)
    return ok(new SqliteReader(document, ports.sqlite, ids, ports.statements));
  const grammar = GRAMMARS[dialect];
  if (grammar !== undefined) return ok(new GrammarReader(document, dialect, grammar, ids, ports.statements));
  return err('no-reader', `There is no reader for ${dialect} yet. Convert the text to PostgreSQL, or read it as another dialect.`);
}

function readFile(
  reader: DialectReader,
  file: SqlFile,
  options: ReadOptions,
  share: (done: number) => number,
): Entry[] | undefined {
  const budget = options.budget ?? UNLIMITED;
  const binary = binaryReason(file.text);
  if (binary !== undefined) {
    const span: Span = { start: 0, end: file.text.length, line: 1, kind: 'statement', words: [] };
    return [{ file, span, said: { state: 'error', reason: binary.reason, position: binary.position } }];
  }
  const spans = splitSql(file.text, options.dialect);
  const entries: Entry[] = [];
  reader.begin?.(spans.map((span) => span.words));
  for (const [i, span] of spans.entries()) {
    if (i % STEP === 0) {
      if (budget.shouldStop()) return undefined;
      budget.progress?.(share(span.start), `Reading ${file.name}`);
    }
    const said = readSpan(reader, file, span);
    if (said !== undefined) entries.push({ file, span, said });
  }
  return entries;
}

/**
 * Reads SQL files, in the order given, into a new document. Statements are folded one after the other, so that a folder
 * of migrations gives the schema they lead to. What cannot be read is said in the receipt and everything else still
 * comes in; the spans of the receipt's statements and the gaps between them tile each file. The same input gives the
 * same document.
 * @returns a problem when nothing can be read at all, or when the budget said stop (code `stopped`).
 */
export function readSql(files: readonly SqlFile[], options: ReadOptions, ports: ReadPorts): Result<ReadResult> {
  const name = options.name ?? (files[0]?.name ?? 'Untitled').replace(/^.*[/\\]/, '').replace(/\.[^.]+$/, '');
  // Until a dialect has a grammar, its reader makes PostgreSQL of it.
  const own = GRAMMARS[options.dialect] === undefined ? 'postgresql' : options.dialect;
  const made = makeReader(options, ports, emptyDocument(name, undefined, own));
  if (!made.ok) return made;
  const reader = made.value;
  const total = files.reduce((sum, file) => sum + file.text.length, 0) || 1;
  const entries: Entry[] = [];
  let before = 0;
  for (const file of files) {
    const start = before;
    const read = readFile(reader, file, options, (done) => (start + done) / total);
    if (read === undefined) return err('stopped', 'Reading was stopped. Nothing was changed.');
    entries.push(...read);
    before += file.text.length;
  }
  const document = reader.finish();
  const statements = entries.map(receiptStatement);
  const lost = statements.flatMap((statement, i) => lossesOf(statement, entries[i]?.said.lost));
  return ok({ document, receipt: receiptOf(statements, lost) });
}
