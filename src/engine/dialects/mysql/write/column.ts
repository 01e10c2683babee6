import type { Column, ColumnType } from '#model/column-types.ts';
import type { Dialect, Relationship, Table } from '#model/types.ts';
import { lexSql } from '../../base/lex.ts';
import { bracketed, closed, foreignKeyTail } from '../../base/write/clauses.ts';
import type { KitScope } from '../../base/write/kit.ts';
import { type SqlText, sqlText } from '../../base/write/text.ts';
import { commentClause } from './comment.ts';

/** A type as SQL: its arguments stand after the first word (`int(10) unsigned`). */
export function typeSql(type: ColumnType): string {
  if (type.kind === 'custom') return 'text';
  const args = type.args === undefined || type.args.length === 0 ? '' : `(${type.args.join(',')})`;
  const [first = '', ...rest] = type.name.split(' ');
  return [first + args, ...rest].join(' ');
}

/** Words that stand right after the type. */
const BESIDE_TYPE = /^(?:BINARY|COMPRESSED(?:=\w+)?)$/i;
/** Clauses in place of a generated expression. */
const ROW_END = /^GENERATED\s+ALWAYS\s+AS\s+ROW\b/i;

const NUMBER = /^[+-]?\s*(?:0[xb][0-9a-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/i;
const WORDS_OF_CONSTANTS = new Set(['TRUE', 'FALSE', 'NULL']);
/** Words before a text that make it a constant of their type. */
const TYPED = new Set(['DATE', 'TIME', 'TIMESTAMP']);

/** Whether a default is a constant ("Literal Values"), which takes no brackets. Adjacent texts are one. */
function isConstant(sql: string, dialect: Dialect): boolean {
  if (NUMBER.test(sql)) return true;
  const { tokens } = lexSql(sql, dialect);
  const [first] = tokens;
  if (first === undefined) return false;
  if (tokens.length === 1 && WORDS_OF_CONSTANTS.has(first.word)) return true;
  const texts = TYPED.has(first.word) && tokens.length === 2 ? tokens.slice(1) : tokens;
  return texts.every(({ kind }) => kind === 'string');
}

const NOW = /^(?:current_timestamp|now|localtime|localtimestamp)(?:\s*\(\s*\d*\s*\))?$/i;
/** Types that only MariaDB gives a constant default: MySQL wants an expression in brackets. */
const NO_CONSTANT =
  /^(?:tiny|medium|long)?(?:text|blob)\b|^(?:json|geometry|point|linestring|polygon|multi\w+|geometrycollection)\b/;

/** A default as the dialect takes it: a constant, CURRENT_TIMESTAMP, or an expression in brackets. */
function defaultSql(column: Column, dialect: Dialect): string {
  const sql = column.default?.sql.trim() ?? '';
  const isLiteral = isConstant(sql, dialect);
  const needs = dialect === 'mysql' && column.type.kind === 'builtin' && NO_CONSTANT.test(column.type.name);
  if (isLiteral && (!needs || /^null$/i.test(sql))) return sql;
  // MariaDB takes any expression as it is.
  if (NOW.test(sql) || dialect === 'mariadb') return closed(sql, dialect);
  return wholeInBrackets(sql) ? sql : bracketed(sql, dialect);
}

/** Whether one pair of brackets holds the whole text. */
function wholeInBrackets(sql: string): boolean {
  if (!sql.startsWith('(') || !sql.endsWith(')')) return false;
  let depth = 0;
  let quote = '';
  for (let at = 0; at < sql.length; at++) {
    const char = sql[at] as string;
    if (quote !== '') {
      if (char === '\\' && quote !== '`') at++;
      else if (char === quote) quote = '';
    } else if (char === "'" || char === '"' || char === '`') quote = char;
    else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return at === sql.length - 1;
  }
  return false;
}

function generatedSql(column: Column, dialect: Dialect): string {
  if (column.generated === undefined) return '';
  const { expression, stored } = column.generated;
  return ` GENERATED ALWAYS AS ${bracketed(expression, dialect)} ${stored ? 'STORED' : 'VIRTUAL'}`;
}

function beside(column: Column): string {
  const words = (column.residue ?? []).filter((one) => BESIDE_TYPE.test(one));
  const charset = column.charset === undefined ? '' : ` CHARACTER SET ${column.charset}`;
  const collation = column.collation === undefined ? '' : ` COLLATE ${column.collation}`;
  return `${words.map((word) => ` ${word}`).join('')}${charset}${collation}`;
}

/** What a column's type brings along for a generated or row-end column: MariaDB takes no NOT NULL on a generated one. */
function nullability(column: Column, dialect: Dialect): string {
  if (column.nullable) return column.type.kind === 'builtin' && column.type.name === 'timestamp' ? ' NULL' : '';
  return dialect === 'mariadb' && column.generated !== undefined ? '' : ' NOT NULL';
}

/** A column's line. @param width columns to pad the name to. @param links foreign keys that stand in the line. */
export function columnSql(scope: KitScope, table: Table, column: Column, width: number, links: readonly Relationship[]): SqlText {
  const { dialect } = scope.kit;
  const { residue = [] } = column;
  const text = sqlText(`${scope.ident(column.name).padEnd(width)} ${typeSql(column.type)}${beside(column)}`);
  text.add(generatedSql(column, dialect));
  const rowEnd = residue.find((clause) => ROW_END.test(clause));
  text.add(rowEnd === undefined ? nullability(column, dialect) : ` ${rowEnd}`);
  if (column.invisible === true && scope.says('invisible column')) text.add(' INVISIBLE');
  if (column.default !== undefined) text.add(` DEFAULT ${defaultSql(column, dialect)}`);
  if (column.onUpdate !== undefined) text.add(` ON UPDATE ${column.onUpdate}`);
  if (column.identity !== undefined) text.add(' AUTO_INCREMENT');
  for (const clause of residue) if (!BESIDE_TYPE.test(clause) && !ROW_END.test(clause)) text.add(` ${closed(clause, dialect)}`);
  text.add(commentClause(scope, column.comment, column.id));
  for (const check of ownChecks(table, column, dialect)) text.add(` CHECK ${bracketed(check.expression, dialect)}`);
  for (const link of links) text.add(' ').part(link.id, foreignKeyTail(scope, link));
  return text;
}

/** Checks of MariaDB that have the column's name stand in its definition: there nothing else names them. */
export function ownChecks(table: Table, column: Column, dialect: Dialect): Table['checks'] {
  if (dialect !== 'mariadb') return [];
  return table.checks.filter((check) => check.name?.toLowerCase() === column.name.toLowerCase());
}
