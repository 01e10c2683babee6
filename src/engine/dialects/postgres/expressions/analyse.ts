import type { Id } from '#model/types.ts';
import type { PgParser } from '../../../sql/parser-port.ts';
import { ROWS, tokenUses } from '../../base/expressions/token-uses.ts';
import { foldCase } from '../lex.ts';
import type { Catalog, OutColumn } from './catalog.ts';
import { type FromItem, levelOf, newLevel } from './levels.ts';
import { STATEMENTS } from './select.ts';
import { nameOf, pathAt, type Source, sourceOf } from './source.ts';
import { as, field, isNode, list, locationOf, type Node, text } from './tree.ts';
import type { FunctionUse, Unknown, Use, Uses } from './uses.ts';
import { Walker } from './walk.ts';

/** What a piece of SQL text is, which decides what names in it mean. */
export type SqlContext =
  /** An expression over the columns of a table; `rows` are names that also stand for its rows, as NEW and OLD. */
  | { readonly kind: 'expression'; readonly table?: Id; readonly rows?: readonly string[] }
  /** What a trigger of the table runs: in PostgreSQL a call whose arguments are constants, elsewhere a body. */
  | { readonly kind: 'call'; readonly table?: Id; readonly rows?: readonly string[] }
  | { readonly kind: 'query' }
  /** CREATE FUNCTION and the like, with the bodies that can be read. */
  | { readonly kind: 'routine'; readonly id: Id }
  /** A clause of a table that is kept as it is. */
  | { readonly kind: 'clause'; readonly table?: Id }
  /** A statement that is kept as it is. */
  | { readonly kind: 'statement' };

const UNREADABLE: Uses = { uses: [], unknown: [], functions: [], readable: false };
const NOTHING: Uses = { ...UNREADABLE, readable: true };
const BEFORE = 'SELECT (';

interface Spot {
  readonly start: number;
  readonly end: number;
}

function shifted<T extends Spot>(spots: readonly T[], by: number): T[] {
  return spots.map((spot) => ({ ...spot, start: spot.start + by, end: spot.end + by }));
}

function usesOf(walker: Walker, by = 0): Uses {
  return {
    uses: shifted<Use>(walker.uses, by),
    unknown: shifted<Unknown>(walker.unknown, by),
    functions: shifted<FunctionUse>(walker.functions, by),
    readable: true,
  };
}

function itemsOf(catalog: Catalog, table: Id | undefined, rows: readonly string[]): FromItem[] {
  if (table === undefined) return [];
  const columns: readonly OutColumn[] | undefined = catalog.tableColumns(table);
  const { tables } = catalog.document;
  const own = Object.hasOwn(tables, table) ? tables[table] : undefined;
  const items: FromItem[] = rows.map((name) => ({ name, columns }));
  if (own === undefined) return items;
  return [...items, { name: own.name, columns, relation: { id: own.id, schema: own.schema, name: own.name, kind: 'tables' } }];
}

function expression(parser: PgParser, catalog: Catalog, sql: string, context: SqlContext): Uses {
  const source = sourceOf(parser, `${BEFORE}${sql}\n)`);
  const select = as(source?.tree.stmts[0]?.stmt, 'SelectStmt');
  const target = select === undefined ? undefined : as(list(select, 'targetList')[0], 'ResTarget');
  if (source === undefined || target === undefined) return UNREADABLE;
  const walker = walkerOn(parser, source, catalog);
  const own = context.kind === 'expression' ? itemsOf(catalog, context.table, context.rows ?? []) : [];
  // VALUE in a domain's check, a trigger's arguments: names that are no columns.
  const open = context.kind === 'call' || (context.kind === 'expression' && context.table === undefined);
  walker.visit({ val: target['val'] }, levelOf(own, open));
  return usesOf(walker, -BEFORE.length);
}

function walkerOn(parser: PgParser, source: Source, catalog: Catalog): Walker {
  return new Walker(source, catalog, STATEMENTS, (sql) => sourceOf(parser, sql));
}

/** Names after SCHEMA, FUNCTION and the like in statements whose trees do not say where their names stand. */
function namesAfterWords(walker: Walker): void {
  const { source } = walker;
  source.tokens.forEach((token, i) => {
    if (token.keyword === 'none') return;
    const word = source.sql.slice(token.start, token.end).toLowerCase();
    const path = pathAt(source, source.tokens[i + 1]?.start);
    const last = path.at(-1);
    if (last === undefined) return;
    const names = path.map((one) => nameOf(source, one));
    if (word === 'schema') walker.schema(names[0], path[0]);
    else if (word === 'function' || word === 'procedure' || word === 'routine' || word === 'aggregate') {
      walker.routine(names.length > 1 ? names[0] : undefined, names.at(-1) as string, path, undefined);
    }
  });
}

function statements(parser: PgParser, catalog: Catalog, sql: string, open: boolean): Uses {
  const source = sourceOf(parser, sql);
  if (source === undefined) return UNREADABLE;
  const walker = walkerOn(parser, source, catalog);
  for (const one of source.tree.stmts) {
    const rule = as(one.stmt, 'RuleStmt');
    const level = newLevel(undefined, open);
    if (rule !== undefined) level.items.push(...ruleItems(catalog, rule));
    walker.visit(one.stmt, level);
  }
  const verbatim = source.tree.stmts.some(({ stmt }) => as(stmt, 'SelectStmt') === undefined);
  if (verbatim) namesAfterWords(walker);
  return usesOf(walker);
}

/** NEW and OLD of a rule stand for rows of its relation. */
function ruleItems(catalog: Catalog, rule: Node): FromItem[] {
  const on = field(rule, 'relation');
  const found = on === undefined ? undefined : catalog.relation(text(on, 'schemaname'), text(on, 'relname') ?? '');
  const columns = found === undefined ? undefined : catalog.tableColumns(found.id);
  return ['new', 'old'].map((name) => ({ name, columns }));
}

function merge(parts: readonly Uses[]): Uses {
  return {
    uses: parts.flatMap((part) => part.uses),
    unknown: parts.flatMap((part) => part.unknown),
    functions: parts.flatMap((part) => part.functions),
    readable: parts.every((part) => part.readable),
  };
}

/** Statements of a DO block that is plain SQL between BEGIN and END, as a lookup's seed is; others only mean something when they run. */
function block(parser: PgParser, catalog: Catalog, sql: string): Uses | undefined {
  const body = /^\s*DO\s+(\$\w*\$)/i.exec(sql);
  const tag = body?.[1];
  if (body === null || tag === undefined) return undefined;
  const end = sql.lastIndexOf(tag);
  const inner = /^(\s*BEGIN\b)([\s\S]*?)\bEND\s*;?\s*$/i.exec(sql.slice(body[0].length, end));
  if (inner === null || sourceOf(parser, inner[2] ?? '') === undefined) return undefined;
  const uses = statements(parser, catalog, inner[2] ?? '', true);
  const by = body[0].length + (inner[1] ?? '').length;
  return {
    ...uses,
    uses: shifted<Use>(uses.uses, by),
    unknown: shifted<Unknown>(uses.unknown, by),
    functions: shifted<FunctionUse>(uses.functions, by),
  };
}

/** The name a CREATE statement defines, noted by its tokens: the tree does not say where it stands. */
function definedName(walker: Walker, words: readonly string[], id: Id): void {
  const { source } = walker;
  const raw = (i: number) => {
    const token = source.tokens[i];
    return token === undefined ? '' : foldCase(source.sql.slice(token.start, token.end));
  };
  const from = source.tokens.findIndex((_, i) => words.includes(raw(i)));
  if (from < 0) return;
  const first = source.tokens[from + 1];
  const qualified = raw(from + 2) === '.';
  const name = qualified ? source.tokens[from + 3] : first;
  if (name === undefined || first === undefined) return;
  if (qualified) walker.schema(nameOf(source, first), first);
  else walker.unqualified(id, first);
  walker.use(id, undefined, name.start, name.end);
}

/** Where the quoted body of a routine stands, when its text is the body's text. */
function bodyOf(source: Source, options: readonly unknown[]): { readonly start: number; readonly sql: string } | undefined {
  const option = (name: string) =>
    options.map((one) => as(one, 'DefElem')).find((one) => one !== undefined && text(one, 'defname') === name);
  const language = option('language');
  const says = language === undefined ? undefined : as(language['arg'], 'String');
  if (says === undefined || foldCase(text(says, 'sval') ?? '') !== 'sql') return undefined;
  const as_ = option('as');
  const index = as_ === undefined ? undefined : source.at.get(locationOf(as_) ?? -1);
  const token = index === undefined ? undefined : source.tokens[index + 1];
  if (token === undefined) return undefined;
  const raw = source.sql.slice(token.start, token.end);
  const tag = /^\$[^$]*\$/.exec(raw)?.[0];
  if (tag !== undefined) return { start: token.start + tag.length, sql: raw.slice(tag.length, -tag.length) };
  const plain = raw.startsWith("'") && !raw.slice(1, -1).includes("'");
  return plain ? { start: token.start + 1, sql: raw.slice(1, -1) } : undefined;
}

function routine(parser: PgParser, catalog: Catalog, sql: string, id: Id): Uses {
  const source = sourceOf(parser, sql);
  const statement = source?.tree.stmts[0]?.stmt;
  if (source === undefined || statement === undefined) return UNREADABLE;
  const walker = walkerOn(parser, source, catalog);
  definedName(walker, ['function', 'procedure', 'aggregate'], id);
  const create = as(statement, 'CreateFunctionStmt');
  if (create === undefined) {
    aggregate(walker, as(statement, 'DefineStmt'));
    return usesOf(walker);
  }
  const level = newLevel(undefined, true);
  const body = bodyOf(source, list(create, 'options'));
  for (const [key, value] of Object.entries(create)) if (key !== 'funcname') walker.visit({ [key]: value }, level);
  if (body === undefined) return usesOf(walker);
  const inner = statements(parser, catalog, body.sql, true);
  const moved: Uses = {
    readable: inner.readable,
    uses: shifted<Use>(inner.uses, body.start),
    unknown: shifted<Unknown>(inner.unknown, body.start),
    functions: shifted<FunctionUse>(inner.functions, body.start),
  };
  return merge([usesOf(walker), moved]);
}

/** An aggregate's options name functions and types alike as types. */
function aggregate(walker: Walker, define: Node | undefined): void {
  if (define === undefined) return;
  for (const one of [...list(define, 'definition'), ...list(define, 'args').flatMap((arg) => (isNode(arg) ? [arg] : []))]) {
    walker.visit(one, newLevel(undefined, true));
    const option = as(one, 'DefElem');
    const type = option === undefined ? undefined : as(option['arg'], 'TypeName');
    if (type !== undefined && option !== undefined && /func$/.test(text(option, 'defname') ?? '')) walker.functionAsType(type);
  }
  const nested = field(define, 'args');
  if (nested !== undefined) walker.visit(nested, newLevel(undefined, true));
}

/** Other dialects have no grammar of expressions here: their names are found by tokens. */
function byTokens({ document }: Catalog, sql: string, context: SqlContext): Uses {
  const table = 'table' in context && context.table !== undefined ? { table: context.table } : {};
  const defines = context.kind === 'routine' ? { defines: context.id } : {};
  const said = 'rows' in context ? context.rows : undefined;
  const rows = context.kind === 'call' || said !== undefined ? { rows: [...ROWS, ...(said ?? [])] } : {};
  return tokenUses(document, sql, { ...table, ...defines, ...rows, statements: context.kind !== 'expression' });
}

/**
 * The names in SQL text and what they mean in a document. A text that cannot be read has no uses and says so.
 * Names in a plpgsql body are not looked at: it may build them as text.
 */
export function analyse(parser: PgParser, catalog: Catalog, sql: string, context: SqlContext): Uses {
  const dialect = catalog.document.settings['settings']?.dialect ?? 'postgresql';
  if (dialect !== 'postgresql') return byTokens(catalog, sql, context);
  switch (context.kind) {
    case 'expression':
    case 'call':
      return expression(parser, catalog, sql, context);
    case 'query':
      return statements(parser, catalog, sql, false);
    case 'routine':
      return routine(parser, catalog, sql, context.id);
    case 'clause':
      return NOTHING;
    case 'statement':
      return block(parser, catalog, sql) ?? statements(parser, catalog, sql, true);
    default:
      return UNREADABLE;
  }
}
