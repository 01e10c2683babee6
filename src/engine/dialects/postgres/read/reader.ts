import type { IdSource } from '#lib/ids.ts';
import type { Document, Id } from '#model/types.ts';
import type { PgParser } from '../../../sql/parser-port.ts';
import type { Span } from '../../../sql/split.ts';
import { finish } from './finish.ts';
import { foldStatement } from './fold.ts';
import { note, type Outcome } from './outcome.ts';
import { addRemark, gapComments, remarkFirst, remarksWithin } from './remarks.ts';
import { ReadState } from './state.ts';

/** What a statement adds to something that comes later in the text, as it does in folders that are ordered by name. */
const EARLY =
  /^(?:create\s+(?:unique\s+)?index|create\s+(?:constraint\s+)?trigger|create\s+policy|comment\s+on|alter\s+table\s+(?:only\s+)?\S+\s+add\s+(?:constraint|primary|unique|foreign|check))\b/i;

/** What the server's grammar says where the text ends too early. */
const ENDS = 'syntax error at end of input';

/** Folds PostgreSQL statements into a document, and gives the comments of the text to the objects they stand at. */
export class PostgresReader {
  readonly state: ReadState;
  private readonly parser: PgParser;
  /** Comments that wait for the next object. */
  private waiting: string[] = [];
  /** The last object that was made or changed. */
  private latest: Id | undefined;
  /** What the statement just before made. */
  private last: { record: Id; part?: Id } | undefined;
  /** What stands before the table that it is about, with what names meant there. */
  private readonly early: { readonly sql: string; readonly outcome: Outcome; readonly searchPath: readonly string[] }[] = [];

  constructor(document: Document, parser: PgParser, ids?: IdSource) {
    this.state = new ReadState(document, ids);
    this.parser = parser;
  }

  /** Another text begins. @param words the first words of its statements. */
  begin(words: readonly (readonly string[])[]): void {
    this.state.transactions.begin(words.some(([first]) => first === 'ROLLBACK' || first === 'ABORT'));
  }

  gap(text: string): void {
    for (const { text: comment, sameLine } of gapComments(text)) {
      if (!sameLine || !this.after(comment)) this.waiting.push(comment);
    }
  }

  /** Gives a comment on the line of a statement's end to what the statement made. False when it made nothing. */
  private after(text: string): boolean {
    const { last, state } = this;
    if (last === undefined) return false;
    const { record, part } = last;
    if (part === undefined) return addRemark(state, record, { at: 'end', text, trailing: true });
    // An index has no place after its statement: what stands there goes before it.
    const owner = state.get('tables', record) ?? state.get('views', record);
    const isIndex = owner?.indexes.some((index) => index.id === part) === true;
    return addRemark(state, record, { at: part, text, ...(isIndex ? {} : { trailing: true }) });
  }

  /** @param sql one statement without its terminator. @param span where it stands. */
  statement(sql: string, span?: Span): Outcome {
    const { searchPath } = this.state;
    const folded = foldStatement(this.state, this.parser, sql);
    // What stands where the text ends is its terminator, when it has one.
    if (folded.outcome.reason === ENDS && span?.terminator !== undefined) folded.outcome.reason = 'syntax error at or near ";"';
    if (folded.outcome.state === 'error' && EARLY.test(sql.trimStart()))
      this.early.push({ sql, outcome: folded.outcome, searchPath });
    const { record, part } = folded.outcome;
    if (record !== undefined) {
      this.latest = record;
      for (const text of this.waiting) addRemark(this.state, record, { at: part ?? 'before', text });
      this.waiting = [];
      remarksWithin(this.state, folded);
    }
    this.state.transactions.note(folded.outcome);
    this.last = record === undefined ? undefined : { record, ...(part === undefined ? {} : { part }) };
    return folded.outcome;
  }

  /** Comments after what was read last; they no longer wait. */
  takeWaiting(): readonly string[] {
    const { waiting } = this;
    this.waiting = [];
    return waiting;
  }

  /** Puts comments before everything else that stands before a record, or before a part of it. */
  remarkBefore(record: Id, at: 'before' | Id, texts: readonly string[]): void {
    remarkFirst(this.state, record, at, texts);
  }

  /** Files that were put together in another order than they run in: what is known by now is done now. */
  private retry(): void {
    for (const { sql, outcome, searchPath } of this.early) {
      this.state.searchPath = searchPath;
      const now = foldStatement(this.state, this.parser, sql).outcome;
      if (now.state === 'error') continue;
      delete outcome.reason;
      delete outcome.position;
      note(Object.assign(outcome, now), 'it stands before what it is about, where the engine would refuse it');
    }
  }

  finish(): Document {
    this.retry();
    // Comments after the last object, such as those behind rows, stay with it.
    const { latest } = this;
    if (latest !== undefined) for (const text of this.waiting) addRemark(this.state, latest, { at: 'end', text });
    this.waiting = [];
    finish(this.state);
    return this.state.document();
  }
}
