import { derivedIds, type IdSource } from '#lib/ids.ts';
import { recordIn } from '#model/collections.ts';
import type { AnyRecord, Document, Id } from '#model/types.ts';
import type { TextProblem, TypedText } from '../../queries.ts';
import type { LanguageReader, SqlLanguage } from '../language.ts';
import { endsBatch } from '../lexing.ts';
import { splitSql, statementText } from '../split.ts';
import { STATEMENT_GAP, type WrittenDocument, type WrittenStatement } from '../written.ts';
import { MATCHED } from './match.ts';

export type Failed = { readonly ok: false; readonly problem: TextProblem };

export function failed(code: string, message: string, start: number, end: number): Failed {
  return { ok: false, problem: { code, message, start, end } };
}

/** Records read anew: those of the statements, the tables of foreign keys among them, and every foreign key of their tables. */
export function rereadOf(document: Document, written: WrittenDocument, keys: ReadonlySet<string>): Set<Id> {
  const ids = new Set<Id>();
  for (const one of written.statements) {
    if (keys.has(one.key) && one.collection !== 'settings' && recordIn(document, one.collection, one.record) !== undefined)
      ids.add(one.record);
  }
  // A foreign key is defined within its table's statement, and nothing said of it makes sense without that.
  for (const id of [...ids]) {
    const child = recordIn(document, 'relationships', id)?.child;
    if (child !== undefined && recordIn(document, 'tables', child) !== undefined) ids.add(child);
  }
  for (const link of Object.values(document.relationships)) {
    if (ids.has(link.child) && link.childColumns.length > 0) ids.add(link.id);
  }
  return ids;
}

/** The document without records that are read anew. A schema that no statement makes stays, without what is said of it. */
export function without(document: Document, ids: ReadonlySet<Id>): Document {
  const collections = MATCHED.map((name) => {
    const records = document[name] as Record<Id, AnyRecord>;
    return [name, Object.fromEntries(Object.entries(records).filter(([id]) => !ids.has(id)))];
  });
  const given = Object.values(document.schemas).filter((one) => ids.has(one.id) && one.implicit === true);
  const schemas = Object.fromEntries(given.map(({ id, name, implicit = true }) => [id, { id, name, implicit }]));
  const rest = Object.fromEntries(collections);
  return { ...document, ...rest, schemas: { ...schemas, ...rest['schemas'] } } as Document;
}

/** Ids that nothing else can have, and what each would be called in the document. */
export class ReadIds implements IdSource {
  readonly plain = new Map<Id, Id>();
  readonly #mark: string;
  readonly #derived = derivedIds();

  constructor(mark: string) {
    this.#mark = mark;
  }

  next(prefix: string, hint: string): Id {
    const plain = this.#derived.next(prefix, hint);
    const id = `${this.#mark}:${plain}`;
    this.plain.set(id, plain);
    return id;
  }
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

type Outcome = ReturnType<LanguageReader['statement']>;

interface TypedOutcome {
  readonly start: number;
  readonly end: number;
  readonly code: number;
  readonly sql: string;
  readonly outcome: Outcome;
}

/** Reads statements over a document that lacks what they define. */
export class Reading {
  readonly typed: TypedOutcome[] = [];
  /** Parts of which a written statement says something that fits no more, as their own statement was typed over. */
  readonly unfit = new Set<Id>();
  readonly #others: { sql: string; outcome: Outcome; part: Id }[] = [];
  readonly #typedOver: ReadonlySet<Id>;
  readonly #reader: LanguageReader;
  readonly #language: SqlLanguage;

  /** @param typedOver parts whose own statements are typed over. */
  constructor(base: Document, language: SqlLanguage, ids: IdSource, typedOver: ReadonlySet<Id> = new Set()) {
    this.#typedOver = typedOver;
    this.#language = language;
    this.#reader = language.reader(base, ids);
  }

  /** A statement that nobody typed in. */
  other({ sql, record, part = record }: WrittenStatement): void {
    for (const span of splitSql(sql, this.#language.dialect)) {
      const piece = statementText(sql, span);
      // A comment at the head of a text stands on a line of its own, not behind the statement read before.
      if (span.kind === 'gap') this.#reader.gap(span.start === 0 ? `\n${piece}` : piece);
      else if (span.kind === 'meta') this.#reader.line?.(piece);
      else this.#others.push({ sql: piece, outcome: this.#reader.statement(piece), part });
    }
  }

  /** @param carry rewrites a statement before it is read. */
  text(source: string, carry: (sql: string) => string): void {
    let from = 0;
    for (const span of splitSql(source, this.#language.dialect)) {
      const sql = statementText(source, span);
      // A client's line, such as DELIMITER, belongs to the statement that follows it.
      if (span.kind === 'meta') {
        this.#reader.line?.(sql);
        // One that ends a batch belongs to the statement before.
        if (endsBatch(sql, this.#language.dialect)) from = span.end;
        continue;
      }
      if (span.kind === 'gap') {
        this.#reader.gap(span.start === 0 ? `\n${sql}` : sql);
        continue;
      }
      const start = from + (/^\s*/.exec(source.slice(from, span.end))?.[0].length ?? 0);
      this.typed.push({ start, end: span.end, code: span.start, sql, outcome: this.#reader.statement(carry(sql)) });
      from = span.end;
    }
  }

  /**
   * Comments behind the last typed statement stand before the written one that follows.
   * @param reread the following statement is read anew itself, and takes them as it is.
   */
  before(next: WrittenStatement | undefined, reread: boolean): void {
    if (next === undefined || reread) return;
    const comments = this.#reader.takeWaiting();
    if (comments.length > 0) this.#reader.remarkBefore(next.record, next.part ?? 'before', comments);
  }

  finish(): Document {
    return this.#reader.finish();
  }

  /** Where a statement says a name: from an offset on, else anywhere. */
  #placeOf(sql: string, code: number, { name, from }: { readonly name: string; readonly from: number }) {
    const tokens = this.#language.scan(sql);
    const isIt = ({ start, end }: { readonly start: number; readonly end: number }) =>
      this.#language.isName(sql.slice(start, end), name);
    const found = tokens.find((one) => one.start >= from && isIt(one)) ?? tokens.find(isIt) ?? tokens[0];
    return { start: code + (found?.start ?? 0), end: code + (found?.end ?? sql.length) };
  }

  /** Words of the typed text that mean nothing, once everything is read. */
  warnings(): TextProblem[] {
    return this.typed.flatMap(({ code, sql, outcome }) => {
      const { strange = [] } = outcome;
      if (strange.length === 0 || outcome.state === 'error') return [];
      return strange.map(({ message, ...one }) => {
        const place = this.#placeOf(sql, code, one);
        return { code: 'unknown-name', severity: 'warning' as const, message: sentence(message), ...place };
      });
    });
  }

  /** What could not be taken over, once everything is read. @param known statements the model itself wrote. */
  problem(length: number, known: ReadonlySet<string>): Failed | undefined {
    for (const { code, end, sql, outcome } of this.typed) {
      const at = code + (outcome.position ?? 0);
      const [strange] = outcome.strange ?? [];
      if (outcome.state === 'error' && strange !== undefined) {
        const place = this.#placeOf(sql, code, strange);
        return failed('refused', sentence(strange.message), place.start, place.end);
      }
      if (outcome.state === 'error') {
        const word = this.#language.scan(sql).find((token) => token.start === outcome.position);
        const stop = outcome.position === undefined ? end : Math.min(end, code + (word?.end ?? outcome.position + 1));
        return failed('refused', outcome.reason ?? 'The statement cannot be read.', at, stop);
      }
      if (outcome.state === 'skipped' && !known.has(sql.trim())) {
        return failed('not-model', `The model cannot hold this statement: ${outcome.reason ?? 'it defines nothing'}.`, code, end);
      }
    }
    const failing = this.#others.filter(({ outcome }) => outcome.state === 'error');
    for (const { part } of failing) if (this.#typedOver.has(part)) this.unfit.add(part);
    const other = failing.find(({ part }) => !this.#typedOver.has(part));
    if (other === undefined) return undefined;
    const first = other.sql.split('\n', 1)[0] ?? '';
    return failed('refused', `It does not fit ${first}: ${other.outcome.reason ?? 'that could not be read any more'}.`, 0, length);
  }
}

/**
 * Foreign keys that the typed text says, or does not say, because of where they stood before it was typed. What else it implies
 * can open or close a circle of tables, and so move foreign keys into their table's statement or out of it.
 * @param shown the document as it stood there. @param written as it is with what the text implies.
 */
export function movedLinks(shown: WrittenDocument, written: WrittenDocument, keys: ReadonlySet<string>): MovedLinks {
  const apart = (of: WrittenDocument) =>
    new Set(of.statements.flatMap((one) => (one.what === 'constraint' && !keys.has(one.key) ? [one.record] : [])));
  if (shown === written) return { within: new Set(), apart: new Set() };
  const [before, after] = [partsTypedOver(shown, keys), partsTypedOver(written, keys)];
  const [wasApart, isApart] = [apart(shown), apart(written)];
  return {
    within: new Set([...before].filter((id) => isApart.has(id) && !after.has(id))),
    apart: new Set([...wasApart].filter((id) => after.has(id) && !before.has(id))),
  };
}

export interface MovedLinks {
  /** They stand in the typed text, if anywhere. */
  readonly within: ReadonlySet<Id>;
  /** They stand apart from the typed text, which says nothing of them. */
  readonly apart: ReadonlySet<Id>;
}

/** Parts that stand in the statements with these keys: indexes and policies of their own, constraints of a table. */
function partsTypedOver(written: WrittenDocument, keys: ReadonlySet<string>): Set<Id> {
  const own = written.statements.filter((one) => keys.has(one.key) && one.what !== 'comment' && one.what !== 'alter');
  return new Set(own.flatMap(({ part, parts }) => [...(part === undefined ? [] : [part]), ...parts.map(({ id }) => id)]));
}

/** The written statements of the records read anew, with a text over some of them. */
export function readTyped(
  base: Document,
  written: WrittenDocument,
  reread: ReadonlySet<Id>,
  typed: TypedText,
  language: SqlLanguage,
  ids: IdSource,
  carry: (sql: string) => string,
  moved: MovedLinks = { within: new Set(), apart: new Set() },
): Reading {
  const keys = new Set(typed.keys);
  const reading = new Reading(base, language, ids, partsTypedOver(written, keys));
  const last = written.statements.findLastIndex((one) => keys.has(one.key));
  let done = false;
  for (const [i, one] of written.statements.entries()) {
    if (keys.has(one.key)) {
      if (!done) reading.text(typed.text, carry);
      done = true;
    } else if (reread.has(one.record) && !moved.within.has(one.record) && !moved.apart.has(one.record)) reading.other(one);
    if (i === last) {
      const next = written.statements.slice(i + 1).find(({ collection }) => collection !== 'settings');
      reading.before(next, next !== undefined && reread.has(next.record));
    }
  }
  if (!done) reading.text(typed.text, carry);
  return reading;
}

/** What those statements say as they are written. @param keys of those that were typed over. */
export function readWritten(
  base: Document,
  written: WrittenDocument,
  reread: ReadonlySet<Id>,
  keys: readonly string[],
  language: SqlLanguage,
  ids: IdSource,
): Document {
  const over = new Set(keys);
  const own = written.statements.filter((one) => over.has(one.key));
  const text = own.map((one) => one.sql).join(STATEMENT_GAP);
  return readTyped(base, written, reread, { keys, text }, language, ids, (sql) => sql).finish();
}
