import { parseTypeWords } from './parse-type.ts';
import type { Scan } from './scan.ts';
import type { Call, Expr, SortItem, WindowWords, Word } from './tree.ts';

const SYSTEM = new Set(['pg_catalog', 'sys', 'dbo']);

/** `ORDER BY` items, after the words. */
export function parseSort(scan: Scan): SortItem[] {
  const items: SortItem[] = [];
  do {
    const of = scan.expression();
    const desc = scan.take('DESC');
    if (!desc) scan.take('ASC');
    const nulls = scan.take('NULLS', 'FIRST') ? 'first' : scan.take('NULLS', 'LAST') ? 'last' : undefined;
    items.push({ of, desc, ...(nulls === undefined ? {} : { nulls }) });
  } while (scan.take(','));
  return items;
}

function window(scan: Scan): WindowWords {
  scan.expect('(');
  const partition: Expr[] = [];
  if (scan.take('PARTITION', 'BY')) {
    do partition.push(scan.expression());
    while (scan.take(','));
  }
  const order = scan.take('ORDER', 'BY') ? parseSort(scan) : [];
  // Frames are not read: what stands here instead of `)` is a problem.
  scan.expect(')');
  return { partition, order };
}

/** Calls whose arguments are not simply a list. */
function special(scan: Scan, name: string): Expr | undefined {
  if (name === 'cast' || name === 'try_cast') {
    const of = scan.expression();
    scan.expect('AS');
    const type = parseTypeWords(scan);
    scan.expect(')');
    if (name === 'try_cast') scan.fail('TRY_CAST is not known elsewhere');
    return { is: 'cast', of, type };
  }
  if (name === 'convert' && scan.dialect === 'mssql') {
    const type = parseTypeWords(scan);
    scan.expect(',');
    const of = scan.expression();
    if (scan.is(',')) scan.fail('the style of a CONVERT is not known elsewhere');
    scan.expect(')');
    return { is: 'cast', of, type };
  }
  if (name === 'convert' && scan.dialect !== 'postgresql') {
    const of = scan.expression();
    if (scan.is('USING')) scan.fail('CONVERT ... USING a character set is not known elsewhere');
    scan.expect(',');
    const type = parseTypeWords(scan);
    scan.expect(')');
    return { is: 'cast', of, type };
  }
  if (name === 'extract') {
    const field = scan.next().text.replaceAll("'", '').toLowerCase();
    scan.expect('FROM');
    const of = scan.expression();
    scan.expect(')');
    return { is: 'extract', field, of };
  }
  if (name === 'position') {
    // The left side must stop before IN, which is no predicate here.
    const token = scan.peek();
    if (token.kind !== 'string' || scan.peek(1).word !== 'IN') {
      scan.fail('POSITION of anything but a literal is not known');
      return { is: 'null' };
    }
    const sub = parsePositionLiteral(scan);
    const of = scan.expression();
    scan.expect(')');
    return { is: 'call', name: 'strpos', own: false, args: [of, sub] };
  }
  return undefined;
}

function parsePositionLiteral(scan: Scan): Expr {
  const text = scan.next().text;
  scan.expect('IN');
  return { is: 'string', value: text.slice(1, -1).replaceAll("''", "'") };
}

/** `TRIM(BOTH ' ' FROM x)` of any side; `SUBSTRING(x FROM 1 FOR 2)`. */
function sided(scan: Scan, name: string): Expr | undefined {
  if (name === 'trim') {
    const side = scan.take('LEADING') ? 'ltrim' : scan.take('TRAILING') ? 'rtrim' : scan.take('BOTH') ? 'trim' : undefined;
    if (side === undefined) return undefined;
    const what = scan.is('FROM') ? undefined : scan.expression();
    scan.expect('FROM');
    const of = scan.expression();
    scan.expect(')');
    if (what !== undefined && !(what.is === 'string' && what.value === ' ')) scan.fail('trimming anything but blanks is not known');
    return { is: 'call', name: side, own: false, args: [of] };
  }
  return undefined;
}

/** A call, at its opening parenthesis. */
export function parseCall(scan: Scan, path: readonly Word[]): Expr {
  scan.expect('(');
  const last = path.at(-1) as Word;
  const schema = path.at(-2)?.name.toLowerCase();
  const own = schema !== undefined && !SYSTEM.has(schema);
  const name = last.name.toLowerCase();
  const other = own ? undefined : (special(scan, name) ?? sided(scan, name));
  if (other !== undefined) return other;
  const call: { -readonly [K in keyof Call]: Call[K] } = { is: 'call', name, own: own || schema === 'dbo', args: [] };
  if (scan.take('*')) call.star = true;
  else if (!scan.is(')')) {
    if (scan.take('DISTINCT')) call.distinct = true;
    else scan.take('ALL');
    const args: Expr[] = [];
    do args.push(scan.expression());
    while (scan.take(','));
    if (scan.is('FROM') && name === 'substring') {
      scan.next();
      args.push(scan.expression());
      if (scan.take('FOR')) args.push(scan.expression());
    }
    if (scan.take('ON', 'OVERFLOW')) {
      if (scan.take('TRUNCATE')) {
        call.cut = true;
        if (scan.peek().kind === 'string') scan.next();
        if (scan.take('WITH', 'COUNT') || scan.take('WITHOUT', 'COUNT')) {
          // Whether the number of those left out is said.
        }
      } else scan.expect('ERROR');
    }
    if (scan.take('ORDER', 'BY')) call.order = parseSort(scan);
    if (scan.take('SEPARATOR')) args.push(scan.expression());
    call.args = args;
  }
  scan.expect(')');
  if (scan.take('WITHIN', 'GROUP', '(', 'ORDER', 'BY')) {
    call.order = parseSort(scan);
    scan.expect(')');
  }
  if (scan.take('FILTER', '(', 'WHERE')) {
    call.filter = scan.expression();
    scan.expect(')');
  }
  if (scan.take('OVER')) call.over = window(scan);
  return call;
}
