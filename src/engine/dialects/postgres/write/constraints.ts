import type { CheckConstraint, Exclusion, IndexElement, Key } from '#model/table-parts.ts';
import type { Id, Table } from '#model/types.ts';
import { lex } from '../lex.ts';
import { ident } from '../quote.ts';
import { wordCategory } from '../words.ts';
import { checkFunctions } from './column.ts';
import { bracketed, deferralSql, residueSql, storageParameters } from './parts.ts';
import type { Scope } from './scope.ts';

/** `CONSTRAINT name `, or nothing when the engine names it. */
function named(scope: Scope, name: string | undefined, part: Id): string {
  if (name === undefined) return '';
  scope.checkName(name, part);
  return `CONSTRAINT ${ident(name)} `;
}

/** Column names of a table's part by id; an id without a column stays visible and makes the statement fail. */
export function columnList(scope: Scope, table: Table, columns: readonly Id[]): string[] {
  return columns.map((id) => ident(scope.columnName(table.id, id) ?? id));
}

function tail(scope: Scope, table: Table, part: Pick<Key, 'include' | 'parameters' | 'tablespace'>): string {
  const include = part.include ?? [];
  return [
    include.length === 0 ? '' : ` INCLUDE (${columnList(scope, table, include).join(', ')})`,
    part.parameters === undefined || part.parameters.length === 0 ? '' : ` WITH ${storageParameters(part.parameters)}`,
    part.tablespace === undefined ? '' : ` USING INDEX TABLESPACE ${ident(part.tablespace)}`,
  ].join('');
}

/** A primary key or unique constraint as a table constraint. */
export function keySql(scope: Scope, table: Table, key: Key): string {
  const columns = columnList(scope, table, key.columns);
  const name = named(scope, key.name, key.id);
  const rest = tail(scope, table, key) + deferralSql(key.deferral) + residueSql(key.residue);
  if (key.withoutOverlaps === true) {
    if (scope.has('without-overlaps', 'The key is written as an exclusion constraint, which forbids the same rows.', key.id)) {
      const last = columns.length - 1;
      const list = columns.map((column, i) => (i === last ? `${column} WITHOUT OVERLAPS` : column)).join(', ');
      return `${name}${key.kind === 'primary' ? 'PRIMARY KEY' : 'UNIQUE'} (${list})${rest}`;
    }
    const list = columns.map((column, i) => `${column} WITH ${i === columns.length - 1 ? '&&' : '='}`).join(', ');
    return `${name}EXCLUDE USING gist (${list})${rest}`;
  }
  if (key.kind === 'primary') return `${name}PRIMARY KEY (${columns.join(', ')})${rest}`;
  const distinct =
    key.nullsNotDistinct === true && scope.has('nulls-not-distinct', 'The key is written without it.', key.id)
      ? ' NULLS NOT DISTINCT'
      : '';
  return `${name}UNIQUE${distinct} (${columns.join(', ')})${rest}`;
}

/** A check as a table constraint; undefined when the target cannot hold it. */
export function checkSql(scope: Scope, check: CheckConstraint): string | undefined {
  if (check.notEnforced === true && !scope.has('not-enforced', 'The check is left out.', check.id)) return undefined;
  checkFunctions(scope, check.expression, check.id);
  return [
    named(scope, check.name, check.id),
    `CHECK ${bracketed(check.expression)}`,
    check.noInherit === true ? ' NO INHERIT' : '',
    check.notValid === true ? ' NOT VALID' : '',
    check.notEnforced === true ? ' NOT ENFORCED' : '',
  ].join('');
}

/** True when an expression can stand in an index without brackets: one function call, or already in brackets. */
function standsAlone(sql: string): boolean {
  const tokens = lex(sql).filter((token) => token.kind !== 'comment');
  let at = 0;
  if (tokens[0]?.kind === 'word' && tokens[1]?.text === '(') {
    const category = wordCategory(tokens[0].text);
    if (category === 'reserved' || category === 'colName') return false;
  }
  while (tokens[at]?.kind === 'word' || tokens[at]?.kind === 'quoted') {
    at++;
    if (tokens[at]?.text !== '.') break;
    at++;
  }
  if (tokens[at]?.kind !== 'symbol' || tokens[at]?.text !== '(') return false;
  let depth = 0;
  for (; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.kind !== 'symbol') continue;
    if (token.text === '(') depth++;
    else if (token.text === ')' && --depth === 0) return at === tokens.length - 1;
  }
  return false;
}

/** One element of an index, exclusion constraint or partition key. @param table absent for a view, which names columns. */
export function elementSql(scope: Scope, table: Table | undefined, element: IndexElement, part: Id): string {
  let what = element.columnName === undefined ? '' : ident(element.columnName);
  if (element.column !== undefined && table !== undefined) what = columnList(scope, table, [element.column])[0] as string;
  if (element.expression !== undefined) {
    checkFunctions(scope, element.expression, part);
    what = standsAlone(element.expression) ? element.expression : bracketed(element.expression);
  }
  return [
    what,
    element.collation === undefined ? '' : ` COLLATE ${element.collation}`,
    element.operatorClass === undefined ? '' : ` ${element.operatorClass}`,
    element.order === 'desc' ? ' DESC' : '',
    element.nulls === undefined ? '' : ` NULLS ${element.nulls.toUpperCase()}`,
  ].join('');
}

/** An exclusion constraint as a table constraint. */
export function exclusionSql(scope: Scope, table: Table, exclusion: Exclusion): string {
  if (table.partitioning !== undefined) {
    scope.has('partitioned-exclusion', 'It is written as it is and will not run there.', exclusion.id);
  }
  const elements = exclusion.elements.map(
    (element) => `${elementSql(scope, table, element, exclusion.id)} WITH ${element.operator}`,
  );
  return [
    `${named(scope, exclusion.name, exclusion.id)}EXCLUDE`,
    exclusion.method === undefined ? '' : ` USING ${ident(exclusion.method)}`,
    ` (${elements.join(', ')})`,
    tail(scope, table, exclusion),
    exclusion.where === undefined ? '' : ` WHERE ${bracketed(exclusion.where)}`,
    deferralSql(exclusion.deferral),
  ].join('');
}
