import type { ColumnType } from '#model/column-types.ts';
import type { CheckConstraint, IndexElement } from '#model/table-parts.ts';
import type { Id, Sql } from '#model/types.ts';
import { type Lexeme, lex } from './lex.ts';
import { type InventedLabel, inventedName } from './names.ts';

/**
 * Which names PostgreSQL invents for the parts of a table. They stay when a table or column gets another name later, and
 * LIKE copies some of them, so reader and writer both have to know them.
 */

const SERIAL: Readonly<Record<string, string>> = { serial: 'integer', bigserial: 'bigint', smallserial: 'smallint' };

/** The integer type under a serial column; undefined for every other type. */
export function integerOfSerial(type: ColumnType): string | undefined {
  return type.kind === 'builtin' && Object.hasOwn(SERIAL, type.name) ? SERIAL[type.name] : undefined;
}

/** Gives one name after the other, with a number where PostgreSQL would add one. */
export class Namer {
  private readonly taken: Set<string>;

  constructor(taken: readonly (string | undefined)[]) {
    this.taken = new Set(taken.filter((name) => name !== undefined));
  }

  next(table: string, columns: readonly string[], label: InventedLabel): string {
    return this.number(inventedName(table, columns, label));
  }

  /** The name itself, with a number when it is taken. */
  number(base: string): string {
    const name = free(base, this.taken);
    this.taken.add(name);
    return name;
  }
}

function free(base: string, taken: ReadonlySet<string>): string {
  let name = base;
  for (let i = 1; taken.has(name); i++) name = `${base}${i}`;
  return name;
}

/** Names that an expression has where a column's may stand: not of a function, not of a type after `::`, not in a literal. */
export function namesIn(sql: Sql): ReadonlySet<string> {
  const tokens = lex(sql).filter(({ kind }) => kind !== 'comment');
  const names = tokens.flatMap(({ kind, text }, at) => {
    if (kind !== 'word' && kind !== 'quoted') return [];
    const isCall = kind === 'word' && tokens[at + 1]?.text === '(';
    const isType = tokens[at - 1]?.text === ':' && tokens[at - 2]?.text === ':';
    return isCall || isType || tokens[at - 1]?.text === '::' ? [] : [text];
  });
  return new Set(names);
}

interface Checked {
  readonly name: string;
  readonly columns: readonly { readonly id: Id; readonly name: string }[];
  readonly checks: readonly Pick<CheckConstraint, 'id' | 'name' | 'expression'>[];
}

/** Columns of a table that a check's text names. */
export function checkedColumns(table: Checked, expression: Sql): Checked['columns'] {
  const names = namesIn(expression);
  return table.columns.filter((column) => names.has(column.name));
}

/** Names of the checks of a table, those PostgreSQL invents included: after the one column a check names, or the table. */
export function checkNames(table: Checked): ReadonlyMap<Id, string> {
  const namer = new Namer(table.checks.map((check) => check.name));
  return new Map(
    table.checks.map((check) => {
      if (check.name !== undefined) return [check.id, check.name];
      const named = checkedColumns(table, check.expression).map((column) => column.name);
      return [check.id, namer.next(table.name, named.length === 1 ? named : [], 'check')];
    }),
  );
}

/** The name of a column's NOT NULL constraint. */
export function notNullName(table: string, column: { readonly name: string; readonly notNullName?: string }): string {
  return column.notNullName ?? inventedName(table, [column.name], 'not_null');
}

/** Types that the catalog spells in another way than people do. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  integer: 'int4',
  int: 'int4',
  bigint: 'int8',
  smallint: 'int2',
  real: 'float4',
  double: 'float8',
  boolean: 'bool',
  decimal: 'numeric',
  dec: 'numeric',
  character: 'bpchar',
  char: 'bpchar',
};

/** The name after the last `.` of a path that starts here, and the token after it. */
function path(tokens: readonly Lexeme[], from: number): { readonly name: string | undefined; readonly next: number } {
  let at = from;
  while (tokens[at + 1]?.text === '.') at += 2;
  const token = tokens[at];
  const named = token?.kind === 'word' || token?.kind === 'quoted';
  return { name: named ? token.text : undefined, next: at + 1 };
}

function closing(tokens: readonly Lexeme[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i]?.text === '(') depth++;
    else if (tokens[i]?.text === ')' && --depth === 0) return i;
  }
  return tokens.length - 1;
}

function castType(tokens: readonly Lexeme[], from: number): string {
  const { name = 'expr' } = path(tokens, from);
  const word = tokens[from]?.kind === 'word';
  if (word && name === 'character' && tokens[from + 1]?.text === 'varying') return 'varchar';
  return word && Object.hasOwn(TYPE_NAMES, name) ? (TYPE_NAMES[name] as string) : name;
}

/** Names of expressions with a syntax of their own. */
function specialName(tokens: readonly Lexeme[]): string | undefined {
  const words = tokens.map((token) => (token.kind === 'word' ? token.text : ''));
  const zone = words.findIndex((word, i) => word === 'at' && words[i + 1] === 'time' && words[i + 2] === 'zone');
  if (zone > 0 && zone + 4 === tokens.length) return 'timezone';
  switch (words[0]) {
    case 'case':
      return words.at(-1) === 'end' ? 'case' : undefined;
    case 'not':
      return 'expr';
    case 'array':
      return tokens[1]?.text === '[' ? 'array' : undefined;
    case 'trim':
      return words[2] === 'leading' ? 'ltrim' : words[2] === 'trailing' ? 'rtrim' : 'btrim';
    default:
      return undefined;
  }
}

/**
 * What PostgreSQL calls an indexed expression in the names it invents (`FigureIndexColname` in `parser/parse_target.c`):
 * the function of a call, the column or else the type of a cast, `case`; every other is `expr`.
 */
export function expressionName(expression: Sql): string {
  const tokens = lex(expression).filter((token) => token.kind !== 'comment');
  const [first] = tokens;
  if (first?.text === '(' && first.kind === 'symbol') {
    const end = closing(tokens, 0);
    if (tokens[end + 1]?.text !== '::') return 'expr';
    const inner = expressionName(expression.slice(first.end, tokens[end]?.start));
    return inner === 'expr' ? castAfter(tokens, end + 1, 'expr') : castAfter(tokens, end + 1, inner);
  }
  const special = specialName(tokens);
  if (special !== undefined) return special;
  const { name, next } = path(tokens, 0);
  if (name === undefined) return first?.kind === 'string' ? castAfter(tokens, 1, 'expr') : 'expr';
  const end = tokens[next]?.text === '(' ? closing(tokens, next) + 1 : next;
  return end === tokens.length ? name : castAfter(tokens, end, name);
}

/** The name of a cast that starts here and ends the expression; what is cast names it where it has a name. */
function castAfter(tokens: readonly Lexeme[], at: number, inner: string): string {
  if (tokens[at]?.text !== '::') return 'expr';
  const rest = tokens.slice(at + 1);
  if (rest.some((token) => token.kind === 'symbol' && !/^[().,[\]]$/.test(token.text))) return 'expr';
  return inner === 'expr' ? castType(tokens, at + 1) : inner;
}

/** Names of an index's or exclusion's elements as they go into an invented name, each with a number where it comes again. */
export function elementNames(elements: readonly IndexElement[], columnName: (id: Id) => string | undefined): string[] {
  const names: string[] = [];
  for (const { column, columnName: plain, expression } of elements) {
    const own = plain ?? (column === undefined ? undefined : columnName(column));
    names.push(free(own ?? (expression === undefined ? 'expr' : expressionName(expression)), new Set(names)));
  }
  return names;
}
