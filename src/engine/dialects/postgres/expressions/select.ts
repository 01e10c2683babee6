import { ident } from '../quote.ts';
import type { Catalog, OutColumn } from './catalog.ts';
import { type FromItem, findCte, fixed, isColumn, type Level, newLevel } from './levels.ts';
import { nameOf, pathAt, type Source } from './source.ts';
import { as, field, isNode, list, locationOf, type Node, strings, text } from './tree.ts';
import { outputOf, type StatementWalker, Walker } from './walk.ts';

/** Reserved words that end an expression in a select list. */
const ENDS_TARGET = new Set(
  'from into where group having window union intersect except order limit offset fetch for returning on'.split(' '),
);

/** Offset after the expression of a select list that starts here. */
function targetEnd(source: Source, start: number): number {
  let depth = 0;
  let end = start;
  for (let i = source.at.get(start) ?? source.tokens.length; i < source.tokens.length; i++) {
    const token = source.tokens[i] as (typeof source.tokens)[number];
    const raw = source.sql.slice(token.start, token.end);
    if (raw === '(' || raw === '[') depth++;
    else if (raw === ')' || raw === ']') depth--;
    if (depth < 0) break;
    if (depth === 0 && (raw === ',' || raw === ';')) break;
    if (depth === 0 && token.keyword === 'reserved' && ENDS_TARGET.has(raw.toLowerCase())) break;
    end = token.end;
  }
  return end;
}

function columnsOfView(catalog: Catalog, id: string, walker: Walker): readonly OutColumn[] | undefined {
  if (catalog.viewColumns.has(id)) return catalog.viewColumns.get(id);
  // A view that reads itself has no columns to be known.
  catalog.viewColumns.set(id, undefined);
  const view = catalog.document.views[id];
  if (view === undefined) return undefined;
  const source = walker.parse(view.query);
  const select = source === undefined ? undefined : as(source.tree.stmts[0]?.stmt, 'SelectStmt');
  if (source === undefined || select === undefined) return undefined;
  const columns = new Walker(source, catalog, STATEMENTS, walker.parse).select(select, newLevel(undefined));
  const named = columns?.map((column, i) => (view.columns?.[i] === undefined ? column : fixed(view.columns[i])));
  catalog.viewColumns.set(id, named);
  return named;
}

function aliasOf(node: Node): { readonly name: string; readonly columns: readonly string[] } | undefined {
  const alias = field(node, 'alias');
  const name = alias === undefined ? undefined : text(alias, 'aliasname');
  if (alias === undefined || name === undefined) return undefined;
  return { name, columns: strings(list(alias, 'colnames')).filter((column) => column !== undefined) };
}

function withAliases(columns: readonly OutColumn[] | undefined, names: readonly string[]): readonly OutColumn[] | undefined {
  return columns?.map((column, i) => (names[i] === undefined ? column : fixed(names[i])));
}

/** Offset after a table's name and alias in FROM, where column aliases may follow. */
function endOfRelation(source: Source, node: Node, alias: string | undefined): number | undefined {
  const last = pathAt(source, locationOf(node)).at(-1);
  if (last === undefined) return undefined;
  if (alias === undefined) return last.end;
  const from = (source.at.get(last.start) ?? 0) + 1;
  const token = source.tokens.slice(from, from + 3).find((one) => nameOf(source, one) === alias);
  return token?.end;
}

function tableItem(walker: Walker, node: Node, level: Level): FromItem {
  const alias = aliasOf(node);
  const name = text(node, 'relname') ?? '';
  const cte = text(node, 'schemaname') === undefined ? findCte(level, name) : undefined;
  if (cte !== undefined) return { name: alias?.name ?? name, columns: withAliases(cte.columns, alias?.columns ?? []) };
  const relation = walker.relation(node);
  const known =
    relation?.kind === 'tables'
      ? walker.catalog.tableColumns(relation.id)
      : relation?.kind === 'views'
        ? columnsOfView(walker.catalog, relation.id, walker)
        : undefined;
  const end = (alias?.columns.length ?? 0) > 0 ? undefined : endOfRelation(walker.source, node, alias?.name);
  return {
    name: alias?.name ?? name,
    columns: withAliases(known, alias?.columns ?? []),
    ...(alias === undefined && relation !== undefined ? { relation } : {}),
    ...(end === undefined ? {} : { aliasAt: end, hasAlias: alias !== undefined }),
  };
}

/**
 * Columns that a join compares by name keep that name in this query: renaming one gives its table a list of column
 * aliases with the old names, as PostgreSQL itself prints such a view.
 */
function freeze(walker: Walker, items: readonly FromItem[], names: ReadonlySet<string>): void {
  for (const item of items) {
    if (item.columns === undefined) continue;
    const before = item.columns;
    for (const column of before) {
      if (!names.has(column.name) || !isColumn(column) || item.aliasAt === undefined) continue;
      const aliases = before.map((one) => ident(one.name)).join(', ');
      const opening = item.hasAlias === true ? ' (' : ` AS ${ident(item.name)} (`;
      walker.use(column.table, column.column, item.aliasAt, item.aliasAt, () => `${opening}${aliases})`);
    }
    item.columns = before.map((column) => (names.has(column.name) ? fixed(column.name) : column));
  }
}

function commonNames(left: readonly FromItem[], right: readonly FromItem[]): Set<string> {
  const names = (items: readonly FromItem[]) => new Set(items.flatMap((item) => item.columns?.map((column) => column.name) ?? []));
  const others = names(right);
  return new Set([...names(left)].filter((name) => others.has(name)));
}

/** Adds what one element of a FROM list brings; conditions of joins are kept for when all is known. */
function addFrom(walker: Walker, value: unknown, level: Level, later: unknown[]): FromItem[] {
  const table = as(value, 'RangeVar');
  const join = as(value, 'JoinExpr');
  const subselect = as(value, 'RangeSubselect');
  if (join !== undefined) {
    const left = addFrom(walker, join['larg'], level, later);
    const right = addFrom(walker, join['rarg'], level, later);
    const using = strings(list(join, 'usingClause')).filter((name) => name !== undefined);
    const names = join['isNatural'] === true ? commonNames(left, right) : new Set(using);
    if (names.size > 0) freeze(walker, [...left, ...right], names);
    if (join['quals'] !== undefined) later.push(join['quals']);
    const both = [...left, ...right];
    const alias = aliasOf(join);
    if (alias === undefined) return both;
    // `(a JOIN b) AS j` hides the names of a and b outside.
    const columns = both.every((item) => item.columns !== undefined) ? both.flatMap((item) => item.columns ?? []) : undefined;
    const item: FromItem = { name: alias.name, columns: withAliases(columns, alias.columns) };
    level.items.push(item);
    return [...both, item];
  }
  let item: FromItem;
  if (table !== undefined) item = tableItem(walker, table, level);
  else if (subselect !== undefined) {
    const alias = aliasOf(subselect);
    const query = as(subselect['subquery'], 'SelectStmt');
    const outer = subselect['lateral'] === true ? level : (level.parent ?? level);
    const columns = query === undefined ? undefined : walker.select(query, outer);
    item = { name: alias?.name ?? '', columns: withAliases(columns, alias?.columns ?? []) };
  } else {
    walker.visit(isNode(value) ? value : {}, level);
    item = functionItem(value);
  }
  level.items.push(item);
  return [item];
}

function functionItem(value: unknown): FromItem {
  const node = isNode(value) ? (Object.values(value).find(isNode) ?? {}) : {};
  const first = as(list(node, 'functions')[0], 'List');
  const call = first === undefined ? undefined : as(list(first, 'items')[0], 'FuncCall');
  const alias = aliasOf(node);
  const name = call === undefined ? undefined : strings(list(call, 'funcname')).at(-1);
  return { name: alias?.name ?? name ?? '', columns: undefined };
}

function addCtes(walker: Walker, select: Node, level: Level): void {
  const clause = field(select, 'withClause');
  if (clause === undefined) return;
  for (const one of list(clause, 'ctes')) {
    const cte = as(one, 'CommonTableExpr');
    const name = cte === undefined ? undefined : text(cte, 'ctename');
    if (cte === undefined || name === undefined) continue;
    const aliases = strings(list(cte, 'aliascolnames')).filter((column) => column !== undefined);
    const query = as(cte['ctequery'], 'SelectStmt');
    if (clause['recursive'] === true) level.ctes.set(name, aliases.length > 0 ? aliases.map(fixed) : undefined);
    if (query === undefined) {
      walker.visit(cte['ctequery'], level);
      level.ctes.set(name, undefined);
    } else level.ctes.set(name, withAliases(walker.select(query, level), aliases));
  }
}

function targetColumns(walker: Walker, select: Node, level: Level): readonly OutColumn[] | undefined {
  const columns: OutColumn[] = [];
  let known = true;
  for (const one of list(select, 'targetList')) {
    const target = as(one, 'ResTarget');
    if (target === undefined) continue;
    const reference = outputOf(target['val']);
    const name = text(target, 'name');
    if (name === undefined && reference !== undefined) {
      const output = strings(list(reference, 'fields')).at(-1) as string;
      const start = locationOf(target) ?? 0;
      walker.columnRef(reference, level, { name: output, at: targetEnd(walker.source, start) });
      walker.visitTypes(target['val']);
      columns.push(fixed(output));
      level.outputs.add(output);
      continue;
    }
    walker.visit({ val: target['val'] }, level);
    const star = as(target['val'], 'ColumnRef');
    if (name === undefined && star !== undefined) {
      const expanded = starColumns(star, level);
      if (expanded === undefined) known = false;
      else columns.push(...expanded);
      continue;
    }
    const output = name ?? invented(target['val']);
    columns.push(fixed(output));
    level.outputs.add(output);
  }
  return known ? columns : undefined;
}

/** The name PostgreSQL gives an expression's output. */
function invented(value: unknown): string {
  const call = as(value, 'FuncCall');
  if (call !== undefined) return strings(list(call, 'funcname')).at(-1) ?? '?column?';
  const inner = as(value, 'TypeCast') ?? as(value, 'CollateClause');
  if (inner !== undefined) return invented(inner['arg']);
  const indirection = as(value, 'A_Indirection');
  if (indirection !== undefined) return strings(list(indirection, 'indirection')).at(-1) ?? '?column?';
  if (as(value, 'CoalesceExpr') !== undefined) return 'coalesce';
  return as(value, 'CaseExpr') === undefined ? '?column?' : 'case';
}

function starColumns(star: Node, level: Level): readonly OutColumn[] | undefined {
  const qualifier = strings(list(star, 'fields')).slice(0, -1).at(-1);
  const items = qualifier === undefined ? level.items : level.items.filter((item) => item.name === qualifier);
  if (items.length === 0 || items.some((item) => item.columns === undefined)) return undefined;
  const seen = new Set<string>();
  // Columns joined by name appear once.
  return items
    .flatMap((item) => item.columns ?? [])
    .filter((column) => {
      if (isColumn(column)) return true;
      const first = !seen.has(column.name);
      seen.add(column.name);
      return first;
    });
}

/** ORDER BY and DISTINCT ON name outputs before columns; an output keeps its name. */
function visitSorting(walker: Walker, values: readonly unknown[], level: Level): void {
  for (const value of values) {
    const node = as(value, 'SortBy')?.['node'] ?? value;
    const reference = as(node, 'ColumnRef');
    const fields = reference === undefined ? [] : strings(list(reference, 'fields'));
    if (fields.length === 1 && fields[0] !== undefined && level.outputs.has(fields[0])) continue;
    walker.visit(isNode(node) ? node : {}, level);
  }
}

function select(walker: Walker, node: Node, outer: Level): readonly OutColumn[] | undefined {
  const around = newLevel(outer);
  addCtes(walker, node, around);
  const level = newLevel(around);
  const left = field(node, 'larg');
  const right = field(node, 'rarg');
  if (left !== undefined && right !== undefined) {
    const columns = walker.select(left, around);
    walker.select(right, around);
    for (const column of columns ?? []) level.outputs.add(column.name);
    visitSorting(walker, list(node, 'sortClause'), { ...level, open: true });
    return columns;
  }
  const values = list(node, 'valuesLists');
  if (values.length > 0) {
    walker.visit(values, around);
    const first = as(values[0], 'List');
    return first === undefined ? undefined : list(first, 'items').map((_, i) => fixed(`column${i + 1}`));
  }
  const later: unknown[] = [];
  for (const one of list(node, 'fromClause')) addFrom(walker, one, level, later);
  for (const condition of later) walker.visit({ condition }, level);
  const columns = targetColumns(walker, node, level);
  for (const key of ['whereClause', 'groupClause', 'havingClause', 'windowClause', 'limitCount', 'limitOffset']) {
    walker.visit({ [key]: node[key] }, level);
  }
  visitSorting(walker, list(node, 'distinctClause'), level);
  visitSorting(walker, list(node, 'sortClause'), level);
  for (const one of list(node, 'lockingClause')) {
    for (const locked of list(as(one, 'LockingClause') ?? {}, 'lockedRels')) {
      const relation = as(locked, 'RangeVar');
      if (relation !== undefined) walker.lockedItem(relation, level);
    }
  }
  return columns;
}

/** The relation a data-changing statement works on, as an item its expressions see. */
function target(walker: Walker, node: Node, level: Level): FromItem | undefined {
  const relation = field(node, 'relation');
  if (relation === undefined || text(relation, 'relname') === undefined) return undefined;
  const item = tableItem(walker, relation, level);
  level.items.push(item);
  return item;
}

function visitAssignments(walker: Walker, targets: readonly unknown[], item: FromItem | undefined, level: Level): void {
  for (const one of targets) {
    const assigned = as(one, 'ResTarget');
    if (assigned === undefined) continue;
    walker.columnName(item?.columns, text(assigned, 'name'), locationOf(assigned));
    walker.visit({ val: assigned['val'] }, level);
  }
}

/** The columns that `ON CONFLICT (a, b)` names: the tree does not say where they stand. */
function conflictColumns(walker: Walker, infer: Node | undefined, item: FromItem | undefined): void {
  const open = infer === undefined ? undefined : walker.source.at.get(locationOf(infer) ?? -1);
  if (infer === undefined || open === undefined) return;
  walker.bracketedColumns(
    open,
    list(infer, 'indexElems').map((one) => text(as(one, 'IndexElem') ?? {}, 'name')),
    item?.columns,
  );
}

/** The columns of `GRANT SELECT (a, b), UPDATE (c) ON t`, likewise. */
function grantedColumns(walker: Walker, grant: Node): void {
  const [first, ...others] = list(grant, 'objects');
  const relation = as(first, 'RangeVar');
  const found =
    relation === undefined || others.length > 0
      ? undefined
      : walker.catalog.relation(text(relation, 'schemaname'), text(relation, 'relname') ?? '');
  const columns = found === undefined ? undefined : walker.catalog.tableColumns(found.id);
  if (columns === undefined) return;
  let from = 0;
  for (const one of list(grant, 'privileges')) {
    const names = strings(list(as(one, 'AccessPriv') ?? {}, 'cols'));
    if (names.length === 0) continue;
    from = walker.openingAfter(from);
    from = walker.bracketedColumns(from, names, columns);
  }
}

function change(walker: Walker, kind: string, node: Node, outer: Level): boolean {
  const around = newLevel(outer);
  addCtes(walker, node, around);
  const level = newLevel(around);
  const item = target(walker, node, level);
  if (kind === 'InsertStmt') {
    visitAssignments(walker, list(node, 'cols'), item, level);
    walker.visit({ query: node['selectStmt'] }, around);
    const conflict = field(node, 'onConflictClause');
    level.items.push({ name: 'excluded', columns: item?.columns });
    if (conflict !== undefined) {
      visitAssignments(walker, list(conflict, 'targetList'), item, level);
      conflictColumns(walker, field(conflict, 'infer'), item);
      walker.visit({ where: conflict['whereClause'], infer: conflict['infer'] }, level);
    }
  } else {
    const later: unknown[] = [];
    for (const one of [...list(node, 'fromClause'), ...list(node, 'usingClause')]) addFrom(walker, one, level, later);
    walker.visit(later, level);
    visitAssignments(walker, list(node, 'targetList'), item, level);
    walker.visit({ where: node['whereClause'] }, level);
  }
  walker.visit({ returning: node['returningList'] ?? node['returningClause'] }, level);
  return true;
}

/** Subqueries and data-changing statements, for a {@link Walker}. */
export const STATEMENTS: StatementWalker = {
  select,
  statement: (walker, kind, node, level) => {
    if (kind === 'GrantStmt') grantedColumns(walker, node);
    return kind === 'InsertStmt' || kind === 'UpdateStmt' || kind === 'DeleteStmt' ? change(walker, kind, node, level) : false;
  },
};
