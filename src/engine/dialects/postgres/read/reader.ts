import type { IdSource } from '#lib/ids.ts';
import type { Document, Id } from '#model/types.ts';
import type { PgParser } from '../../../sql/parser-port.ts';
import { finish } from './finish.ts';
import { foldStatement } from './fold.ts';
import type { Outcome } from './outcome.ts';
import { addRemark, gapComments, remarksWithin } from './remarks.ts';
import { ReadState } from './state.ts';

/** Folds PostgreSQL statements into a document, and gives the comments of the text to the objects they stand at. */
export class PostgresReader {
  readonly state: ReadState;
  private readonly parser: PgParser;
  /** Comments that wait for the next object. */
  private waiting: string[] = [];
  /** What the last statement made. */
  private last: { record: Id; part?: Id } | undefined;

  constructor(document: Document, parser: PgParser, ids?: IdSource) {
    this.state = new ReadState(document, ids);
    this.parser = parser;
  }

  gap(text: string): void {
    for (const { text: comment, sameLine } of gapComments(text)) {
      const at = this.last?.part ?? 'end';
      const mine =
        sameLine && this.last !== undefined && addRemark(this.state, this.last.record, { at, text: comment, trailing: true });
      if (!mine) this.waiting.push(comment);
    }
  }

  statement(sql: string): Outcome {
    const folded = foldStatement(this.state, this.parser, sql);
    const { record, part } = folded.outcome;
    if (record !== undefined) {
      for (const text of this.waiting) addRemark(this.state, record, { at: part ?? 'before', text });
      this.waiting = [];
      remarksWithin(this.state, folded);
    }
    this.last = record === undefined ? undefined : { record, ...(part === undefined ? {} : { part }) };
    return folded.outcome;
  }

  finish(): Document {
    const { last } = this;
    if (last !== undefined) for (const text of this.waiting) addRemark(this.state, last.record, { at: 'end', text });
    this.waiting = [];
    finish(this.state);
    return this.state.document();
  }
}
