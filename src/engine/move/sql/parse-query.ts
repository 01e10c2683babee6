import { tokenName } from '../../dialects/base/lex.ts';
import { parseSort } from './parse-call.ts';
import type { Scan } from './scan.ts';
import type { Expr, FromItem, Join, Query, SelectCore, SelectItem, TableItem, Word } from './tree.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Words that cannot be an alias without AS. */
const NO_ALIAS = new Set(
  (
    'FROM WHERE GROUP HAVING ORDER LIMIT OFFSET FETCH UNION INTERSECT EXCEPT MINUS ON USING JOIN LEFT RIGHT INNER FULL CROSS ' +
    'NATURAL WITH FOR WINDOW INTO AS'
  ).split(' '),
);

function alias(scan: Scan): Word | undefined {
  const given = scan.take('AS');
  const { kind, word } = scan.peek();
  if (kind === 'string' && (given || scan.dialect !== 'postgresql')) {
    const token = scan.next();
    return { name: tokenName(token, scan.dialect), quoted: true };
  }
  if (given || kind === 'quoted' || (kind === 'word' && !NO_ALIAS.has(word))) return scan.name();
  return undefined;
}

function selectItem(scan: Scan): SelectItem {
  if (scan.take('*')) return { star: [] };
  if (scan.isName() && scan.peek(1).word === '.' && scan.peek(2).word === '*') {
    const table = scan.name();
    scan.take('.', '*');
    return { star: [table] };
  }
  const of = scan.expression();
  const named = alias(scan);
  return { of, ...(named === undefined ? {} : { alias: named }) };
}

function tableItem(scan: Scan): TableItem | FromItem {
  if (scan.take('LATERAL')) scan.fail('LATERAL is not known elsewhere');
  const item: Mutable<TableItem> = {};
  if (scan.take('(')) {
    if (!scan.is('SELECT') && !scan.is('WITH')) {
      const inner = fromItem(scan);
      scan.expect(')');
      return inner;
    }
    item.query = scan.query();
    scan.expect(')');
  } else {
    const path = [scan.name()];
    while (scan.take('.')) path.push(scan.name());
    item.name = path;
    if (scan.is('(')) scan.fail('a function in FROM is not known elsewhere');
  }
  const named = alias(scan);
  if (named !== undefined) item.alias = named;
  if (scan.is('(')) scan.fail('names of columns after an alias, or hints, are not known');
  return item;
}

function joinKind(scan: Scan): Join['kind'] | undefined {
  if (scan.take(',')) return 'comma';
  if (scan.is('NATURAL')) scan.fail('a NATURAL join depends on the names of columns');
  if (scan.take('CROSS', 'JOIN')) return 'cross';
  if (scan.take('INNER', 'JOIN') || scan.take('JOIN')) return 'inner';
  for (const kind of ['left', 'right', 'full'] as const) {
    if (scan.take(kind.toUpperCase(), 'OUTER', 'JOIN') || scan.take(kind.toUpperCase(), 'JOIN')) return kind;
  }
  return undefined;
}

function fromItem(scan: Scan): FromItem {
  const first = tableItem(scan);
  const joins: Join[] = [];
  while (!scan.done) {
    const kind = joinKind(scan);
    if (kind === undefined) break;
    const item = tableItem(scan);
    const join: Mutable<Join> = { kind, right: 'first' in item ? item : { first: item, joins: [] } };
    if (scan.take('ON')) join.on = scan.expression();
    else if (scan.take('USING', '(')) {
      const using = [scan.name()];
      while (scan.take(',')) using.push(scan.name());
      scan.expect(')');
      join.using = using;
    }
    joins.push(join);
  }
  return { first, joins };
}

function core(scan: Scan): SelectCore {
  if (scan.take('(')) {
    const inner = parseQuery(scan);
    scan.expect(')');
    const plain = inner.with.length + inner.more.length + inner.order.length === 0 && !inner.limit && !inner.offset;
    if (plain) return inner.first;
    // With an order, a limit or others of its own it is a table to the whole.
    const alias = { name: 'part', quoted: false };
    return { distinct: false, items: [{ star: [] }], from: { first: { query: inner, alias }, joins: [] }, group: [] };
  }
  scan.expect('SELECT');
  const distinct = scan.take('DISTINCT');
  if (!distinct) scan.take('ALL');
  if (distinct && scan.is('ON')) scan.fail('DISTINCT ON is not known elsewhere');
  if (scan.is('TOP')) scan.fail('TOP is not known elsewhere');
  const items: SelectItem[] = [];
  do items.push(selectItem(scan));
  while (scan.take(','));
  const made: Mutable<SelectCore> = { distinct, items, group: [] };
  if (scan.take('FROM')) made.from = fromItem(scan);
  if (scan.take('WHERE')) made.where = scan.expression();
  if (scan.take('GROUP', 'BY')) {
    const group: Expr[] = [];
    do group.push(scan.expression());
    while (scan.take(','));
    if (scan.is('WITH')) scan.fail('GROUP BY ... WITH ROLLUP is not known elsewhere');
    made.group = group;
  }
  if (scan.take('HAVING')) made.having = scan.expression();
  return made;
}

function withItems(scan: Scan): { recursive: boolean; items: Query['with'] } {
  if (!scan.take('WITH')) return { recursive: false, items: [] };
  const recursive = scan.take('RECURSIVE');
  const items: { name: Word; columns: Word[]; query: Query }[] = [];
  do {
    const name = scan.name();
    const columns: Word[] = [];
    if (scan.take('(')) {
      do columns.push(scan.name());
      while (scan.take(','));
      scan.expect(')');
    }
    scan.expect('AS');
    if (scan.take('MATERIALIZED') || scan.take('NOT', 'MATERIALIZED')) {
      // A hint: every dialect may do as it likes.
    }
    scan.expect('(');
    items.push({ name, columns, query: scan.query() });
    scan.expect(')');
  } while (scan.take(','));
  return { recursive, items };
}

const SETS = [
  ['union all', ['UNION', 'ALL']],
  ['union', ['UNION']],
  ['intersect', ['INTERSECT']],
  ['except', ['EXCEPT']],
  ['except', ['MINUS']],
] as const;

/** The query that stands next. */
export function parseQuery(scan: Scan): Query {
  const { recursive, items } = withItems(scan);
  const made: Mutable<Query> = { with: items, recursive, first: core(scan), more: [], order: [] };
  const more: { op: Query['more'][number]['op']; core: SelectCore }[] = [];
  for (let found = SETS.find(([, words]) => scan.is(...words)); found !== undefined && !scan.done; ) {
    scan.take(...found[1]);
    more.push({ op: found[0], core: core(scan) });
    found = SETS.find(([, words]) => scan.is(...words));
  }
  made.more = more;
  if (scan.take('ORDER', 'BY')) made.order = parseSort(scan);
  if (scan.take('LIMIT')) made.limit = scan.expression();
  if (scan.take('OFFSET')) made.offset = scan.expression();
  return made;
}
