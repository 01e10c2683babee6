import type { Core, Cte, Expr, From, Item, Name, Query, Sort, TableFrom, With } from '../../../workload/tree.ts';
import type { Scan } from './scan.ts';
import { beginsQuery, sortItem } from './words.ts';

type StatementRule = (scan: Scan) => Cte['statement'];

const MODIFIERS =
  'ALL DISTINCTROW SQL_NO_CACHE SQL_CACHE SQL_CALC_FOUND_ROWS SQL_SMALL_RESULT SQL_BIG_RESULT SQL_BUFFER_RESULT HIGH_PRIORITY STRAIGHT_JOIN'.split(
    ' ',
  );
const SET_WORDS: Readonly<Record<string, 'union' | 'intersect' | 'except'>> = {
  UNION: 'union',
  INTERSECT: 'intersect',
  EXCEPT: 'except',
  MINUS: 'except',
};

/** WITH: @param statement reads what a name stands for, which may change rows. */
export function withClause(scan: Scan, statement: StatementRule): With | undefined {
  if (!scan.is('WITH')) return undefined;
  scan.at++;
  const recursive = scan.take('RECURSIVE');
  const ctes = scan.list((): Cte => {
    const name = scan.name();
    const columns = scan.is('(') ? scan.bracketed(() => scan.name()) : undefined;
    scan.expect('AS');
    const not = scan.is('NOT', 'MATERIALIZED') && scan.take('NOT');
    const materialized = scan.take('MATERIALIZED') ? !not : undefined;
    scan.expect('(');
    const held = scan.deeper(() => statement(scan));
    scan.expect(')');
    return {
      name,
      statement: held,
      ...(columns === undefined ? {} : { columns }),
      ...(materialized === undefined ? {} : { materialized }),
    };
  });
  // Elsewhere than in PostgreSQL, MySQL and SQLite a query is recursive without the word.
  return { recursive: recursive || (scan.dialect !== 'postgresql' && ctes.some((one) => mentions(scan, one.name))), ctes };
}

/** Whether a name occurs more often than where it is defined and used once: enough to look for recursion. */
function mentions(scan: Scan, { name }: Name): boolean {
  return scan.tokens.filter((token) => token.text.replaceAll(/["`[\]]/g, '').toLowerCase() === name.toLowerCase()).length > 2;
}

function tableItem(scan: Scan): From {
  const { start } = scan.here();
  const lateral = scan.take('LATERAL');
  if (scan.is('(')) {
    if (beginsQuery(scan)) {
      scan.expect('(');
      const query = scan.query();
      scan.expect(')');
      return { is: 'query', query, lateral, at: scan.since(start), ...aliases(scan) };
    }
    scan.expect('(');
    const inner = scan.deeper(() => fromItem(scan));
    const others: From[] = [];
    while (scan.take(',')) others.push(fromItem(scan));
    scan.expect(')');
    return others.reduce<From>((left, right) => ({ is: 'join', kind: 'cross', left, right, at: scan.since(start) }), inner);
  }
  const mark = scan.at;
  const path = scan.path();
  if (scan.is('(')) {
    scan.at = mark;
    const call = scan.expression();
    if (scan.is('WITH', '(')) {
      scan.take('WITH');
      scan.skipBrackets();
    }
    return { is: 'function', calls: [call], lateral: true, at: scan.since(start), ...aliases(scan) };
  }
  return { is: 'table', path, at: scan.since(start), ...tableTail(scan) };
}

function aliases(scan: Scan): { alias?: Name; columns?: Name[] } {
  const alias = scan.alias();
  if (alias === undefined) return {};
  const columns = scan.is('(') && scan.isName(1) ? scan.bracketed(() => scan.name()) : undefined;
  return { alias, ...(columns === undefined ? {} : { columns }) };
}

/** Alias and hints, in whichever order: `PARTITION (p)`, `WITH (NOLOCK)`, `USE INDEX (a)`, `INDEXED BY a`, `TABLESAMPLE`. */
function tableTail(scan: Scan): { alias?: Name; columns?: Name[] } {
  hints(scan);
  const named = aliases(scan);
  hints(scan);
  return named;
}

function hints(scan: Scan): void {
  for (;;) {
    if (scan.is('PARTITION', '(')) scan.at++;
    else if (scan.is('WITH', '(')) scan.at++;
    else if (scan.isOneOf('USE', 'FORCE', 'IGNORE') && /^(?:INDEX|KEY)$/.test(scan.word(1))) {
      while (!scan.is('(')) scan.next();
    } else if (scan.take('INDEXED', 'BY')) {
      scan.name();
      continue;
    } else if (scan.take('NOT', 'INDEXED')) continue;
    else if (scan.take('TABLESAMPLE')) {
      while (!scan.is('(')) scan.next();
    } else if (scan.is('FOR', 'SYSTEM_TIME')) {
      scan.at += 2;
      if (!scan.take('ALL')) {
        scan.next();
        if (scan.take('OF')) scan.take('TIMESTAMP');
        scan.expression();
      }
      continue;
    } else return;
    scan.skipBrackets();
  }
}

/** A table as INSERT, UPDATE, DELETE and MERGE name it. */
export function target(scan: Scan): TableFrom {
  const { start } = scan.here();
  const path = scan.path();
  return { is: 'table', path, at: scan.since(start), ...tableTail(scan) };
}

function joinKind(
  scan: Scan,
): { kind: 'inner' | 'left' | 'right' | 'full' | 'cross'; natural: boolean; lateral?: true } | undefined {
  const mark = scan.at;
  const natural = scan.take('NATURAL');
  if (scan.take('STRAIGHT_JOIN')) return { kind: 'inner', natural };
  if (scan.take('CROSS', 'APPLY')) return { kind: 'cross', natural, lateral: true };
  if (scan.take('OUTER', 'APPLY')) return { kind: 'left', natural, lateral: true };
  const word = scan.takeOneOf('INNER', 'LEFT', 'RIGHT', 'FULL', 'CROSS');
  scan.take('OUTER');
  // Hints of SQL Server stand before JOIN.
  scan.takeOneOf('LOOP', 'HASH', 'MERGE', 'REMOTE');
  if (!scan.take('JOIN')) {
    scan.at = mark;
    return undefined;
  }
  return { kind: (word ?? 'INNER').toLowerCase() as 'inner', natural };
}

export function fromItem(scan: Scan): From {
  let left = tableItem(scan);
  for (;;) {
    const join = joinKind(scan);
    if (join === undefined) return left;
    const right = tableItem(scan);
    const made = join.lateral === true && right.is === 'query' ? { ...right, lateral: true } : right;
    const on = scan.take('ON') ? scan.expression() : undefined;
    const using = scan.take('USING') ? scan.bracketed(() => scan.name()) : undefined;
    const bare = on === undefined && using === undefined && !join.natural && join.kind === 'inner';
    left = {
      is: 'join',
      kind: bare ? 'cross' : join.kind,
      left,
      right: made,
      at: scan.since(left.at.start),
      ...(on === undefined ? {} : { on }),
      ...(using === undefined ? {} : { using }),
      ...(join.natural ? { natural: true as const } : {}),
    };
  }
}

export function item(scan: Scan): Item {
  const { start } = scan.here();
  if (scan.take('*')) return { star: [], at: scan.since(start) };
  // SQL Server: `alias = expression`.
  if (scan.dialect === 'mssql' && scan.isName() && scan.word(1) === '=' && !/^[@]/.test(scan.peek()?.text ?? '')) {
    const alias = scan.name();
    scan.expect('=');
    const of = scan.expression();
    return { of, alias, at: scan.since(start) };
  }
  const of = scan.expression();
  if (of.is === 'column' && of.path.at(-1)?.name === '*') return { star: of.path.slice(0, -1), at: of.at };
  const alias = scan.alias();
  return { of, at: scan.since(start), ...(alias === undefined ? {} : { alias }) };
}

interface Paging {
  limit?: Expr;
  offset?: Expr;
}

/** LIMIT, OFFSET and FETCH in every spelling. */
export function paging(scan: Scan): Paging {
  const said: Paging = {};
  for (;;) {
    if (scan.take('LIMIT')) {
      const first = scan.expression();
      if (scan.take(',')) {
        said.offset = first;
        said.limit = scan.expression();
      } else said.limit = first;
    } else if (scan.take('OFFSET')) {
      said.offset = scan.expression();
      scan.takeOneOf('ROW', 'ROWS');
    } else if (scan.take('FETCH')) {
      scan.takeOneOf('FIRST', 'NEXT');
      if (!scan.isOneOf('ROW', 'ROWS')) said.limit = scan.expression();
      scan.take('PERCENT');
      scan.takeOneOf('ROW', 'ROWS');
      if (!scan.take('ONLY')) scan.take('WITH', 'TIES');
    } else return said;
  }
}

function grouping(scan: Scan): Expr[] {
  const words = scan.takeOneOf('ROLLUP', 'CUBE') ?? (scan.take('GROUPING', 'SETS') ? 'SETS' : undefined);
  if (words !== undefined) return scan.bracketed(() => grouping(scan)).flat();
  if (scan.is('(', ')')) {
    scan.at += 2;
    return [];
  }
  const one = scan.expression();
  scan.takeOneOf('ASC', 'DESC');
  return one.is === 'row' ? [...one.items] : [one];
}

interface MadeCore {
  core: Core;
  limit?: Expr;
}

function core(scan: Scan): MadeCore {
  const { start } = scan.here();
  scan.expect('SELECT');
  let distinct: true | readonly Expr[] | undefined;
  let limit: Expr | undefined;
  for (;;) {
    if (scan.takeOneOf('DISTINCT', 'UNIQUE') !== undefined)
      distinct = scan.is('ON', '(') && scan.take('ON') ? scan.bracketed(() => scan.expression()) : true;
    else if (scan.is('TOP') && (scan.peek(1)?.kind === 'number' || scan.word(1) === '(')) {
      scan.at++;
      limit = scan.is('(') ? scan.bracketed(() => scan.expression())[0] : numberHere(scan);
      scan.take('PERCENT');
      scan.take('WITH', 'TIES');
    } else if (scan.takeOneOf(...MODIFIERS) === undefined) break;
  }
  const items = scan.list(() => item(scan));
  if (scan.take('INTO')) while (!scan.done && !scan.isOneOf('FROM', 'WHERE')) scan.next();
  const from = scan.take('FROM') ? scan.list(() => fromItem(scan)) : [];
  const where = scan.take('WHERE') ? scan.expression() : undefined;
  const more: Expr[] = [];
  while (scan.is('CONNECT', 'BY') || scan.is('START', 'WITH')) {
    scan.at += 2;
    scan.take('NOCYCLE');
    more.push(scan.expression());
  }
  const group = scan.take('GROUP', 'BY') ? scan.list(() => grouping(scan)).flat() : [];
  scan.take('WITH', 'ROLLUP');
  const having = scan.take('HAVING') ? scan.expression() : undefined;
  const windows: { partition: Expr[]; order: Sort[] }[] = [];
  if (scan.take('WINDOW')) scan.list(() => windowDefinition(scan, windows));
  const made: Core = {
    is: 'core',
    items,
    from,
    group,
    windows: more.length === 0 ? windows : [...windows, { partition: more, order: [] }],
    at: scan.since(start),
    ...(distinct === undefined ? {} : { distinct }),
    ...(where === undefined ? {} : { where }),
    ...(having === undefined ? {} : { having }),
  };
  return { core: made, ...(limit === undefined ? {} : { limit }) };
}

function numberHere(scan: Scan): Expr {
  const token = scan.next();
  return { is: 'literal', type: 'number', text: token.text, at: { start: token.start, end: token.end } };
}

function windowDefinition(scan: Scan, windows: { partition: Expr[]; order: Sort[] }[]): void {
  scan.name();
  scan.expect('AS', '(');
  const made: { partition: Expr[]; order: Sort[] } = { partition: [], order: [] };
  while (!scan.is(')')) {
    if (scan.take('PARTITION', 'BY')) made.partition.push(...scan.list(() => scan.expression()));
    else if (scan.take('ORDER', 'BY')) made.order.push(...scan.list(() => sortItem(scan)));
    else scan.next();
  }
  scan.expect(')');
  windows.push(made);
}

/** One side of a set operation. */
function operand(scan: Scan): Query {
  const { start } = scan.here();
  if (scan.is('(')) {
    scan.expect('(');
    const inner = scan.query();
    scan.expect(')');
    return inner;
  }
  if (scan.take('VALUES')) {
    const rows = scan.list(() => {
      scan.take('ROW');
      return scan.bracketed(() => scan.expression());
    });
    return { body: { is: 'values', rows, at: scan.since(start) }, order: [], at: scan.since(start) };
  }
  const made = core(scan);
  return { body: made.core, order: [], at: made.core.at, ...(made.limit === undefined ? {} : { limit: made.limit }) };
}

function tail(scan: Scan): void {
  for (;;) {
    if (scan.is('FOR') && /^(?:UPDATE|SHARE|NO|KEY|JSON|XML|BROWSE)$/.test(scan.word(1))) {
      scan.at++;
      while (!scan.done && !scan.isOneOf(')', 'UNION', 'LIMIT', 'ORDER')) scan.next();
    } else if (scan.take('LOCK', 'IN', 'SHARE', 'MODE')) continue;
    else if (scan.take('OPTION')) scan.skipBrackets();
    else if (scan.is('WITH') && /^(?:UR|CS|RS|RR)$/.test(scan.word(1))) scan.at += 2;
    else if (scan.take('INTO')) while (!scan.done && !scan.is(')')) scan.next();
    else return;
  }
}

/** A query with everything around it. @param statement reads what WITH names stand for. */
export function parseQuery(scan: Scan, statement: StatementRule): Query {
  const { start } = scan.here();
  const clause = withClause(scan, statement);
  let left = operand(scan);
  for (let word = scan.takeOneOf(...Object.keys(SET_WORDS)); word !== undefined; word = scan.takeOneOf(...Object.keys(SET_WORDS))) {
    const all = scan.take('ALL');
    scan.take('DISTINCT');
    const right = operand(scan);
    left = {
      body: { is: 'set', op: SET_WORDS[word] as 'union', all, left, right, at: scan.since(start) },
      order: [],
      at: scan.since(start),
    };
  }
  scan.take('SIBLINGS');
  const order = scan.is('ORDER') ? orderBy(scan) : left.order;
  const { limit = left.limit, offset = left.offset } = paging(scan);
  tail(scan);
  const { limit: more } = paging(scan);
  const most = more ?? limit;
  return {
    body: left.body,
    order,
    at: scan.since(start),
    ...(clause === undefined ? (left.with === undefined ? {} : { with: left.with }) : { with: clause }),
    ...(most === undefined ? {} : { limit: most }),
    ...(offset === undefined ? {} : { offset }),
  };
}

export function orderBy(scan: Scan): Sort[] {
  scan.expect('ORDER');
  scan.take('SIBLINGS');
  scan.expect('BY');
  return scan.list(() => sortItem(scan));
}
