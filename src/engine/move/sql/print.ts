import type { Dialect } from '#model/types.ts';
import { quotedName } from '../../dialects/base/quote.ts';
import type { Common } from '../types/common.ts';
import { TYPE_MAPS } from '../types/maps.ts';
import { joinedTexts } from './aggregates.ts';
import { castTo } from './casts.ts';
import { FAMILY, isBareCall, type Kind, noteOf, printShared, sharedFunction } from './functions.ts';
import { kindOf } from './kinds.ts';
import { literalFor, truthOf } from './literals.ts';
import { normalCall, numberOf } from './normal.ts';
import { jsonTest, printPattern } from './patterns.ts';
import type { Call, Expr, Query, SortItem, TypeWords, Word } from './tree.ts';

/** What the names in an expression mean, and how the target calls it. */
export interface Names {
  /** A column in the words of the target; undefined: not known here. */
  column(
    path: readonly Word[],
  ): { readonly path: readonly string[]; readonly holds?: Common | undefined; readonly was?: Common | undefined } | undefined;
  /** Queries inside expressions; undefined: they cannot be said. */
  query?(query: Query, printer: Printer): string | undefined;
  /** The type behind words that are none of the dialect's own. */
  readonly ownType?: ((words: TypeWords) => Common | undefined) | undefined;
}

const LEVEL: Readonly<Record<string, number>> = {
  or: 1,
  xor: 2,
  and: 3,
  '=': 5,
  '<>': 5,
  '<': 5,
  '>': 5,
  '<=': 5,
  '>=': 5,
  '||': 6,
  '+': 7,
  '-': 7,
  '*': 8,
  '/': 8,
  '%': 8,
};
const LOGIC = new Set(['and', 'or']);
const COMPARISONS = new Set(['=', '<>', '<', '>', '<=', '>=']);
/** Dialects in which the quotient of two integers is cut to an integer. */
const CUTS = new Set<Dialect>(['postgresql', 'sqlite', 'mssql']);

/** Writes expressions in the target's words. The first thing that cannot be said is the `problem`. */
export class Printer {
  readonly from: Dialect;
  readonly to: Dialect;
  readonly version: number;
  readonly names: Names;
  problem: string | undefined;
  /** What comes out slightly otherwise. */
  readonly notes = new Set<string>();

  constructor(from: Dialect, to: Dialect, version: number, names: Names) {
    this.from = from;
    this.to = to;
    this.version = version;
    this.names = names;
  }

  /** Conditions are no values: SQL Server, and Oracle before 23. */
  get conditionsApart(): boolean {
    return this.to === 'mssql' || (this.to === 'oracle' && this.version < 23);
  }

  private get strictTruth(): boolean {
    return this.to === 'postgresql' || (this.to === 'oracle' && this.version >= 23);
  }

  fail(problem: string): string {
    this.problem ??= problem;
    return '';
  }

  ident(name: string): string {
    return quotedName(name, this.to);
  }

  kind(expr: Expr): Kind | undefined {
    switch (expr.is) {
      case 'string':
        return 'text';
      case 'number':
        return /[.eE]/.test(expr.text) ? 'number' : 'integer';
      case 'truth':
      case 'like':
      case 'test':
      case 'distinct':
      case 'between':
      case 'in':
      case 'in query':
      case 'exists':
        return 'boolean';
      case 'unary':
        return expr.op === 'not' ? 'boolean' : this.kind(expr.of);
      case 'binary':
        return this.binaryKind(expr);
      case 'case':
        return this.kind(expr.whens[0]?.result ?? { is: 'null' }) ?? (expr.other === undefined ? undefined : this.kind(expr.other));
      case 'cast': {
        const common = this.typeOf(expr.type);
        return common === undefined ? undefined : kindOf(common);
      }
      case 'extract':
        return 'integer';
      case 'bytes':
        return 'bytes';
      case 'name': {
        const holds = this.names.column(expr.path)?.holds;
        return holds === undefined ? undefined : kindOf(holds);
      }
      case 'call':
        return this.callKind(expr);
      default:
        return undefined;
    }
  }

  /** SQL Server joins texts with `+`. */
  private joins({ op, left, right }: Expr & { is: 'binary' }): boolean {
    return op === '+' && this.from === 'mssql' && (this.kind(left) === 'text' || this.kind(right) === 'text');
  }

  private binaryKind(expr: Expr & { is: 'binary' }): Kind | undefined {
    const { op, left, right } = expr;
    if (LOGIC.has(op) || COMPARISONS.has(op) || op === 'xor') return 'boolean';
    if (op === '||' || op === '->>' || this.joins(expr)) return 'text';
    if (op === '->') return 'json';
    const [a, b] = [this.kind(left), this.kind(right)];
    if (a === 'integer' && b === 'integer') return 'integer';
    if (a === 'time' || a === 'date') return right.is === 'interval' ? 'time' : undefined;
    return a === 'number' || b === 'number' ? 'number' : undefined;
  }

  private callKind(call: Call): Kind | undefined {
    const other = call.own ? undefined : normalCall(call, this.from);
    if (other !== undefined) return this.kind(other);
    if (call.name === 'concat' || call.name === 'concat_ws' || call.name === 'group_concat' || call.name === 'string_agg')
      return 'text';
    const shared = sharedFunction(call.name, call.args.length, this.from);
    if (shared === undefined) return undefined;
    const [first] = call.args;
    return shared.kind === 'first' ? (first === undefined ? undefined : this.kind(first)) : shared.kind;
  }

  typeOf(words: TypeWords): Common | undefined {
    if (words.dims > 0) return undefined;
    const own = this.names.ownType?.(words);
    if (own !== undefined) return own;
    if (words.own) return undefined;
    if (words.name === 'signed' || words.name === 'signed integer') return { is: 'integer', bits: 64 };
    if (words.name === 'unsigned' || words.name === 'unsigned integer') return { is: 'integer', bits: 64, unsigned: true };
    if (this.from === 'mysql' || this.from === 'mariadb') {
      if (words.name === 'char' || words.name === 'nchar')
        return { is: 'text', unit: 'characters', ...(words.args[0] === undefined ? {} : { length: Number(words.args[0]) }) };
    }
    const common = TYPE_MAPS[this.from].read(words.name, words.args).common;
    return common.is === 'special' ? undefined : common;
  }

  /** An expression where a value stands. */
  value(expr: Expr, level = 0): string {
    if (this.problem !== undefined) return '';
    if (this.conditionsApart && this.isCondition(expr)) return `CASE WHEN ${this.condition(expr)} THEN 1 ELSE 0 END`;
    return this.text(expr, level);
  }

  private isCondition(expr: Expr): boolean {
    switch (expr.is) {
      case 'like':
      case 'test':
      case 'distinct':
      case 'between':
      case 'in':
      case 'in query':
      case 'exists':
        return true;
      case 'unary':
        return expr.op === 'not';
      case 'binary':
        return LOGIC.has(expr.op) || COMPARISONS.has(expr.op);
      default:
        return false;
    }
  }

  /** An expression where a condition stands: after WHERE and CHECK, beside AND. */
  condition(expr: Expr, level = 0): string {
    if (this.problem !== undefined) return '';
    if (this.isCondition(expr)) return this.text(expr, level);
    const kind = this.kind(expr);
    if (this.conditionsApart) {
      if (expr.is === 'truth') return expr.value ? '1 = 1' : '1 = 0';
      return `${this.value(expr, LEVEL['=']) /* a column of 0 and 1 */} = 1`;
    }
    if (this.strictTruth && kind !== 'boolean') {
      if (kind === 'integer' || kind === 'number') return `${this.value(expr, 6)} <> 0`;
      return this.fail('a value that is no boolean stands for a condition');
    }
    return this.text(expr, level);
  }

  private text(expr: Expr, level: number): string {
    switch (expr.is) {
      case 'null':
        return 'NULL';
      case 'truth':
        return this.conditionsApart ? (expr.value ? '1' : '0') : expr.value ? 'TRUE' : 'FALSE';
      case 'number':
        return expr.text;
      case 'string':
        return literalFor(expr.value, this.to);
      case 'bytes':
        return this.bytes(expr.hex);
      case 'name':
        return this.nameText(expr.path);
      case 'unary':
        return this.unary(expr);
      case 'binary':
        return this.binary(expr, level);
      case 'like':
        return printPattern(this, expr);
      case 'test':
        return this.test(expr);
      case 'distinct':
        return this.distinct(expr);
      case 'between':
        return this.wrap(
          `${this.operand(expr.of, expr.low)} ${expr.not ? 'NOT ' : ''}BETWEEN ${this.operand(expr.low, expr.of)} AND ${this.operand(expr.high, expr.of)}`,
          4,
          level,
        );
      case 'in':
        return this.wrap(
          `${this.value(expr.of, 6)} ${expr.not ? 'NOT ' : ''}IN (${expr.list.map((one) => this.operand(one, expr.of)).join(', ')})`,
          4,
          level,
        );
      case 'in query':
        return this.wrap(`${this.value(expr.of, 6)} ${expr.not ? 'NOT ' : ''}IN (${this.query(expr.query)})`, 4, level);
      case 'case':
        return this.caseText(expr);
      case 'cast':
        return castTo(this, expr.of, expr.type);
      case 'call':
        return this.call(expr);
      case 'extract':
        return this.extract(expr.field, expr.of);
      case 'row':
        return this.to === 'mssql'
          ? this.fail('SQL Server compares no rows of values')
          : `(${expr.items.map((one) => this.value(one)).join(', ')})`;
      case 'query':
        return `(${this.query(expr.query)})`;
      case 'exists':
        return `EXISTS (${this.query(expr.query)})`;
      case 'interval':
        return this.fail('an interval stands alone');
      case 'array':
        return this.fail('an array stands alone');
      case 'default':
        return this.fail('DEFAULT stands in an expression');
    }
  }

  private wrap(text: string, own: number, level: number): string {
    return own < level ? `(${text})` : text;
  }

  query(query: Query): string {
    return this.names.query?.(query, this) ?? this.fail('a query inside an expression');
  }

  private bytes(hex: string): string {
    if (this.to === 'postgresql') return `'\\x${hex}'`.replace("'\\", "E'\\\\");
    if (this.to === 'mssql') return `0x${hex}`;
    return this.to === 'oracle' ? `HEXTORAW('${hex}')` : `X'${hex}'`;
  }

  private nameText(path: readonly Word[]): string {
    const last = path.at(-1) as Word;
    const found = this.names.column(path);
    if (found !== undefined) return found.path.map((name) => this.ident(name)).join('.');
    if (path.length === 1 && !last.quoted && isBareCall(last.name.toLowerCase(), this.from))
      return this.call({ is: 'call', name: last.name.toLowerCase(), own: false, args: [] });
    return this.fail(`${path.map(({ name }) => name).join('.')} is no column that is known here`);
  }

  private unary({ op, of }: Expr & { is: 'unary' }): string {
    if (op === 'not')
      return `NOT ${this.isCondition(of) && of.is !== 'exists' && of.is !== 'unary' ? `(${this.condition(of)})` : this.condition(of, 4)}`;
    if (op === '~' && this.to === 'oracle') return this.fail('Oracle has no ~ of bits');
    return `${op}${this.value(of, 10)}`;
  }

  /** A literal beside a boolean is one too: MySQL compares with 0 and 1, PostgreSQL with 't'. */
  operand(expr: Expr, beside: Expr): string {
    if (this.kind(beside) === 'boolean') {
      const given = expr.is === 'number' || expr.is === 'string' ? truthOf(expr) : expr.is === 'truth' ? expr.value : undefined;
      if (given !== undefined) return this.strictTruth ? (given ? 'TRUE' : 'FALSE') : given ? '1' : '0';
    }
    // PostgreSQL compares no text with numbers: a literal takes the other side's form.
    if (expr.is === 'string' && (this.kind(beside) === 'integer' || this.kind(beside) === 'number')) {
      const number = numberOf(expr.value);
      if (number !== undefined) return this.value(number);
    }
    if (this.to === 'postgresql') {
      const [own, other] = [this.kind(expr), this.kind(beside)];
      if (expr.is === 'number' && other === 'text') return literalFor(expr.text, this.to);
      const numeric = (kind: Kind | undefined) => kind === 'integer' || kind === 'number' || kind === 'boolean';
      const literal = expr.is === 'string' || beside.is === 'string' || beside.is === 'number';
      if (!literal && ((own === 'text' && numeric(other)) || (numeric(own) && other === 'text')))
        return this.fail('comparing a text with a number');
    }
    return this.value(expr, 6);
  }

  private binary(expr: Expr & { is: 'binary' }, level: number): string {
    const { op, left, right } = expr;
    const own = LEVEL[op] ?? 6;
    if (LOGIC.has(op))
      return this.wrap(
        `${this.condition(left, own)} ${op.toUpperCase()} ${this.condition(right, own + (op === 'and' ? 1 : 0))}`,
        own,
        level,
      );
    if (COMPARISONS.has(op)) return this.wrap(`${this.operand(left, right)} ${op} ${this.operand(right, left)}`, own, level);
    if (right.is === 'interval' && (op === '+' || op === '-')) return this.moment(left, right, op);
    if (op === '||' || this.joins(expr)) return this.concat([left, right]);
    if (op === '->' || op === '->>') return this.json(expr);
    if (op === '+' || op === '-' || op === '*') {
      const strange = [left, right].some((one) => ['time', 'date', 'text', 'json', 'other'].includes(this.kind(one) ?? 'number'));
      if (strange) return this.fail(`arithmetic with ${op} of other things than numbers`);
      return this.wrap(`${this.value(left, own)} ${op} ${this.value(right, own + 1)}`, own, level);
    }
    if (op === '/' || op === 'div' || op === '%' || op === 'mod') return this.division(expr, level);
    if (op === '^' && this.from === 'postgresql') return this.call({ is: 'call', name: 'power', own: false, args: [left, right] });
    if ((op === '&' || op === '|') && this.to !== 'oracle')
      return this.wrap(`${this.value(left, 10)} ${op} ${this.value(right, 10)}`, 6, level);
    return this.fail(`the operator ${op}`);
  }

  private division({ op, left, right }: Expr & { is: 'binary' }, level: number): string {
    const [a, b] = [this.value(left, 8), this.value(right, 9)];
    if (op === '%' || op === 'mod')
      return this.to === 'oracle' ? `MOD(${this.value(left)}, ${this.value(right)})` : this.wrap(`${a} % ${b}`, 8, level);
    const whole = this.kind(left) === 'integer' && this.kind(right) === 'integer';
    const known = this.kind(left) === 'number' || this.kind(right) === 'number';
    const cut = op === 'div' || (CUTS.has(this.from) && whole);
    if (!known && !whole && CUTS.has(this.from) !== CUTS.has(this.to))
      this.notes.add('Whole numbers may be divided otherwise: check what / gives.');
    if (cut && !CUTS.has(this.to)) return this.to === 'oracle' ? `TRUNC(${a} / ${b})` : this.wrap(`${a} DIV ${b}`, 8, level);
    if (!cut && whole && CUTS.has(this.to)) return this.wrap(`${a} * 1.0 / ${b}`, 8, level);
    return this.wrap(`${a} / ${b}`, 8, level);
  }

  /** Operands joined so that NULL in one makes all NULL, as `||` does everywhere but in Oracle. */
  concat(parts: readonly Expr[]): string {
    const flat: Expr[] = [];
    const add = (one: Expr): void => {
      if (one.is === 'binary' && (one.op === '||' || this.joins(one))) {
        add(one.left);
        add(one.right);
      } else flat.push(one);
    };
    for (const one of parts) add(one);
    if (flat.some((one) => this.kind(one) === 'json')) return this.fail('joining JSON or arrays');
    if (this.to === 'oracle' || this.from === 'oracle')
      this.notes.add('Oracle joins NULL as an empty text; elsewhere the whole becomes NULL.');
    const text = (one: Expr) =>
      this.kind(one) === 'text'
        ? this.value(one, 7)
        : castTo(this, one, { name: 'text', args: [], dims: 0, own: false }, { is: 'text', unit: 'characters' });
    if (FAMILY[this.to] === 'my') return `CONCAT(${flat.map((one) => this.value(one)).join(', ')})`;
    if (this.to === 'mssql') return `(${flat.map(text).join(' + ')})`;
    return `(${flat.map(this.to === 'postgresql' ? text : (one) => this.value(one, 7)).join(' || ')})`;
  }

  private json({ op, left, right }: Expr & { is: 'binary' }): string {
    if (right.is !== 'string') return this.fail('JSON by anything but a literal key');
    const key = this.from === 'postgresql' ? `$."${right.value}"` : right.value;
    const plain = /^\$\.(?:"([A-Za-z_]\w*)"|([A-Za-z_]\w*))$/.exec(key);
    const name = plain?.[1] ?? plain?.[2];
    if (name === undefined) return this.fail('JSON by a path of several steps');
    const of = this.value(left, 9);
    if (this.to === 'postgresql' || this.to === 'sqlite')
      return `(${of} ${op} ${literalFor(this.to === 'sqlite' ? `$.${name}` : name, this.to)})`;
    if (FAMILY[this.to] === 'my')
      return op === '->' ? `JSON_EXTRACT(${of}, '$.${name}')` : `JSON_UNQUOTE(JSON_EXTRACT(${of}, '$.${name}'))`;
    return `${op === '->' ? 'JSON_QUERY' : 'JSON_VALUE'}(${of}, '$.${name}')`;
  }

  private moment(left: Expr, { amount, unit }: Expr & { is: 'interval' }, op: string): string {
    const of = this.value(left, 7);
    const plain = amount.is === 'number' && /^-?\d+$/.test(amount.text) ? Number(amount.text) : undefined;
    if (FAMILY[this.to] === 'my') return `(${of} ${op} INTERVAL ${this.value(amount, 10)} ${unit.toUpperCase()})`;
    if (this.to === 'postgresql')
      return plain === undefined
        ? `(${of} ${op} ${this.value(amount, 9)} * INTERVAL '1 ${unit}')`
        : `(${of} ${op} INTERVAL '${plain} ${unit}')`;
    if (this.to === 'mssql') return `DATEADD(${unit}, ${op === '-' ? '-' : ''}${this.value(amount, 10)}, ${of})`;
    if (plain === undefined || unit === 'quarter') return this.fail('an interval of a computed length');
    if (this.to === 'oracle')
      return unit === 'week'
        ? `(${of} ${op} INTERVAL '${plain * 7}' DAY)`
        : `(${of} ${op} INTERVAL '${plain}' ${unit.toUpperCase()})`;
    const [count, word] = unit === 'week' ? [plain * 7, 'day'] : [plain, unit];
    return `datetime(${of}, '${op === '-' ? '-' : '+'}${count} ${word}s')`;
  }

  private test({ of, not, what }: Expr & { is: 'test' }): string {
    if (what === 'json') return jsonTest(this, of, not);
    if (what === 'null') return `${this.value(of, 6)} IS ${not ? 'NOT ' : ''}NULL`;
    if (!this.conditionsApart) return `${this.value(of, 6)} IS ${not ? 'NOT ' : ''}${what.toUpperCase()}`;
    if (not || what === 'unknown') return this.fail(`IS ${not ? 'NOT ' : ''}${what.toUpperCase()}`);
    return this.isCondition(of)
      ? what === 'true'
        ? `(${this.condition(of)})`
        : `NOT (${this.condition(of)})`
      : `${this.value(of, 6)} = ${what === 'true' ? 1 : 0}`;
  }

  private distinct({ left, right, not }: Expr & { is: 'distinct' }): string {
    const [a, b] = [this.operand(left, right), this.operand(right, left)];
    if (FAMILY[this.to] === 'my') return not ? `(${a} <=> ${b})` : `NOT (${a} <=> ${b})`;
    if (this.to === 'sqlite') return `${a} IS ${not ? '' : 'NOT '}${b}`;
    if (this.to === 'oracle') return `DECODE(${a}, ${b}, 0, 1) = ${not ? 0 : 1}`;
    if (this.to === 'mssql' && this.version < 2022) return this.fail('IS DISTINCT FROM before SQL Server 2022');
    return `${a} IS ${not ? 'NOT ' : ''}DISTINCT FROM ${b}`;
  }

  private caseText({ subject, whens, other }: Expr & { is: 'case' }): string {
    const parts = whens.map(({ when, result }) => {
      const test = subject === undefined ? this.condition(when) : this.operand(when, subject);
      return `WHEN ${test} THEN ${this.value(result)}`;
    });
    return `CASE ${subject === undefined ? '' : `${this.value(subject)} `}${parts.join(' ')}${other === undefined ? '' : ` ELSE ${this.value(other)}`} END`;
  }

  private extract(field: string, of: Expr): string {
    const text = this.value(of);
    const parts: Record<string, string> = { year: '%Y', month: '%m', day: '%d', hour: '%H', minute: '%M', second: '%S' };
    if (!Object.hasOwn(parts, field)) return this.fail(`EXTRACT(${field.toUpperCase()} ...)`);
    if (this.to === 'mssql') return `DATEPART(${field}, ${text})`;
    return this.to === 'sqlite'
      ? `CAST(strftime('${parts[field]}', ${text}) AS INTEGER)`
      : `EXTRACT(${field.toUpperCase()} FROM ${text})`;
  }

  sort(items: readonly SortItem[]): string {
    return items
      .map(({ of, desc, nulls }) => {
        const plain = `${this.value(of)}${desc ? ' DESC' : ''}`;
        if (nulls === undefined) return plain;
        if (FAMILY[this.to] === 'my' || this.to === 'mssql') {
          this.notes.add('NULLs sort as the target does.');
          return plain;
        }
        return `${plain} NULLS ${nulls.toUpperCase()}`;
      })
      .join(', ');
  }

  private call(call: Call): string {
    if (call.own) return this.fail(`${call.name} is a routine of the schema`);
    if (call.filter !== undefined) return this.fail('FILTER of an aggregate');
    const other = normalCall(call, this.from);
    if (other !== undefined) return this.value(other, 10);
    if (call.name === 'concat') {
      if (this.from === 'postgresql' || this.from === 'mssql')
        this.notes.add('NULL in CONCAT is no longer left out: the whole becomes NULL.');
      return this.concat(call.args);
    }
    if (call.star === true) return call.name === 'count' ? this.windowed('COUNT(*)', call) : this.fail(`${call.name}(*)`);
    const joined = joinedTexts(this, call);
    if (joined !== undefined) return joined;
    const shared = sharedFunction(call.name, call.args.length, this.from);
    if (shared === undefined) return this.fail(`the function ${call.name}`);
    if (call.order !== undefined) return this.fail(`ORDER BY inside ${call.name}`);
    const note = noteOf(shared, this.to);
    if (note !== undefined) this.notes.add(note);
    const args = call.args.map((one) => this.value(one));
    if (call.distinct === true) args[0] = `DISTINCT ${args[0]}`;
    const printed = printShared(shared, shared.id === 'now' ? [] : args, this.to);
    return printed === undefined ? this.fail(`the function ${call.name}`) : this.windowed(printed, call);
  }

  private windowed(printed: string, { over }: Call): string {
    if (over === undefined) return printed;
    const parts = [
      ...(over.partition.length > 0 ? [`PARTITION BY ${over.partition.map((one) => this.value(one)).join(', ')}`] : []),
      ...(over.order.length > 0 ? [`ORDER BY ${this.sort(over.order)}`] : []),
    ];
    return `${printed} OVER (${parts.join(' ')})`;
  }
}
