import type { Dialect } from '#model/types.ts';
import { stringValue } from '../../dialects/base/lex.ts';
import { BINDING, COMPARED, sameOperator } from '../../dialects/base/operators.ts';
import { parseCall } from './parse-call.ts';
import { parseQuery } from './parse-query.ts';
import { parseTypeWords } from './parse-type.ts';
import { Scan } from './scan.ts';
import type { Expr, Query, TypeWords, Word } from './tree.ts';

const NULL: Expr = { is: 'null' };

/** Words that end an expression: they can be no name without quotes. */
const STOPS = new Set(
  (
    'FROM WHERE GROUP HAVING ORDER LIMIT OFFSET FETCH UNION INTERSECT EXCEPT MINUS ON USING JOIN LEFT RIGHT INNER FULL CROSS ' +
    'NATURAL AS WHEN THEN ELSE END AND OR ASC DESC NULLS SEPARATOR FOR INTO WITH WINDOW ESCAPE COLLATE BETWEEN IN IS LIKE SELECT'
  ).split(' '),
);

const CAST_BINDING = 11;

/** Beside what all have: here AND and OR are operators like others. */
const LOGIC: Readonly<Record<string, number>> = { OR: 1, XOR: 2, AND: 3 };

/** PostgreSQL's operators that its table of precedence does not name bind alike (manual, 4.1.6). */
const POSTGRES: Readonly<Record<string, number>> = { '->': 6, '->>': 6, '@>': 6 };

const BINDINGS: Readonly<Record<string, number>> = { ...BINDING, ...LOGIC };
const POSTGRES_BINDINGS: Readonly<Record<string, number>> = { ...BINDINGS, ...POSTGRES };

function isMysql(dialect: Dialect): boolean {
  return dialect === 'mysql' || dialect === 'mariadb';
}

/** The operator that stands next, as it is meant. */
function operator(scan: Scan): { op: string; binding: number } | undefined {
  const { word, kind } = scan.peek();
  if (kind === 'string' || kind === 'quoted' || word === '') return undefined;
  if (isMysql(scan.dialect)) {
    if (word === '||') return { op: 'OR', binding: 1 };
    if (word === '&&') return { op: 'AND', binding: 3 };
    if (word === '^') return { op: 'bit xor', binding: 9 };
  }
  const bindings = scan.dialect === 'postgresql' ? POSTGRES_BINDINGS : BINDINGS;
  return Object.hasOwn(bindings, word) ? { op: word, binding: bindings[word] as number } : undefined;
}

/** `~`, `!~*`, `~~` and their like, which PostgreSQL writes for LIKE and regular expressions. */
function tildes(scan: Scan, left: Expr): Expr | undefined {
  if (scan.dialect !== 'postgresql') return undefined;
  const text = scan.joined('~!*');
  const found = /^(!?)(~~?)(\*?)$/.exec(text);
  if (found === null) return undefined;
  scan.takeJoined(text);
  const [, not, sign, star] = found;
  const op = sign === '~' ? (star === '*' ? 'iregexp' : 'regexp') : star === '*' ? 'ilike' : 'like';
  return { is: 'like', op, not: not === '!', of: left, pattern: binary(scan, COMPARED + 1) };
}

function list(scan: Scan): Expr[] {
  const items: Expr[] = [];
  do items.push(parseExpression(scan));
  while (scan.take(','));
  return items;
}

function afterIs(scan: Scan, of: Expr): Expr {
  const not = scan.take('NOT');
  if (scan.take('DISTINCT', 'FROM')) return { is: 'distinct', left: of, right: binary(scan, COMPARED + 1), not };
  for (const what of ['null', 'true', 'false', 'unknown'] as const) {
    if (scan.take(what.toUpperCase())) return { is: 'test', of, not, what };
  }
  if ((scan.dialect === 'oracle' || scan.dialect === 'postgresql') && scan.take('JSON'))
    return { is: 'test', of, not, what: 'json' };
  if (scan.dialect === 'sqlite') return { is: 'distinct', left: of, right: binary(scan, COMPARED + 1), not: !not };
  scan.fail(`IS ${scan.peek().text} is not known`);
  return of;
}

const LIKES = { LIKE: 'like', ILIKE: 'ilike', REGEXP: 'regexp', RLIKE: 'regexp', GLOB: 'glob' } as const;

/** Predicates written in words: LIKE, IN, BETWEEN, IS. */
function predicate(scan: Scan, left: Expr): Expr | undefined {
  if (scan.take('IS')) return afterIs(scan, left);
  if (scan.take('ISNULL')) return { is: 'test', of: left, not: false, what: 'null' };
  if (scan.take('NOTNULL')) return { is: 'test', of: left, not: true, what: 'null' };
  const negated = scan.is('NOT') && /^(?:LIKE|ILIKE|REGEXP|RLIKE|GLOB|SIMILAR|IN|BETWEEN)$/.test(scan.peek(1).word);
  if (negated) scan.next();
  const { word } = scan.peek();
  if (Object.hasOwn(LIKES, word) || scan.is('SIMILAR', 'TO')) {
    scan.next();
    const similar = scan.take('TO');
    const pattern = binary(scan, COMPARED + 1);
    const escaped = scan.take('ESCAPE') ? binary(scan, COMPARED + 1) : undefined;
    const op = similar ? 'similar' : LIKES[word as keyof typeof LIKES];
    return { is: 'like', op, not: negated, of: left, pattern, ...(escaped === undefined ? {} : { escape: escaped }) };
  }
  if (scan.take('BETWEEN')) {
    const low = binary(scan, COMPARED + 1);
    scan.expect('AND');
    return { is: 'between', of: left, low, high: binary(scan, COMPARED + 1), not: negated };
  }
  if (!scan.take('IN')) return undefined;
  scan.expect('(');
  if (scan.is('SELECT') || scan.is('WITH')) {
    const query = parseQuery(scan);
    scan.expect(')');
    return { is: 'in query', of: left, query, not: negated };
  }
  const items = list(scan);
  scan.expect(')');
  return { is: 'in', of: left, list: items, not: negated };
}

function withoutCast(expr: Expr): Expr {
  return expr.is === 'cast' && expr.type.dims > 0 ? withoutCast(expr.of) : expr;
}

/** `= ANY (ARRAY[...])` and `<> ALL (ARRAY[...])`, as which PostgreSQL keeps IN and NOT IN. */
function quantified(scan: Scan, left: Expr, op: string): Expr | undefined {
  const any = scan.is('ANY', '(') || scan.is('SOME', '(');
  if (!any && !scan.is('ALL', '(')) return undefined;
  scan.next();
  scan.next();
  if (scan.is('SELECT')) {
    const query = parseQuery(scan);
    scan.expect(')');
    if ((any && op === '=') || (!any && op === '<>')) return { is: 'in query', of: left, query, not: !any };
    scan.fail('a comparison with ANY or ALL of a query is not known');
    return left;
  }
  const inner = withoutCast(parseExpression(scan));
  scan.expect(')');
  if (inner.is === 'array' && ((any && op === '=') || (!any && op === '<>')))
    return { is: 'in', of: left, list: inner.items, not: !any };
  scan.fail('a comparison with ANY or ALL of an array is not known');
  return left;
}

function binary(scan: Scan, least: number): Expr {
  let left = unary(scan);
  while (!scan.done) {
    if (least <= COMPARED) {
      const said = predicate(scan, left) ?? tildes(scan, left);
      if (said !== undefined) {
        left = said;
        continue;
      }
    }
    const found = operator(scan);
    if (found === undefined || found.binding < least) break;
    scan.next();
    const op = sameOperator(found.op);
    const many = found.binding === COMPARED ? quantified(scan, left, op) : undefined;
    const right = many === undefined ? binary(scan, found.binding + 1) : left;
    left = many ?? (op === '<=>' ? { is: 'distinct', left, right, not: true } : { is: 'binary', op, left, right });
  }
  return left;
}

function unary(scan: Scan): Expr {
  if (scan.take('NOT')) return { is: 'unary', op: 'not', of: binary(scan, 4) };
  if (isMysql(scan.dialect) && scan.take('!')) return { is: 'unary', op: 'not', of: unary(scan) };
  if (scan.take('-')) {
    const of = binary(scan, CAST_BINDING - 1);
    return of.is === 'number' && !of.text.startsWith('-') ? { is: 'number', text: `-${of.text}` } : { is: 'unary', op: '-', of };
  }
  if (scan.take('+')) return binary(scan, CAST_BINDING - 1);
  if (scan.take('~')) return { is: 'unary', op: '~', of: binary(scan, CAST_BINDING - 1) };
  return postfix(scan, primary(scan));
}

function postfix(scan: Scan, given: Expr): Expr {
  let of = given;
  while (!scan.done) {
    if (scan.take('::')) of = cast(of, parseTypeWords(scan));
    else if (scan.take('COLLATE')) {
      // A comparison may come out otherwise under another collation, so it is not translated in silence.
      scan.fail('COLLATE inside an expression names a collation of its own dialect');
    } else if (scan.is('[')) scan.fail('a subscript of an array is not known');
    else if (scan.is('AT', 'TIME', 'ZONE')) scan.fail('AT TIME ZONE is not known');
    else break;
  }
  return of;
}

function parenthesised(scan: Scan): Expr {
  if (scan.is('SELECT') || scan.is('WITH')) {
    const query = parseQuery(scan);
    scan.expect(')');
    return { is: 'query', query };
  }
  const items = list(scan);
  scan.expect(')');
  return items.length === 1 ? (items[0] as Expr) : { is: 'row', items };
}

function caseOf(scan: Scan): Expr {
  const subject = scan.is('WHEN') ? undefined : parseExpression(scan);
  const whens: { when: Expr; result: Expr }[] = [];
  while (scan.take('WHEN')) {
    const when = parseExpression(scan);
    scan.expect('THEN');
    whens.push({ when, result: parseExpression(scan) });
  }
  const other = scan.take('ELSE') ? parseExpression(scan) : undefined;
  scan.expect('END');
  return { is: 'case', whens, ...(subject === undefined ? {} : { subject }), ...(other === undefined ? {} : { other }) };
}

/** `1 day`, `7 days`: a number of one unit. */
function intervalText(text: string): Expr | undefined {
  const found = /^\s*([+-]?\d+)\s*(second|minute|hour|day|week|month|year)s?\s*$/i.exec(text);
  if (found === null) return undefined;
  return { is: 'interval', amount: { is: 'number', text: String(Number(found[1])) }, unit: (found[2] as string).toLowerCase() };
}

function cast(of: Expr, type: TypeWords): Expr {
  const length = of.is === 'string' && type.name === 'interval' && type.dims === 0 ? intervalText(of.value) : undefined;
  return length ?? { is: 'cast', of, type };
}

/** `INTERVAL '1 day'`, `INTERVAL 1 DAY`, `INTERVAL '1' DAY`. */
function interval(scan: Scan): Expr {
  const amount = unary(scan);
  if (amount.is === 'string' && (scan.dialect === 'postgresql' || !scan.isName())) {
    const found = intervalText(amount.value);
    if (found !== undefined) return found;
  }
  const unit = scan.peek().word.toLowerCase();
  if (!/^(?:second|minute|hour|day|week|month|year|quarter)$/.test(unit)) {
    scan.fail('an interval of several units is not known');
    return amount;
  }
  scan.next();
  if (amount.is === 'string' && /^\d+$/.test(amount.value))
    return { is: 'interval', amount: { is: 'number', text: amount.value }, unit };
  return { is: 'interval', amount, unit };
}

function literal(scan: Scan): Expr | undefined {
  const { kind, text } = scan.peek();
  if (kind === 'number') {
    scan.next();
    return /^0x/i.test(text) ? { is: 'bytes', hex: text.slice(2) } : { is: 'number', text };
  }
  if (kind !== 'string') return undefined;
  scan.next();
  if (/^x'/i.test(text)) return { is: 'bytes', hex: text.slice(2, -1) };
  if (/^b'/i.test(text)) {
    if (isMysql(scan.dialect)) return { is: 'number', text: String(Number.parseInt(text.slice(2, -1) || '0', 2)) };
    scan.fail('a literal of bits is not known');
  }
  return { is: 'string', value: stringValue(text, scan.dialect) };
}

const TYPED = new Set(['DATE', 'TIMESTAMP', 'TIME']);

/** What begins with a key word. */
function byWord(scan: Scan): Expr | undefined {
  if (scan.peek().kind === 'quoted') return undefined;
  if (scan.take('NULL')) return NULL;
  if (scan.take('TRUE')) return { is: 'truth', value: true };
  if (scan.take('FALSE')) return { is: 'truth', value: false };
  if (scan.take('CASE')) return caseOf(scan);
  if (scan.is('INTERVAL') && scan.peek(1).word !== '(' && scan.peek(1).word !== '.') {
    scan.next();
    return interval(scan);
  }
  if (scan.take('EXISTS', '(')) {
    const query = parseQuery(scan);
    scan.expect(')');
    return { is: 'exists', query };
  }
  if (scan.take('ARRAY', '[')) {
    const items = scan.is(']') ? [] : list(scan);
    scan.expect(']');
    return { is: 'array', items };
  }
  if (TYPED.has(scan.peek().word) && scan.peek(1).kind === 'string') {
    const name = scan.next().word.toLowerCase();
    return { is: 'cast', of: literal(scan) ?? NULL, type: { name, args: [], dims: 0, own: false } };
  }
  if (STOPS.has(scan.peek().word) && scan.peek(1).word !== '(') {
    scan.fail(`${scan.peek().text} stands where a value is expected`);
    return NULL;
  }
  return undefined;
}

function primary(scan: Scan): Expr {
  if (scan.take('(')) return parenthesised(scan);
  const simple = literal(scan) ?? byWord(scan);
  if (simple !== undefined) return simple;
  if (!scan.isName()) {
    scan.fail(`${scan.peek().text || 'its end'} stands where a value is expected`);
    return NULL;
  }
  const path: Word[] = [scan.name()];
  while (scan.is('.') && scan.peek(1).word !== '*') {
    scan.next();
    path.push(scan.name());
  }
  return scan.is('(') ? parseCall(scan, path) : { is: 'name', path };
}

/** The expression that stands next. Its problem, when it has one, is the scan's. */
export function parseExpression(scan: Scan): Expr {
  return binary(scan, 1);
}

const RULES = { expression: parseExpression, query: parseQuery };

function whole<T>(scan: Scan, read: (scan: Scan) => T): { readonly value: T } | { readonly problem: string } {
  const value = read(scan);
  if (scan.problem === undefined && !scan.done) scan.fail(`${scan.peek().text} stands where it should end`);
  return scan.problem === undefined ? { value } : { problem: scan.problem };
}

/** A whole text as one expression, or why it cannot be understood. */
export function expressionOf(sql: string, dialect: Dialect): { readonly value: Expr } | { readonly problem: string } {
  return whole(new Scan(sql, dialect, RULES), parseExpression);
}

/** A whole text as one query, or why it cannot be understood. */
export function queryOf(sql: string, dialect: Dialect): { readonly value: Query } | { readonly problem: string } {
  return whole(new Scan(sql.replace(/;\s*$/, ''), dialect, RULES), parseQuery);
}
