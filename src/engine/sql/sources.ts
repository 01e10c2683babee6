import { derivedIds, hash32 } from '#lib/ids.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { DEFAULT_VERSION } from '#model/create.ts';
import type { Source, SourceStatement } from '#model/source-types.ts';
import type { Dialect, Document, Id } from '#model/types.ts';
import { TRAITS } from '../dialects/base/traits.ts';
import type { ReadResult, SqlFile } from './read.ts';
import type { Receipt, ReceiptStatement } from './receipt.ts';
import { writeDocument } from './write.ts';

/** UTF-16 units of one file that a document keeps. */
export const MOST_KEPT = 4 * 1024 * 1024;

/** What tells whether a record is still written as it was. */
function printOf(sql: string): string {
  return `${hash32(sql).toString(36)}.${sql.length.toString(36)}`;
}

/** Fingerprints of what the model writes for each record, by its id. They do not depend on the version it is written for. */
export function writtenPrints(document: Document): ReadonlyMap<Id, string> {
  const dialect = document.settings['settings']?.dialect ?? 'postgresql';
  const texts = new Map<Id, string[]>();
  for (const { record, sql } of writeDocument(document, { version: DEFAULT_VERSION[dialect] }).statements) {
    const known = texts.get(record);
    if (known === undefined) texts.set(record, [sql]);
    else known.push(sql);
  }
  return new Map([...texts].map(([record, sqls]) => [record, printOf(sqls.join('\n'))]));
}

export interface WithoutData {
  readonly text: string;
  readonly statements: readonly SourceStatement[];
}

function statementOf(one: ReceiptStatement, start: number, end: number): SourceStatement {
  const { state, object, reason, record, part, rows, line, column } = one;
  return {
    start,
    end,
    state,
    line,
    ...(column === undefined ? {} : { column }),
    ...(object === undefined ? {} : { object }),
    ...(reason === undefined ? {} : { reason }),
    ...(record === undefined ? {} : { record }),
    ...(part === undefined ? {} : { part }),
    ...(rows === undefined ? {} : { rows }),
  };
}

/**
 * A file's text without its rows of data, and its statements at their places in that text. Rows that follow one another
 * become one statement of no length, and the blanks between them go along.
 * @param statements of the file, by their place.
 */
export function withoutData(text: string, statements: readonly ReceiptStatement[]): WithoutData {
  const pieces: string[] = [];
  const kept: SourceStatement[] = [];
  let length = 0;
  let from = 0;
  const keep = (to: number) => {
    pieces.push(text.slice(from, to));
    length += to - from;
    from = to;
  };
  for (const one of statements) {
    const last = kept.at(-1);
    if (one.rows === undefined) {
      keep(one.start);
      const start = length;
      keep(one.end);
      kept.push(statementOf(one, start, length));
    } else if (last?.rows !== undefined && text.slice(from, one.start).trim() === '') {
      const rows = last.rows + one.rows;
      kept[kept.length - 1] = { ...last, rows, reason: `data (${rows} rows): a model holds no rows` };
      from = one.end;
    } else {
      keep(one.start);
      kept.push(statementOf(one, length, length));
      from = one.end;
    }
  }
  keep(text.length);
  return { text: pieces.join(''), statements: kept };
}

function byFile(receipt: Receipt): Map<string, ReceiptStatement[]> {
  const groups = new Map<string, ReceiptStatement[]>();
  for (const one of receipt.statements) {
    const group = groups.get(one.file);
    if (group === undefined) groups.set(one.file, [one]);
    else group.push(one);
  }
  for (const group of groups.values()) group.sort((a, b) => a.start - b.start);
  return groups;
}

function sourceOf(
  id: Id,
  file: SqlFile,
  order: number,
  dialect: Dialect,
  statements: readonly ReceiptStatement[],
  prints: ReadonlyMap<Id, string>,
): Source {
  const without = withoutData(file.text, statements);
  const size = without.text.length;
  const tooLarge = size > MOST_KEPT;
  const written = [...prints].map(([record, print]) => ({ record, print }));
  const source = { id, name: file.name, dialect, order, statements: without.statements, lost: [], written };
  if (!tooLarge) return { ...source, text: without.text };
  const mega = Math.round(size / 1024 / 1024);
  return {
    ...source,
    text: '',
    omitted: `Without its rows of data the file has ${mega} MB; a document keeps ${MOST_KEPT / 1024 / 1024} MB of a file at most.`,
  };
}

/** What was read, with the files that it came from among its records: for its receipt, and to be written as imported. */
export function withSources({ document, receipt }: ReadResult, files: readonly SqlFile[]): ReadResult {
  const dialect = document.settings['settings']?.dialect ?? 'postgresql';
  const prints = writtenPrints(document);
  const groups = byFile(receipt);
  const ids = derivedIds();
  const home = new Map<Id, number>();
  for (const [order, { name }] of files.entries())
    for (const { record } of groups.get(name) ?? []) if (record !== undefined && !home.has(record)) home.set(record, order);
  const sources = files.map((file, order) => {
    const statements = groups.get(file.name) ?? [];
    // What no statement is about (a sequence that a column brought along) stands with the first file.
    const own = new Map([...prints].filter(([record]) => (home.get(record) ?? 0) === order));
    const source = sourceOf(ids.next('src', file.name), file, order, dialect, statements, own);
    // Losses name their object, not their file: they stand with the first.
    return order > 0 || receipt.lost.length === 0 ? source : { ...source, lost: receipt.lost };
  });
  return { document: { ...document, sources: Object.fromEntries(sources.map((one) => [one.id, one])) }, receipt };
}

/** The document without the imported texts. What it means stays. */
export function withoutSources(document: Document): Document {
  return Object.keys(document.sources).length === 0 ? document : { ...document, sources: {} };
}

/** The sources in the order they were read. */
export function sourcesInOrder(document: Document): readonly Source[] {
  return Object.values(document.sources).sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
}

/** Whether the document has imported texts that it can be written into, and if not why. */
export function canWriteAsImported(document: Document): Result<readonly Source[]> {
  const sources = sourcesInOrder(document);
  const dialect = document.settings['settings']?.dialect ?? 'postgresql';
  if (sources.length === 0) return err('no-sources', 'Nothing was imported into this document, or its text was forgotten.');
  const omitted = sources.find((source) => source.omitted !== undefined);
  if (omitted !== undefined) return err('not-kept', `The text of ${omitted.name} was not kept. ${omitted.omitted}`);
  const other = sources.find((source) => source.dialect !== dialect);
  if (other !== undefined) {
    return err(
      'other-dialect',
      `${other.name} is of ${TRAITS[other.dialect].label}, and the document is of ${TRAITS[dialect].label} by now: it is written anew.`,
    );
  }
  return ok(sources);
}

/** The line of an offset in a text, from 1, asked in ascending order. */
function lineCounter(text: string): (at: number) => number {
  let line = 1;
  let from = 0;
  return (at) => {
    for (let next = text.indexOf('\n', from); next >= 0 && next < at; next = text.indexOf('\n', from)) {
      line++;
      from = next + 1;
    }
    return line;
  };
}

/** What a document remembers of its imports: the files without their rows of data, and what became of each statement. */
export function rememberedReceipt(
  document: Document,
): { readonly files: readonly SqlFile[]; readonly receipt: Receipt } | undefined {
  const sources = sourcesInOrder(document);
  if (sources.length === 0) return undefined;
  const counts = { modelled: 0, residue: 0, verbatim: 0, skipped: 0, error: 0 };
  const names = new Map<string, number>();
  const statements: ReceiptStatement[] = [];
  const files: SqlFile[] = [];
  for (const { name, text, statements: own } of sources) {
    const count = (names.get(name) ?? 0) + 1;
    names.set(name, count);
    const file = count === 1 ? name : `${name} (${count})`;
    files.push({ name: file, text });
    const lineAt = lineCounter(text);
    for (const one of own) {
      counts[one.state] += 1;
      statements.push({ ...one, file, line: one.line ?? lineAt(one.start) });
    }
  }
  return { files, receipt: { counts, statements, lost: sources.flatMap((one) => one.lost) } };
}

/**
 * The sources of what was read, as records of the document it was brought into.
 * @param to what each id of the read document is there.
 */
export function adoptedSources(current: Document, read: Document, to: (id: Id) => Id): readonly Source[] {
  const taken = new Set(Object.keys(current.sources));
  const offset = Math.max(-1, ...Object.values(current.sources).map((one) => one.order)) + 1;
  return sourcesInOrder(read).map((source) => {
    let { id } = source;
    for (let count = 2; taken.has(id); count++) id = `${source.id}_${count}`;
    taken.add(id);
    const statements = source.statements.map((one) => ({
      ...one,
      ...(one.record === undefined ? {} : { record: to(one.record) }),
      ...(one.part === undefined ? {} : { part: to(one.part) }),
    }));
    const written = source.written.map(({ record, print }) => ({ record: to(record), print }));
    return { ...source, id, order: source.order + offset, statements, written };
  });
}
