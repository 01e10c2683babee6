import { derivedIds } from '#lib/ids.ts';
import { ok, type Result } from '#lib/result.ts';
import { sameValue } from '#lib/same.ts';
import { recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import type { AnyRecord, Collection, Document, Id, Ref } from '#model/types.ts';
import { PostgresReader } from '../../dialects/postgres/read/reader.ts';
import type { Dependent, TextPlan, TextProblem, TypedText } from '../../queries.ts';
import { dependentsOf, renameCalls } from '../expressions.ts';
import type { PgParser } from '../parser-port.ts';
import { splitSql } from '../split.ts';
import type { WrittenDocument } from '../written.ts';
import { statementsOf, type TypedStatement } from './definitions.ts';
import { type IdMap, keepUnsaid, MATCHED, pairRecords, withIds } from './match.ts';
import { carryColumn, type NameChanges, nameChanges } from './renames.ts';
import { refInWords } from './words.ts';

export interface TextContext {
  readonly document: Document;
  readonly written: WrittenDocument;
  readonly parser: PgParser;
  /** Writes a document that differs from `document` in a few records. */
  readonly write: (document: Document) => WrittenDocument;
}

const REMOVE: { readonly [C in Collection]?: CommandCall['name'] } = {
  schemas: 'removeSchemas',
  types: 'removeTypes',
  sequences: 'removeSequences',
  tables: 'removeTables',
  relationships: 'removeRelationships',
  views: 'removeViews',
  routines: 'removeRoutines',
  triggers: 'removeTriggers',
  verbatim: 'removeVerbatim',
};

function removeCall(collection: Collection, ids: readonly Id[]): CommandCall[] {
  const name = REMOVE[collection];
  return name === undefined || ids.length === 0 ? [] : [{ name, args: { ids } } as CommandCall];
}

type Failed = { readonly ok: false; readonly problem: TextProblem };

function failed(code: string, message: string, start: number, end: number): Failed {
  return { ok: false, problem: { code, message, start, end } };
}

/** What is wrong with typed statements, each taken by itself. */
export function textProblems(text: string, parser: PgParser): TextProblem[] {
  return statementsOf(text, parser).flatMap(({ span, problem }) =>
    problem === undefined
      ? []
      : [{ code: 'syntax', message: problem.message, start: problem.position, end: wordEnd(text, problem.position, span.end) }],
  );
}

function wordEnd(text: string, start: number, limit: number): number {
  const word = /^(?:"[^"]*"|[\p{L}\p{N}_$]+|.)/u.exec(text.slice(start, Math.max(start + 1, limit)))?.[0] ?? '';
  return Math.min(text.length, start + Math.max(1, word.length));
}

/** The document after renames and deletions that the text implies, with the calls that lead there. */
function prepare(context: TextContext, changes: NameChanges): Result<{ document: Document; calls: CommandCall[] }> {
  const calls: CommandCall[] = [];
  let { document } = context;
  const take = (more: readonly CommandCall[]) => {
    const ran = runCommands(document, more, derivedIds());
    if (!ran.ok) return ran;
    document = ran.value.document;
    calls.push(...more);
    return undefined;
  };
  for (const { record, part, to } of changes.renames) {
    const renaming = renameCalls(document, context.parser, part === undefined ? { record } : { record, part }, to);
    if (!renaming.ok) return renaming;
    const problem = take(renaming.value.calls);
    if (problem !== undefined) return problem;
  }
  for (const { table, ids } of changes.removedColumns) {
    const problem = take([{ name: 'removeColumns', args: { table, ids } }]);
    if (problem !== undefined) return problem;
  }
  for (const { collection, id } of changes.removed) {
    if (recordIn(document, collection, id) === undefined) continue;
    const problem = take(removeCall(collection, [id]));
    if (problem !== undefined) return problem;
  }
  return ok({ document, calls });
}

/** What the removals would break or take along, outside of themselves. */
function dependentsOn(context: TextContext, changes: NameChanges): Dependent[] {
  const refs: Ref[] = [
    ...changes.removed.map(({ id }) => ({ record: id })),
    ...changes.removedColumns.flatMap(({ table, ids }) => ids.map((part) => ({ record: table, part }))),
  ];
  const own = new Set(refs.filter((ref) => ref.part === undefined).map((ref) => ref.record));
  const found = new Map<string, Dependent>();
  for (const ref of refs) {
    for (const one of dependentsOf(context.document, context.parser, ref)) {
      if (!own.has(one.ref.record))
        found.set(`${one.ref.record}\n${one.ref.part ?? ''}`, { ref: one.ref, label: refInWords(context.document, one.ref) });
    }
  }
  return [...found.values()];
}

/** Records read anew: those of the statements, and every foreign key of their tables. */
function rereadOf(document: Document, written: WrittenDocument, keys: ReadonlySet<string>): Set<Id> {
  const ids = new Set<Id>();
  for (const one of written.statements) {
    if (keys.has(one.key) && one.collection !== 'settings' && recordIn(document, one.collection, one.record) !== undefined)
      ids.add(one.record);
  }
  for (const link of Object.values(document.relationships)) {
    if (ids.has(link.child) && link.childColumns.length > 0) ids.add(link.id);
  }
  return ids;
}

function without(document: Document, ids: ReadonlySet<Id>): Document {
  const collections = MATCHED.map((name) => {
    const records = document[name] as Record<Id, AnyRecord>;
    return [name, Object.fromEntries(Object.entries(records).filter(([id]) => !ids.has(id)))];
  });
  return { ...document, ...Object.fromEntries(collections) } as Document;
}

type Outcome = ReturnType<PostgresReader['statement']>;

interface TypedOutcome {
  readonly start: number;
  readonly end: number;
  readonly code: number;
  readonly sql: string;
  readonly outcome: Outcome;
}

class Reading {
  readonly typed: TypedOutcome[] = [];
  readonly #others: { sql: string; outcome: Outcome }[] = [];
  readonly #reader: PostgresReader;

  constructor(base: Document, parser: PgParser) {
    this.#reader = new PostgresReader(base, parser, derivedIds());
  }

  /** A statement that nobody typed in. */
  other(sql: string): void {
    for (const span of splitSql(sql, 'postgresql')) {
      const piece = sql.slice(span.start, span.end);
      // A comment at the head of a text stands on a line of its own, not behind the statement read before.
      if (span.kind === 'gap') this.#reader.gap(span.start === 0 ? `\n${piece}` : piece);
      else this.#others.push({ sql: piece, outcome: this.#reader.statement(piece) });
    }
  }

  /** @param carry rewrites a statement before it is read. */
  text(source: string, carry: (sql: string) => string): void {
    let from = 0;
    for (const span of splitSql(source, 'postgresql')) {
      const sql = source.slice(span.start, span.end);
      if (span.kind === 'gap') {
        this.#reader.gap(span.start === 0 ? `\n${sql}` : sql);
        continue;
      }
      const start = from + (/^\s*/.exec(source.slice(from, span.end))?.[0].length ?? 0);
      this.typed.push({ start, end: span.end, code: span.start, sql, outcome: this.#reader.statement(carry(sql)) });
      from = span.end;
    }
  }

  finish(): Document {
    return this.#reader.finish();
  }

  /** What could not be taken over, once everything is read. @param known statements the model itself wrote. */
  problem(length: number, known: ReadonlySet<string>): Failed | undefined {
    for (const { code, end, sql, outcome } of this.typed) {
      const at = code + (outcome.position ?? 0);
      if (outcome.state === 'error') {
        const stop = outcome.position === undefined ? end : Math.min(end, at + 1);
        return failed('refused', outcome.reason ?? 'The statement cannot be read.', at, stop);
      }
      if (outcome.state === 'skipped' && !known.has(sql.trim())) {
        return failed('not-model', `The model cannot hold this statement: ${outcome.reason ?? 'it defines nothing'}.`, code, end);
      }
    }
    const other = this.#others.find(({ outcome }) => outcome.state === 'error');
    if (other === undefined) return undefined;
    const first = other.sql.split('\n', 1)[0] ?? '';
    return failed('refused', `It does not fit ${first}: ${other.outcome.reason ?? 'that could not be read any more'}.`, 0, length);
  }
}

function readAll(
  base: Document,
  written: WrittenDocument,
  reread: ReadonlySet<Id>,
  typed: TypedText,
  parser: PgParser,
  changes: NameChanges,
) {
  const reading = new Reading(base, parser);
  const keys = new Set(typed.keys);
  const columns = changes.renames.filter((one) => one.part !== undefined);
  const carry = (sql: string) => columns.reduce((text, one) => carryColumn(text, one.from, one.to, parser), sql);
  let done = false;
  for (const one of written.statements) {
    if (keys.has(one.key)) {
      if (!done) reading.text(typed.text, carry);
      done = true;
    } else if (reread.has(one.record)) reading.other(one.sql);
  }
  if (!done) reading.text(typed.text, carry);
  return reading;
}

/** Calls that make the document say what was read. */
function settle(
  document: Document,
  base: Document,
  now: Document,
  reread: ReadonlySet<Id>,
  label: string,
): { calls: CommandCall[]; ids: IdMap; removed: Id[] } {
  const ids: IdMap = new Map();
  pairRecords(document, reread, now, base, ids);
  const put: { collection: Collection; record: AnyRecord }[] = [];
  const calls: CommandCall[] = [];
  const removed: Id[] = [];
  for (const collection of MATCHED) {
    const before = document[collection] as Record<Id, AnyRecord>;
    const seen = new Set<Id>();
    for (const read of Object.values(now[collection] as Record<Id, AnyRecord>)) {
      const record = withIds(read, ids);
      seen.add(record.id);
      const old = Object.hasOwn(before, record.id) ? before[record.id] : undefined;
      const kept = old === undefined || !reread.has(record.id) ? record : keepUnsaid(old, record);
      if (!sameValue(old, kept)) put.push({ collection, record: kept });
    }
    const gone = Object.keys(before).filter((id) => !seen.has(id));
    removed.push(...gone);
    calls.push(...removeCall(collection, gone));
  }
  if (put.length > 0) calls.push({ name: 'putRecords', args: { label, put } });
  return { calls, ids, removed };
}

function labelOf(typed: TypedText, statements: readonly TypedOutcome[], changes: NameChanges): string {
  const object = statements.find((one) => one.outcome.object !== undefined)?.outcome.object;
  if (object === undefined) return changes.removed.length > 0 || typed.keys.length > 0 ? 'Delete in SQL' : 'Edit in SQL';
  return `${typed.keys.length === 0 ? 'Add' : 'Edit'} ${object} in SQL`;
}

/**
 * What text that was typed over written statements (or between them) means for the document. Only the records of those
 * statements are read anew, over the rest of the document; they keep their ids, and what text cannot say. A defining name
 * that changed is a rename, which reaches the SQL of other objects; a definition that is gone is a deletion.
 */
export function planText(context: TextContext, typed: TypedText): Result<TextPlan, TextProblem> {
  const { parser } = context;
  const length = typed.text.length;
  const statements: TypedStatement[] = statementsOf(typed.text, parser);
  const [syntax] = textProblems(typed.text, parser);
  if (syntax !== undefined) return { ok: false, problem: syntax };
  const keys = new Set(typed.keys);
  const old = context.written.statements.filter((one) => keys.has(one.key));
  const changes = nameChanges(old, statements, context.document, parser);
  const prepared = prepare(context, changes);
  if (!prepared.ok) return failed(prepared.problem.code, prepared.problem.message, 0, length);
  const { document } = prepared.value;
  const written = document === context.document ? context.written : context.write(document);
  const reread = rereadOf(document, written, keys);
  const base = without(document, reread);
  const reading = readAll(base, written, reread, typed, parser, changes);
  const now = reading.finish();
  const problem = reading.problem(
    length,
    new Set(old.flatMap((one) => statementsOf(one.sql, parser).map(({ sql }) => sql.trim()))),
  );
  if (problem !== undefined) return problem;
  const label = labelOf(typed, reading.typed, changes);
  const settled = settle(document, base, now, reread, label);
  return ok({
    calls: [...prepared.value.calls, ...settled.calls],
    label,
    dependents: dependentsOn(context, changes),
    removed: [...changes.removed.map(({ id }) => id), ...settled.removed],
    statements: reading.typed.map(({ start, end, outcome }) => {
      const record = outcome.record === undefined ? undefined : (settled.ids.get(outcome.record) ?? outcome.record);
      return { start, end, ...(record === undefined ? {} : { record }) };
    }),
  });
}
