import type { CheckConstraint, Index, IndexElement, Key } from '#model/table-parts.ts';
import type { Table } from '#model/types.ts';
import { bracketed, constraintName, residueSql } from '../../base/write/clauses.ts';
import type { Indexed, KitScope } from '../../base/write/kit.ts';
import { ownChecks } from './column.ts';
import { commentClause } from './comment.ts';

/** One member of an index. */
function elementSql(scope: KitScope, table: Table, element: IndexElement, part: string): string | undefined {
  const { dialect } = scope.kit;
  if (element.expression !== undefined) {
    if (!scope.says('index expression')) return undefined;
    return `${bracketed(element.expression, dialect)}${element.order === 'desc' ? ' DESC' : ''}`;
  }
  const [name = ''] = element.column === undefined ? [] : scope.columnNames(table.id, [element.column], part, 'index');
  const length = element.length === undefined ? '' : `(${element.length})`;
  return `${name}${length}${element.order === 'desc' && scope.says('descending index') ? ' DESC' : ''}`;
}

const WORDS: Readonly<Record<string, string>> = { fulltext: 'FULLTEXT', spatial: 'SPATIAL', vector: 'VECTOR' };

interface Options {
  readonly id: string;
  readonly method?: string;
  readonly comment?: string;
  readonly invisible?: boolean;
  readonly residue?: readonly string[];
}

function optionsSql(scope: KitScope, { id, method, comment, invisible, residue }: Options): string {
  const hidden = scope.kit.dialect === 'mariadb' ? ' IGNORED' : ' INVISIBLE';
  return [
    method === undefined || Object.hasOwn(WORDS, method) ? '' : ` USING ${method.toUpperCase()}`,
    residueSql(residue, scope.kit.dialect),
    commentClause(scope, comment, id),
    invisible === true && scope.says('invisible index') ? hidden : '',
  ].join('');
}

/** A period that stands in the list of a key (MariaDB). */
const PERIOD = /\sWITHOUT\s+OVERLAPS$/i;

/** A primary key or unique constraint as a line of the table. */
export function keySql(scope: KitScope, table: Table, key: Key): string {
  const columns = scope.columnNames(table.id, key.columns, key.id, 'key');
  const down = new Set(scope.says('key descending') ? key.descending : []);
  const periods = (key.residue ?? []).filter((one) => PERIOD.test(one));
  const length = (i: number) => (typeof key.lengths?.[i] === 'number' ? `(${key.lengths[i]})` : '');
  const list = [...columns.map((name, i) => `${name}${length(i)}${down.has(i) ? ' DESC' : ''}`), ...periods];
  const options = optionsSql(scope, { ...key, residue: (key.residue ?? []).filter((one) => !PERIOD.test(one)) });
  if (key.kind === 'primary') return `${constraintName(scope, key.name, key.id)}PRIMARY KEY (${list.join(', ')})${options}`;
  if (key.name !== undefined) scope.checkName(key.name, key.id);
  return `UNIQUE KEY ${key.name === undefined ? '' : `${scope.ident(key.name)} `}(${list.join(', ')})${options}`;
}

/** An index as a line of the table; undefined when the version cannot hold it, which is told. */
export function indexSql(scope: KitScope, on: Indexed, index: Index): string | undefined {
  const { table } = on;
  if (table === undefined) return undefined;
  const elements = index.elements.map((element) => elementSql(scope, table, element, index.id));
  if (elements.includes(undefined)) return undefined;
  if (index.where !== undefined && index.unique === true) {
    scope.note({
      part: index.id,
      feature: 'partial unique index',
      message: 'Without its condition this unique index would refuse rows that are allowed: it is left out.',
    });
    return undefined;
  }
  if (index.name !== undefined) scope.checkName(index.name, index.id);
  const word =
    index.unique === true
      ? 'UNIQUE '
      : index.method !== undefined && Object.hasOwn(WORDS, index.method)
        ? `${WORDS[index.method]} `
        : '';
  const name = index.name === undefined ? '' : ` ${scope.ident(index.name)}`;
  return `${word}KEY${name} (${elements.join(', ')})${optionsSql(scope, index)}`;
}

/** A check as a line of the table; undefined for one that stands in its column's line. */
export function checkSql(scope: KitScope, table: Table, check: CheckConstraint): string | undefined {
  const { dialect } = scope.kit;
  if (table.columns.some((column) => ownChecks(table, column, dialect).includes(check))) return undefined;
  if (check.notEnforced === true && !scope.says('not enforced')) return undefined;
  const enforced = check.notEnforced === true ? ' NOT ENFORCED' : '';
  return `${constraintName(scope, check.name, check.id)}CHECK ${bracketed(check.expression, dialect)}${enforced}${residueSql(check.residue, dialect)}`;
}
