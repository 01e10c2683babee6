import type { ColumnType } from '#model/column-types.ts';
import type { Dialect, Id, Sql, Verbatim } from '#model/types.ts';
import { type Outcome, withResidue } from '../../../postgres/read/outcome.ts';
import type { MutableTable, ReadState } from '../../../postgres/read/state.ts';
import type { Writable } from '../../../postgres/read/writable.ts';
import type { DdlName, DdlPlace, DdlType } from '../ddl.ts';

/** One statement being folded into the model. */
export interface Folding {
  readonly state: ReadState;
  readonly dialect: Dialect;
  /** The statement without its terminator. */
  readonly sql: Sql;
  /** What refers to something later can still change what became of this statement. */
  readonly outcome: Outcome;
  /** Where each part of the object stands, for the comments of the text. */
  readonly places: { readonly id: Id; readonly start: number; readonly end: number }[];
}

/** Remembers where a part stands. */
export function placed({ places }: Folding, id: Id, { start, end }: DdlPlace): void {
  places.push({ id, start, end });
}

/** The name for messages. */
export function sayName({ state }: Folding, name: DdlName): string {
  return name.schema === undefined ? name.name : `${name.schema}.${name.name}`.replace(`${state.searchPath[0]}.`, '');
}

/** A list of clauses to keep; nothing when there are none. */
export function kept(folding: Folding, residue: readonly Sql[] | undefined): { residue?: string[] } {
  if (residue === undefined || residue.length === 0) return {};
  withResidue(folding.outcome, `kept as text: ${residue.join(', ')}`);
  return { residue: [...residue] };
}

/** Keeps a statement as text. @param kind its leading words. */
export function keepSql(folding: Folding, kind: string, sql: Sql, place: Verbatim['place'], about?: Id): Id {
  const { state } = folding;
  const id = state.recordId('verbatim', `${kind} ${sql.slice(0, 200)}`);
  const record: Verbatim = { id, kind, sql, place, order: state.nextOrder(), ...(about === undefined ? {} : { about }) };
  state.records.verbatim.set(id, record as Writable<Verbatim>);
  return id;
}

/** A type of the text: one of the dialect's own, one of the schema's, or one from elsewhere. */
export function typeOf({ state }: Folding, type: DdlType): Writable<ColumnType> {
  const args = type.args === undefined || type.args.length === 0 ? {} : { args: [...type.args] };
  const dims = type.dims === undefined ? {} : { dims: type.dims };
  if (type.custom !== true && type.schema === undefined) return { kind: 'builtin', name: type.name, ...args, ...dims };
  const schema = type.schema === undefined ? {} : { schema: type.schema };
  const id = state.typeId({ ...schema, name: type.name });
  if (id !== undefined) return { kind: 'custom', type: id, ...dims };
  return { kind: 'other', ...schema, name: type.name, ...args, ...dims };
}

export function columnIds(folding: Folding, table: MutableTable, names: readonly string[]): Id[] | undefined {
  const ids = names.map((name) => folding.state.column(table, name)?.id);
  return ids.every((id) => id !== undefined) ? (ids as Id[]) : undefined;
}

/** Names of which the table has no column. */
export function missingColumns({ state }: Folding, table: MutableTable, names: readonly string[]): string[] {
  return names.filter((name) => state.column(table, name) === undefined);
}
