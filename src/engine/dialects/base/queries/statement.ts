import type { Dialect } from '#model/types.ts';
import { nestsDeeper } from '../../../workload/depth.ts';
import type {
  Assignment,
  Conflict,
  Expr,
  From,
  Item,
  MergeWhen,
  Name,
  Parsed,
  Query,
  Sort,
  Statement,
  TableFrom,
} from '../../../workload/tree.ts';
import { parseExpression } from './expression.ts';
import { fromItem, item, orderBy, paging, parseQuery, target, withClause } from './query.ts';
import { Refused, Scan } from './scan.ts';

/** Levels of a tree, below what exhausts the stack of whoever goes through it. */
const MAX_LEVELS = 1500;

const RULES = { expression: parseExpression, query: (scan: Scan) => parseQuery(scan, statement) };

function assignment(scan: Scan): Assignment {
  const path = scan.is('(') ? undefined : scan.path();
  const columns = path === undefined ? scan.bracketed(() => scan.path().at(-1) as Name) : [path.at(-1) as Name];
  const table = path?.at(-2);
  // SQL Server: `column += 1`.
  scan.takeOneOf('+', '-', '*', '/', '%', '|', '&', '^');
  if (!scan.take('=') && !scan.take(':=')) scan.refuse('= is expected here');
  return { columns, value: scan.expression(), ...(table === undefined ? {} : { table }) };
}

function returning(scan: Scan): Item[] {
  if (!scan.take('RETURNING') && !scan.take('OUTPUT')) return [];
  const items = scan.list(() => item(scan));
  if (scan.take('INTO')) {
    scan.path();
    if (scan.is('(')) scan.skipBrackets();
  }
  return items;
}

function conflict(scan: Scan): Conflict | undefined {
  const { start } = scan.here();
  if (scan.take('ON', 'DUPLICATE', 'KEY', 'UPDATE')) {
    const sets = scan.list(() => assignment(scan));
    return { target: [], sets, at: scan.since(start) };
  }
  if (!scan.take('ON', 'CONFLICT')) return undefined;
  const columns = scan.is('(') ? scan.bracketed(() => conflictElement(scan)) : [];
  const where = scan.take('WHERE') ? scan.expression() : undefined;
  const at = scan.since(start);
  scan.expect('DO');
  if (scan.take('NOTHING')) return { target: columns, sets: [], at, ...(where === undefined ? {} : { where }) };
  scan.expect('UPDATE', 'SET');
  const sets = scan.list(() => assignment(scan));
  const condition = scan.take('WHERE') ? scan.expression() : undefined;
  return {
    target: columns,
    sets,
    at,
    ...(where === undefined ? {} : { where }),
    ...(condition === undefined ? {} : { condition }),
  };
}

function conflictElement(scan: Scan): Expr {
  const of = scan.expression();
  scan.takeOneOf('ASC', 'DESC');
  return of;
}

type Made<K extends Statement['is']> = Extract<Statement, { is: K }>;

function insert(scan: Scan): Statement {
  scan.next();
  while (scan.takeOneOf('LOW_PRIORITY', 'DELAYED', 'HIGH_PRIORITY', 'IGNORE') !== undefined);
  if (scan.take('OR')) scan.next();
  scan.take('INTO');
  const table = target(scan);
  const columns =
    scan.is('(') && scan.isName(1) && scan.word(1) !== 'SELECT' && scan.word(1) !== 'WITH'
      ? scan.bracketed(() => scan.path().at(-1) as Name)
      : [];
  const out = returning(scan);
  let query: Query | undefined;
  let sets: readonly Assignment[] = [];
  if (scan.take('DEFAULT', 'VALUES')) query = undefined;
  else if (scan.take('SET')) sets = scan.list(() => assignment(scan));
  else if (scan.is('VALUE')) {
    const { start } = scan.here();
    scan.at++;
    const rows = scan.list(() => scan.bracketed(() => scan.expression()));
    query = { body: { is: 'values', rows, at: scan.since(start) }, order: [], at: scan.since(start) };
  } else query = scan.query();
  const incoming = scan.take('AS') ? scan.name() : undefined;
  if (incoming !== undefined && scan.is('(')) scan.skipBrackets();
  const clash = conflict(scan);
  if (sets.length > 0) {
    const at = sets[0]?.value.at ?? scan.here();
    query = { body: { is: 'values', rows: [sets.map((one) => one.value)], at }, order: [], at };
  }
  return {
    is: 'insert',
    table,
    columns: sets.length > 0 ? sets.flatMap((one) => one.columns) : columns,
    returning: [...out, ...returning(scan)],
    ...(query === undefined ? {} : { query }),
    ...(clash === undefined ? {} : { conflict: clash }),
    ...(incoming === undefined ? {} : { incoming }),
  };
}

function ending(scan: Scan): { where?: Expr; order: Sort[]; limit?: Expr } {
  const where = scan.take('WHERE') ? scan.expression() : undefined;
  const order = scan.is('ORDER', 'BY') ? orderBy(scan) : [];
  const { limit } = paging(scan);
  return { order, ...(where === undefined ? {} : { where }), ...(limit === undefined ? {} : { limit }) };
}

function top(scan: Scan): Expr | undefined {
  if (!scan.is('TOP')) return undefined;
  scan.at++;
  const limit = scan.expression();
  scan.take('PERCENT');
  return limit;
}

function update(scan: Scan): Statement {
  scan.expect('UPDATE');
  while (scan.takeOneOf('LOW_PRIORITY', 'IGNORE', 'ONLY') !== undefined);
  if (scan.is('OR')) scan.at += 2;
  const most = top(scan);
  const tables = scan.list(() => fromItem(scan));
  const [table, ...others] = tables as [From, ...From[]];
  scan.expect('SET');
  const sets = scan.list(() => assignment(scan));
  const out = returning(scan);
  const from = scan.take('FROM') ? scan.list(() => fromItem(scan)) : [];
  const rest = ending(scan);
  return {
    is: 'update',
    table,
    sets,
    from: [...others, ...from],
    ...(most === undefined ? {} : { limit: most }),
    ...rest,
    returning: [...out, ...returning(scan)],
  };
}

function remove(scan: Scan): Statement {
  scan.expect('DELETE');
  while (scan.takeOneOf('LOW_PRIORITY', 'QUICK', 'IGNORE') !== undefined);
  const most = top(scan);
  const named = scan.is('FROM') ? undefined : target(scan);
  const more: TableFrom[] = [];
  while (scan.take(',')) more.push(target(scan));
  const out = returning(scan);
  scan.take('FROM');
  scan.take('ONLY');
  // `DELETE t FROM t JOIN u ON ...`: the first name is one of those in FROM.
  const first = scan.done || scan.is('WHERE') ? undefined : fromItem(scan);
  const from: From[] = [];
  while (scan.take(',')) from.push(fromItem(scan));
  // `DELETE FROM t, u USING t JOIN u`: all before USING are names of what stands behind it.
  if (scan.take('USING')) {
    more.push(...from.splice(0).filter((one) => one.is === 'table'));
    from.push(...scan.list(() => fromItem(scan)));
  }
  const outAfter = returning(scan);
  if (scan.take('FROM')) from.push(...scan.list(() => fromItem(scan)));
  const rest = ending(scan);
  const items = [...out, ...outAfter, ...returning(scan)];
  const others = more.flatMap((one) => one.path.at(-1) ?? []);
  const limit = { ...(most === undefined ? {} : { limit: most }), ...(others.length === 0 ? {} : { others }) };
  if (named !== undefined) {
    const all = first === undefined ? from : [first, ...from];
    return { is: 'delete', table: named, from: all, ...limit, ...rest, returning: items };
  }
  if (first?.is === 'table') return { is: 'delete', table: first, from, ...limit, ...rest, returning: items };
  return scan.refuse('the table to delete from is expected here');
}

function when(scan: Scan): MergeWhen {
  scan.take('NOT');
  scan.expect('MATCHED');
  if (scan.take('BY')) scan.next();
  const condition = scan.take('AND') ? scan.expression() : undefined;
  scan.expect('THEN');
  const said = condition === undefined ? {} : { condition };
  if (scan.take('DELETE')) return { action: 'delete', columns: [], values: [], sets: [], ...said };
  if (scan.take('DO', 'NOTHING')) return { action: 'nothing', columns: [], values: [], sets: [], ...said };
  if (scan.take('UPDATE', 'SET')) {
    const sets = scan.list(() => assignment(scan));
    if (scan.take('WHERE')) scan.expression();
    if (scan.take('DELETE', 'WHERE')) scan.expression();
    return { action: 'update', columns: [], values: [], sets, ...said };
  }
  scan.expect('INSERT');
  const columns = scan.is('(') ? scan.bracketed(() => scan.path().at(-1) as Name) : [];
  if (scan.take('DEFAULT', 'VALUES')) return { action: 'insert', columns, values: [], sets: [], ...said };
  scan.expect('VALUES');
  const values = scan.bracketed(() => scan.expression());
  if (scan.take('WHERE')) scan.expression();
  return { action: 'insert', columns, values, sets: [], ...said };
}

function merge(scan: Scan): Statement {
  scan.expect('MERGE');
  top(scan);
  scan.take('INTO');
  const table = target(scan);
  scan.expect('USING');
  const source = fromItem(scan);
  scan.expect('ON');
  const on = scan.expression();
  const whens: MergeWhen[] = [];
  while (scan.take('WHEN')) whens.push(when(scan));
  const items = returning(scan);
  if (scan.take('OPTION')) scan.skipBrackets();
  return { is: 'merge', table, source, on, whens, returning: items };
}

const CHANGES: Readonly<Record<string, (scan: Scan) => Statement>> = {
  INSERT: insert,
  REPLACE: insert,
  UPDATE: update,
  DELETE: remove,
  MERGE: merge,
};

/** Words that a statement begins with which is no query, in any of the dialects. */
const OTHERS = new Set(
  `ALTER ANALYZE ATTACH AUDIT BACKUP BEGIN BINLOG BREAK CACHE CALL CHANGE CHECK CHECKPOINT CHECKSUM CLONE CLOSE COMMENT COMMIT
  CONTINUE CREATE DBCC DEALLOCATE DECLARE DENY DESC DESCRIBE DETACH DISABLE DISASSOCIATE DO DROP ENABLE END EXEC EXECUTE EXPLAIN
  FETCH FLASHBACK FLUSH FOR FORMAT GET GO GOTO GRANT HANDLER HELP IF IMPORT INSTALL ITERATE KILL LEAVE LOAD LOCK LOOP NOAUDIT OPEN
  OPTIMIZE PRAGMA PREPARE PRINT PURGE RAISE RAISERROR RECONFIGURE REINDEX RELEASE RENAME REPAIR REPEAT RESET RESIGNAL RESTART RESTORE
  RETURN REVERT REVOKE ROLLBACK SAVE SAVEPOINT SET SHOW SHUTDOWN SIGNAL START STOP TABLE THROW TRUNCATE UNINSTALL UNLOCK USE VACUUM
  WAITFOR WHILE XA`.split(/\s+/),
);

function statement(scan: Scan): Statement {
  if (scan.is('EXPLAIN') || scan.is('DESCRIBE')) {
    while (!scan.done && !scan.isOneOf('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'WITH', 'MERGE', 'REPLACE')) scan.next();
  }
  const mark = scan.at;
  const clause = withClause(scan, statement);
  const change = Object.hasOwn(CHANGES, scan.word()) ? CHANGES[scan.word()] : undefined;
  if (change !== undefined) {
    const made = change(scan) as Made<'insert'>;
    return clause === undefined ? made : { ...made, with: clause };
  }
  scan.at = mark;
  if (scan.isOneOf('SELECT', 'WITH', 'VALUES', '(')) return { is: 'select', query: scan.query() };
  if (!scan.done && !OTHERS.has(scan.word())) scan.refuse('a statement is expected here');
  scan.at = scan.tokens.length;
  return { is: 'other' };
}

/**
 * One statement of a dialect without a parser of its own. It takes more than any one dialect does: what it is given is to be
 * understood, not to be judged. Never throws for what is wrong in the text.
 */
export function parseBySpelling(sql: string, dialect: Dialect): Parsed {
  const scan = new Scan(sql, dialect, RULES);
  try {
    const made = statement(scan);
    if (!scan.done) scan.refuse('the statement should end here');
    if (nestsDeeper(made, MAX_LEVELS))
      return { ok: false, message: 'The statement is nested too deep to be looked at.', at: { start: 0, end: sql.length } };
    return { ok: true, statement: made };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, message: error.message, at: error.at };
    throw error;
  }
}

/** One expression, such as the predicate of an index. */
export function expressionBySpelling(sql: string, dialect: Dialect): Expr | undefined {
  const scan = new Scan(sql, dialect, RULES);
  try {
    const made = scan.expression();
    return scan.done && !nestsDeeper(made, MAX_LEVELS) ? made : undefined;
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}
