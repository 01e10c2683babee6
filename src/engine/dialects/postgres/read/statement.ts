import type { Id, Sql, Verbatim } from '#model/types.ts';
import type { PgParser } from '../../../sql/parser-port.ts';
import { type Outcome, withResidue } from './outcome.ts';
import type { MutableTable, ReadState } from './state.ts';
import type { Source } from './tokens.ts';
import type { Writable } from './writable.ts';

/** One statement being folded. */
export interface Statement {
  readonly state: ReadState;
  readonly parser: PgParser;
  readonly source: Source;
  /** The statement without its semicolon. */
  readonly sql: Sql;
  /** How what refers to something later can still change what became of this statement. */
  readonly outcome: Outcome;
  /** Folds the text of a statement inside this one. */
  readonly fold: (text: string) => Outcome;
  /** Where each part of the object stands, for the comments of the text. */
  readonly places: { readonly id: Id; readonly start: number; readonly end: number }[];
}

/** Keeps a statement as text. @param kind its leading words. */
export function keepVerbatim({ state }: Statement, kind: string, sql: Sql, place: Verbatim['place'], about?: Id): Verbatim {
  const id = state.recordId('verbatim', `${kind} ${sql}`);
  const record: Verbatim = { id, kind, sql, place, order: state.nextOrder(), ...(about === undefined ? {} : { about }) };
  state.records.verbatim.set(id, record as Writable<Verbatim>);
  return record;
}

/** Keeps a clause of a table's statement as an ALTER TABLE of its own, and says why. */
export function keepClause(statement: Statement, table: MutableTable, action: Sql, reason: string): void {
  const { state } = statement;
  const name = state.sqlName(table.schema, table.name);
  keepVerbatim(statement, 'ALTER TABLE', `ALTER TABLE ${name} ${action}`, 'last', table.id);
  withResidue(statement.outcome, `${reason}, kept as text`);
}
