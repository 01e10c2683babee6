import type { Column, ColumnType } from '#model/column-types.ts';
import type { Deferral, Id, Remark, SequenceOptions, Sql, StorageParameter } from '#model/types.ts';
import { endsInLineComment, lex } from '../lex.ts';
import { commentText, ident, qualified } from '../quote.ts';
import type { Scope } from './scope.ts';

/** Small pieces of clauses that several kinds of statements share. */

/** SQL in round brackets; a line comment at its end does not swallow the closing one. */
export function bracketed(sql: Sql): string {
  return endsInLineComment(sql) ? `(${sql}\n)` : `(${sql})`;
}

/** SQL of a person, to be followed by more on the same line. */
export function closed(sql: Sql): string {
  return endsInLineComment(sql) ? `${sql}\n` : sql;
}

const BUILTIN_TYPE = /^[a-z_][a-z0-9_ ]*$/;

/** A type as SQL. */
export function typeSql(scope: Pick<Scope, 'name'>, type: ColumnType): string {
  const dims = '[]'.repeat(type.dims ?? 0);
  if (type.kind === 'custom') return scope.name(type.type) + dims;
  const args = type.args === undefined || type.args.length === 0 ? '' : `(${type.args.join(',')})`;
  if (type.kind === 'other') return qualified(type.schema, type.name) + args + dims;
  const zone = / (with|without) time zone$/.exec(type.name);
  if (zone !== null) return type.name.slice(0, zone.index) + args + zone[0] + dims;
  const name = BUILTIN_TYPE.test(type.name) || type.name === '"char"' ? type.name : ident(type.name);
  return name + args + dims;
}

const SERIAL = new Set(['smallserial', 'serial', 'bigserial', 'serial2', 'serial4', 'serial8']);

/** True for the pseudo-types that bring a sequence, a default and NOT NULL along. */
export function isSerial(column: Column): boolean {
  return column.type.kind === 'builtin' && SERIAL.has(column.type.name);
}

/** Words that end or change a DEFAULT when they stand outside brackets: PostgreSQL takes only a simple expression there. */
const NEEDS_BRACKETS = new Set(
  'and or not is isnull notnull in like ilike similar between overlaps at collate operator any all some'.split(' '),
);

/** A default's expression, in brackets when PostgreSQL's grammar for column defaults wants them. */
export function defaultSql(sql: Sql): string {
  let depth = 0;
  for (const token of lex(sql)) {
    if (token.kind === 'symbol' && (token.text === '(' || token.text === '[')) depth++;
    else if (token.kind === 'symbol' && (token.text === ')' || token.text === ']')) depth--;
    else if (depth === 0 && token.kind === 'word' && NEEDS_BRACKETS.has(token.text)) return bracketed(sql);
  }
  return closed(sql);
}

const STORAGE_NAME = /^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/;

/** `(fillfactor = 70, ...)` */
export function storageParameters(parameters: readonly StorageParameter[]): string {
  const say = ({ name, value }: StorageParameter) => {
    const key = STORAGE_NAME.test(name) ? name : ident(name);
    return value === '' ? key : `${key} = ${value}`;
  };
  return `(${parameters.map(say).join(', ')})`;
}

/** ` DEFERRABLE ...`, or nothing. */
export function deferralSql(deferral: Deferral | undefined): string {
  if (deferral === undefined) return '';
  return deferral === 'deferrable' ? ' DEFERRABLE' : ' DEFERRABLE INITIALLY DEFERRED';
}

/** Options of a sequence in PostgreSQL's usual order, each with a leading space. */
export function sequenceOptions(options: SequenceOptions): string {
  const bound = (word: 'MINVALUE' | 'MAXVALUE', value: string | undefined) =>
    value === undefined ? '' : value === 'none' ? ` NO ${word}` : ` ${word} ${value}`;
  return [
    options.type === undefined ? '' : ` AS ${options.type}`,
    options.start === undefined ? '' : ` START WITH ${options.start}`,
    options.increment === undefined ? '' : ` INCREMENT BY ${options.increment}`,
    bound('MINVALUE', options.min),
    bound('MAXVALUE', options.max),
    options.cache === undefined ? '' : ` CACHE ${options.cache}`,
    options.cycle === true ? ' CYCLE' : options.cycle === false ? ' NO CYCLE' : '',
  ].join('');
}

/** Clauses kept verbatim, each with a leading space. */
export function residueSql(residue: readonly string[] | undefined): string {
  return (residue ?? []).map((clause) => ` ${closed(clause)}`).join('');
}

/** The remarks of one place, as complete comment lines. */
export function remarksAt(remarks: readonly Remark[] | undefined, at: Id, trailing: boolean): string[] {
  return (remarks ?? [])
    .filter((remark) => remark.at === at && (remark.trailing ?? false) === trailing)
    .map((remark) => commentText(remark.text));
}

/** Remark lines that stand before a statement or part, ending in a line break, or nothing. */
export function remarksBefore(remarks: readonly Remark[] | undefined, at: Id): string {
  return remarksAt(remarks, at, false)
    .map((text) => `${text}\n`)
    .join('');
}
