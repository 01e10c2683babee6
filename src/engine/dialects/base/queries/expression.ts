import type { Spot } from '../../../workload/facts.ts';
import type { Expr, PatternOperator } from '../../../workload/tree.ts';
import { stringValue } from '../lex.ts';
import { BINDING, COMPARED, sameOperator } from '../operators.ts';
import { parseCall } from './call.ts';
import type { Scan } from './scan.ts';
import { beginsQuery, typeWords } from './words.ts';

const LIKES: Readonly<Record<string, PatternOperator>> = {
  LIKE: 'like',
  ILIKE: 'ilike',
  REGEXP: 'regexp',
  RLIKE: 'regexp',
  GLOB: 'glob',
};

function spanOf(left: Expr, right: Expr): Spot {
  return { start: left.at.start, end: Math.max(left.at.end, right.at.end) };
}

/** OR, which binds least. */
export function parseExpression(scan: Scan): Expr {
  const items = [conjunction(scan)];
  while (scan.takeOneOf('OR', 'XOR') !== undefined || (scan.spelling.logicSymbols === true && scan.take('||')))
    items.push(conjunction(scan));
  return joined('or', items);
}

function conjunction(scan: Scan): Expr {
  const items = [negation(scan)];
  while (scan.take('AND') || (scan.spelling.logicSymbols === true && scan.take('&&'))) items.push(negation(scan));
  return joined('and', items);
}

function joined(is: 'and' | 'or', items: readonly Expr[]): Expr {
  const [first, ...others] = items;
  const last = others.at(-1);
  if (first === undefined || last === undefined) return first as Expr;
  return { is, items: items.flatMap((one) => (one.is === is ? one.items : [one])), at: spanOf(first, last) };
}

function negation(scan: Scan): Expr {
  const { start } = scan.here();
  if (!scan.take('NOT')) return binary(scan, COMPARED);
  const of = scan.deeper(() => negation(scan));
  return { is: 'not', of, at: scan.since(start) };
}

/** Predicates written in words. */
function predicate(scan: Scan, of: Expr): Expr | undefined {
  const { start } = of.at;
  if (scan.plain) return undefined;
  if (scan.take('IS')) return afterIs(scan, of);
  if (scan.take('ISNULL')) return { is: 'null', of, not: false, at: scan.since(start) };
  if (scan.take('NOTNULL') || (scan.is('NOT', 'NULL') && scan.take('NOT', 'NULL')))
    return { is: 'null', of, not: true, at: scan.since(start) };
  const not = scan.is('NOT') && /^(?:LIKE|ILIKE|REGEXP|RLIKE|GLOB|SIMILAR|IN|BETWEEN)$/.test(scan.word(1));
  if (not) scan.at++;
  const word = scan.word();
  if (Object.hasOwn(LIKES, word)) {
    scan.at++;
    scan.take('BINARY');
    const pattern = binary(scan, COMPARED + 1);
    if (scan.take('ESCAPE')) binary(scan, COMPARED + 1);
    const op = LIKES[word] as PatternOperator;
    return {
      is: 'like',
      op: op === 'like' && scan.spelling.caselessLike === true ? 'ilike' : op,
      not,
      of,
      pattern,
      at: scan.since(start),
    };
  }
  // MySQL: `value MEMBER OF (array)`.
  if (scan.take('MEMBER', 'OF') || (scan.is('MEMBER', '(') && scan.take('MEMBER'))) {
    scan.expect('(');
    const array = scan.expression();
    scan.expect(')');
    return { is: 'call', path: ['member of'], args: [array, of], at: scan.since(start) };
  }
  if (scan.take('BETWEEN')) {
    scan.takeOneOf('SYMMETRIC', 'ASYMMETRIC');
    const low = binary(scan, COMPARED + 1);
    scan.expect('AND');
    const high = binary(scan, COMPARED + 1);
    return { is: 'between', of, low, high, not, at: scan.since(start) };
  }
  if (!scan.take('IN')) return undefined;
  return inList(scan, of, not);
}

function inList(scan: Scan, of: Expr, not: boolean): Expr {
  const { start } = of.at;
  // A parameter may stand for the whole list, as drivers write it out.
  if (!scan.is('(')) {
    const array = binary(scan, COMPARED + 1);
    const listed: Expr = { is: 'any', of, op: '=', array, all: false, at: scan.since(start) };
    return not ? { is: 'not', of: listed, at: listed.at } : listed;
  }
  scan.expect('(');
  if (beginsQuery(scan)) {
    const query = scan.query();
    scan.expect(')');
    return { is: 'in query', of, op: '=', query, not, at: scan.since(start) };
  }
  const list = scan.list(() => scan.expression());
  scan.expect(')');
  return { is: 'in', of, list, not, at: scan.since(start) };
}

function afterIs(scan: Scan, of: Expr): Expr {
  const { start } = of.at;
  const not = scan.take('NOT');
  if (scan.take('DISTINCT', 'FROM')) {
    const right = binary(scan, COMPARED + 1);
    return { is: 'distinct', left: of, right, not, at: scan.since(start) };
  }
  if (scan.take('NULL')) return { is: 'null', of, not, at: scan.since(start) };
  const said = scan.takeOneOf('TRUE', 'FALSE', 'UNKNOWN');
  if (said !== undefined) return { is: 'truth', of, what: said.toLowerCase() as 'true', not, at: scan.since(start) };
  if (scan.takeOneOf('JSON', 'A') !== undefined) return { is: 'call', path: ['is json'], args: [of], at: scan.since(start) };
  const right = binary(scan, COMPARED + 1);
  return { is: 'distinct', left: of, right, not: !not, at: scan.since(start) };
}

/** `= ANY (...)`, `> ALL (...)` of a query. */
function quantified(scan: Scan, of: Expr, op: string): Expr | undefined {
  if (!(scan.isOneOf('ANY', 'SOME', 'ALL') && scan.word(1) === '(')) return undefined;
  const all = scan.next().word === 'ALL';
  scan.expect('(');
  const inner = beginsQuery(scan) ? scan.query() : undefined;
  const array = inner === undefined ? scan.expression() : undefined;
  scan.expect(')');
  const at = scan.since(of.at.start);
  if (inner !== undefined)
    return { is: 'in query', of, op: all && op === '<>' ? '=' : op, query: inner, not: all && op === '<>', at };
  return { is: 'any', of, op, array: array as Expr, all, at };
}

function operator(scan: Scan): { op: string; binding: number } | undefined {
  const token = scan.peek();
  if (token === undefined || (token.kind !== 'symbol' && token.kind !== 'word')) return undefined;
  if (scan.spelling.logicSymbols === true && (token.word === '||' || token.word === '&&')) return undefined;
  if (!Object.hasOwn(BINDING, token.word)) return undefined;
  return { op: token.word, binding: BINDING[token.word] as number };
}

function binary(scan: Scan, least: number): Expr {
  let left = unary(scan);
  while (!scan.done) {
    if (least <= COMPARED) {
      const said = predicate(scan, left);
      if (said !== undefined) {
        left = said;
        continue;
      }
    }
    const found = operator(scan);
    if (found === undefined || found.binding < least) break;
    scan.at++;
    const op = sameOperator(found.op);
    const many = found.binding === COMPARED ? quantified(scan, left, op) : undefined;
    if (many !== undefined) {
      left = many;
      continue;
    }
    const before = left;
    const right = scan.deeper(() => binary(scan, found.binding + 1));
    const at = spanOf(before, right);
    left = op === '<=>' ? { is: 'distinct', left: before, right, not: true, at } : { is: 'binary', op, left: before, right, at };
  }
  return left;
}

function unary(scan: Scan): Expr {
  const { start } = scan.here();
  const op = scan.takeOneOf('-', '+', '~', '!', 'BINARY', 'PRIOR', 'CONNECT_BY_ROOT');
  if (op === undefined) return postfix(scan, primary(scan));
  const of = scan.deeper(() => unary(scan));
  if (op === '+' || op === 'BINARY' || op === 'PRIOR' || op === 'CONNECT_BY_ROOT') return of;
  if (op === '!') return { is: 'not', of, at: scan.since(start) };
  if (op === '-' && of.is === 'literal' && of.type === 'number' && !of.text.startsWith('-'))
    return { ...of, text: `-${of.text}`, at: scan.since(start) };
  return { is: 'unary', op, of, at: scan.since(start) };
}

function postfix(scan: Scan, given: Expr): Expr {
  let of = given;
  for (;;) {
    const { start } = given.at;
    if (scan.take('::')) of = { is: 'cast', of, type: typeWords(scan), at: scan.since(start) };
    else if (scan.take('COLLATE')) of = { is: 'collate', of, collation: scan.next().text, at: scan.since(start) };
    else if (scan.take('AT', 'TIME', 'ZONE')) {
      const zone = primary(scan);
      of = { is: 'call', path: ['timezone'], args: [zone, of], at: scan.since(start) };
    } else if (scan.spelling.plusJoins === true && scan.is('(', '+', ')')) {
      scan.at += 3;
      of = { is: 'call', path: ['(+)'], args: [of], form: 'bare', at: scan.since(start) };
    } else return of;
  }
}

function cases(scan: Scan, start: number): Expr {
  const subject = scan.is('WHEN') ? undefined : scan.expression();
  const whens: { when: Expr; result: Expr }[] = [];
  while (scan.take('WHEN')) {
    const when = scan.expression();
    scan.expect('THEN');
    whens.push({ when, result: scan.expression() });
  }
  const other = scan.take('ELSE') ? scan.expression() : undefined;
  scan.expect('END');
  return {
    is: 'case',
    whens,
    at: scan.since(start),
    ...(subject === undefined ? {} : { subject }),
    ...(other === undefined ? {} : { other }),
  };
}

function brackets(scan: Scan, start: number): Expr {
  if (beginsQuery(scan)) {
    const query = scan.query();
    scan.expect(')');
    return { is: 'query', query, at: scan.since(start) };
  }
  const items = scan.list(() => scan.expression());
  scan.expect(')');
  const [first] = items;
  return items.length === 1 && first !== undefined ? first : { is: 'row', items, at: scan.since(start) };
}

const INTERVAL_UNIT = /^(?:MICROSECOND|SECOND|MINUTE|HOUR|DAY|WEEK|MONTH|QUARTER|YEAR)(?:_\w+)?S?$/;

function primary(scan: Scan): Expr {
  const token = scan.next();
  const { start } = token;
  const at = () => scan.since(start);
  if (token.kind === 'string') return { is: 'literal', type: 'string', text: stringValue(token.text, scan.dialect), at: at() };
  if (token.kind === 'number') return { is: 'literal', type: 'number', text: token.text, at: at() };
  if (token.word === '(') return scan.deeper(() => brackets(scan, start));
  // Servers leave out values in their statistics: `IN (...)`, `VALUES (...)`.
  if (token.word === '.' && ['(', ','].includes(scan.tokens[scan.at - 2]?.word ?? '') && scan.take('.', '.'))
    return { is: 'parameter', name: `?${++scan.marks}`, at: at() };
  if (token.word === '?') {
    // `?1` of SQLite and of Jakarta Persistence says which one it is.
    const number = scan.peek();
    if (number?.kind === 'number' && number.start === token.end) return { is: 'parameter', name: `?${scan.next().text}`, at: at() };
    return { is: 'parameter', name: `?${++scan.marks}`, at: at() };
  }
  if (token.word === ':' && scan.peek()?.start === token.end) return { is: 'parameter', name: `:${scan.next().text}`, at: at() };
  if (token.word === '$' && scan.peek()?.start === token.end) return { is: 'parameter', name: `$${scan.next().text}`, at: at() };
  if (token.word === '@' && scan.isName()) return { is: 'parameter', name: `@${scan.next().text}`, at: at() };
  if (token.word === '*') return { is: 'word', text: '*', at: at() };
  if (token.kind === 'word') {
    if (/^[@]/.test(token.text)) return { is: 'parameter', name: token.text, at: at() };
    switch (token.word) {
      case 'NULL':
        return { is: 'literal', type: 'null', text: 'NULL', at: at() };
      case 'TRUE':
      case 'FALSE':
        if (!scan.is('.')) return { is: 'literal', type: 'truth', text: token.text.toLowerCase(), at: at() };
        break;
      case 'DEFAULT':
        if (!scan.is('(') && !scan.is('.')) return { is: 'default', at: at() };
        break;
      case 'CASE':
        return scan.deeper(() => cases(scan, start));
      case 'EXISTS': {
        scan.expect('(');
        const query = scan.query();
        scan.expect(')');
        return { is: 'exists', query, at: at() };
      }
      case 'ROW':
        if (scan.is('(')) return { is: 'row', items: scan.bracketed(() => scan.expression()), at: at() };
        break;
      case 'DATE':
      case 'TIME':
      case 'TIMESTAMP':
        if (scan.peek()?.kind === 'string') {
          const of: Expr = { is: 'literal', type: 'string', text: stringValue(scan.next().text, scan.dialect), at: at() };
          return { is: 'cast', of, type: token.word.toLowerCase(), at: at() };
        }
        break;
      case 'INTERVAL': {
        const amount = scan.peek()?.kind === 'symbol' && !scan.isOneOf('?', '(', '-', ':') ? undefined : intervalOf(scan);
        if (amount !== undefined) return { is: 'call', path: ['interval'], args: [amount], at: at() };
        break;
      }
      case 'ARRAY':
        break;
    }
    if (END_WORDS.has(token.word)) {
      scan.at--;
      return scan.refuse('an expression is expected here');
    }
  }
  if (token.kind !== 'word' && token.kind !== 'quoted') {
    scan.at--;
    return scan.refuse('an expression is expected here');
  }
  scan.at--;
  return nameOrCall(scan);
}

const END_WORDS: ReadonlySet<string> = new Set(
  'FROM WHERE GROUP HAVING ORDER LIMIT UNION INTERSECT EXCEPT MINUS ON USING JOIN WHEN THEN ELSE END AND OR SELECT INTO SET AS'.split(
    ' ',
  ),
);

/** `INTERVAL 1 DAY`, `INTERVAL '1' DAY`, `INTERVAL '1 day'`. */
function intervalOf(scan: Scan): Expr | undefined {
  if (scan.isOneOf('.', ',', ')') || scan.done) return undefined;
  const amount = binary(scan, COMPARED + 1);
  if (INTERVAL_UNIT.test(scan.word())) {
    scan.at++;
    if (scan.is('(')) scan.skipBrackets();
    if (scan.take('TO')) scan.at++;
  }
  return amount;
}

function nameOrCall(scan: Scan): Expr {
  const { start } = scan.here();
  const path = scan.path();
  if (scan.is('.', '*')) {
    scan.at += 2;
    return { is: 'column', path: [...path, { name: '*', at: scan.since(start) }], at: scan.since(start) };
  }
  if (scan.is('(') && !(scan.spelling.plusJoins === true && scan.is('(', '+', ')'))) return parseCall(scan, path, start);
  const [only] = path;
  const token = scan.tokens[scan.at - 1];
  if (path.length === 1 && only !== undefined && token?.kind === 'word' && BARE.has(token.word))
    return { is: 'call', path: [token.word.toLowerCase()], args: [], form: 'bare', at: scan.since(start) };
  return { is: 'column', path, at: scan.since(start) };
}

/** Functions that are called without brackets. */
const BARE: ReadonlySet<string> = new Set(
  'CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP LOCALTIME LOCALTIMESTAMP CURRENT_USER SESSION_USER SYSTEM_USER SYSDATE SYSTIMESTAMP UTC_DATE UTC_TIMESTAMP ROWNUM USER'.split(
    ' ',
  ),
);
