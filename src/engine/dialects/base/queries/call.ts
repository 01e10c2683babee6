import type { Call, Expr, Name, Sort } from '../../../workload/tree.ts';
import type { Scan } from './scan.ts';
import { sortItem, typeWords } from './words.ts';

/** Functions whose first argument is a word: the part of a date. */
const FIRST_IS_WORD: ReadonlySet<string> = new Set(
  'dateadd datediff datediff_big datepart datename date_bucket datetrunc timestampadd timestampdiff date_diff'.split(' '),
);

function windowOf(scan: Scan): { partition: Expr[]; order: Sort[] } {
  const partition: Expr[] = [];
  const order: Sort[] = [];
  scan.expect('(');
  while (!scan.is(')')) {
    if (scan.take('PARTITION', 'BY')) partition.push(...scan.list(() => scan.expression()));
    else if (scan.take('ORDER', 'BY')) order.push(...scan.list(() => sortItem(scan)));
    else if (scan.is('(')) scan.skipBrackets();
    else scan.next();
  }
  scan.expect(')');
  return { partition, order };
}

interface Arguments {
  readonly args: Expr[];
  readonly order: Sort[];
  readonly distinct: boolean;
  readonly star: boolean;
}

/** Arguments with the words that some functions have between them: FROM, FOR, IN, USING, SEPARATOR ... */
function argumentsOf(scan: Scan, name: string): Arguments {
  const held: Arguments & { distinct: boolean; star: boolean } = { args: [], order: [], distinct: false, star: false };
  scan.expect('(');
  if (scan.takeOneOf('DISTINCT', 'UNIQUE') !== undefined) held.distinct = true;
  else scan.take('ALL');
  if (FIRST_IS_WORD.has(name) && scan.isName() && scan.word(1) === ',') {
    const token = scan.next();
    held.args.push({ is: 'word', text: token.text.toLowerCase(), at: scan.since(token.start) });
  }
  if (name === 'trim') scan.takeOneOf('BOTH', 'LEADING', 'TRAILING');
  while (!scan.is(')')) {
    if (scan.take('*')) held.star = true;
    else if (scan.take('ORDER', 'BY')) held.order.push(...scan.list(() => sortItem(scan)));
    else if (scan.takeOneOf(',', 'FROM', 'FOR', 'IN', 'PLACING') !== undefined) continue;
    else if (scan.is('COLUMNS', '(')) {
      // JSON_TABLE: names and types of what it gives.
      scan.at++;
      scan.skipBrackets();
    } else if (scan.take('SEPARATOR') || scan.take('USING') || scan.take('AS') || scan.take('RETURNING')) {
      // What a function is told besides its arguments: a separator, a character set, a type, what to do with NULL.
      while (!scan.isOneOf(')', ',')) {
        if (scan.is('(')) scan.skipBrackets();
        else scan.next();
      }
    } else if (
      held.args.length > 0 &&
      /^(?:NULL|ABSENT|ERROR|EMPTY|DEFAULT|ON|WITH|WITHOUT|FORMAT|RESPECT|IGNORE)$/.test(scan.word())
    )
      scan.next();
    else held.args.push(scan.is('SELECT') || scan.is('WITH') ? queryArgument(scan) : scan.expression());
  }
  scan.expect(')');
  return held;
}

function queryArgument(scan: Scan): Expr {
  const { start } = scan.here();
  const query = scan.query();
  return { is: 'query', query, at: scan.since(start) };
}

function castOf(scan: Scan, start: number): Expr {
  scan.expect('(');
  const of = scan.expression();
  scan.expect('AS');
  const type = typeWords(scan);
  while (!scan.is(')')) scan.next();
  scan.expect(')');
  return { is: 'cast', of, type, at: scan.since(start) };
}

/** `CONVERT(type, value)` of SQL Server, `CONVERT(value, type)` and `CONVERT(value USING charset)` of MySQL. */
function converted(scan: Scan, start: number): Expr {
  scan.expect('(');
  const mark = scan.at;
  if (
    /^(?:N?VARCHAR|N?CHAR|INT|BIGINT|SMALLINT|TINYINT|BIT|DATE|DATETIME2?|DATETIMEOFFSET|TIME|DECIMAL|NUMERIC|FLOAT|REAL|MONEY|UNIQUEIDENTIFIER|VARBINARY|BINARY|XML)$/.test(
      scan.word(),
    )
  ) {
    const type = typeWords(scan);
    if (scan.take(',')) {
      const of = scan.expression();
      while (!scan.is(')')) scan.next();
      scan.expect(')');
      return { is: 'cast', of, type, at: scan.since(start) };
    }
    scan.at = mark;
  }
  const of = scan.expression();
  const type = scan.take(',') ? typeWords(scan) : undefined;
  while (!scan.is(')')) scan.next();
  scan.expect(')');
  return type === undefined
    ? { is: 'call', path: ['convert'], args: [of], at: scan.since(start) }
    : { is: 'cast', of, type, at: scan.since(start) };
}

/** `MATCH (a, b) AGAINST ('words' IN BOOLEAN MODE)` */
function matched(scan: Scan, start: number): Expr {
  const columns = scan.bracketed(() => scan.expression());
  if (!scan.take('AGAINST')) return { is: 'call', path: ['match'], args: columns, at: scan.since(start) };
  scan.expect('(');
  scan.plain = true;
  const words = scan.expression();
  scan.plain = false;
  while (!scan.is(')')) scan.next();
  scan.expect(')');
  const left: Expr =
    columns.length === 1 && columns[0] !== undefined ? columns[0] : { is: 'row', items: columns, at: scan.since(start) };
  return { is: 'binary', op: 'match', left, right: words, at: scan.since(start) };
}

/** A call, whose name was read already. @param start where that name begins. */
export function parseCall(scan: Scan, path: readonly Name[], start: number): Expr {
  const names = path.map((one, i) => (i === path.length - 1 ? one.name.toLowerCase() : one.name));
  const name = names.at(-1) as string;
  if (name === 'cast' || name === 'try_cast' || name === 'safe_cast') return castOf(scan, start);
  if (name === 'convert' || name === 'try_convert') return converted(scan, start);
  if (name === 'match' && path.length === 1) return matched(scan, start);
  if (name === 'extract' && path.length === 1) {
    scan.expect('(');
    const field = scan.next();
    scan.expect('FROM');
    const of = scan.expression();
    scan.expect(')');
    const word: Expr = {
      is: 'literal',
      type: 'string',
      text: field.text.toLowerCase(),
      at: { start: field.start, end: field.end },
    };
    return { is: 'call', path: ['extract'], args: [word, of], form: 'extract', at: scan.since(start) };
  }
  const { args, order, distinct, star } = argumentsOf(scan, name);
  let filter: Expr | undefined;
  let over: Call['over'];
  for (;;) {
    if (scan.is('FILTER', '(')) {
      scan.expect('FILTER', '(');
      scan.expect('WHERE');
      filter = scan.expression();
      scan.expect(')');
    } else if (scan.is('WITHIN', 'GROUP')) {
      scan.expect('WITHIN', 'GROUP');
      order.push(...windowOf(scan).order);
    } else if (scan.take('OVER')) {
      if (scan.is('(')) over = windowOf(scan);
      else {
        scan.name();
        over = { partition: [], order: [] };
      }
    } else if (scan.is('KEEP', '(')) {
      // Oracle: `MAX(a) KEEP (DENSE_RANK LAST ORDER BY b)`.
      scan.at++;
      order.push(...windowOf(scan).order);
    } else if (scan.is('IGNORE', 'NULLS') || scan.is('RESPECT', 'NULLS')) scan.at += 2;
    else break;
  }
  return {
    is: 'call',
    path: names,
    args,
    at: scan.since(start),
    ...(distinct ? { distinct: true as const } : {}),
    ...(star ? { star: true as const } : {}),
    ...(filter === undefined ? {} : { filter }),
    ...(order.length === 0 ? {} : { order }),
    ...(over === undefined ? {} : { over }),
  };
}
