import type {
  Assignment,
  Conflict,
  Core,
  Cte,
  Expr,
  From,
  Item,
  MergeWhen,
  Name,
  Query,
  Statement,
  TableFrom,
  With,
} from '../../../workload/tree.ts';
import type { Source } from '../expressions/source.ts';
import { as, field, isNode, list, locationOf, type Node, strings, text } from '../expressions/tree.ts';
import { Expressions, window } from './expressions.ts';
import { Places } from './places.ts';

const NOWHERE = { start: 0, end: 0 };

/** Leaves out what is not there, so that an absent fact is an absent property. */
function present<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never;
}

const JOINS: Readonly<Record<string, 'inner' | 'left' | 'right' | 'full'>> = {
  JOIN_INNER: 'inner',
  JOIN_LEFT: 'left',
  JOIN_RIGHT: 'right',
  JOIN_FULL: 'full',
};

/** PostgreSQL's parse trees of statements, as trees of the workload. */
class Reader {
  readonly places: Places;
  readonly expressions: Expressions;

  constructor(source: Source) {
    this.places = new Places(source);
    this.expressions = new Expressions(this.places, (node) => this.query(node));
  }

  statement(value: unknown): Statement {
    if (!isNode(value)) return { is: 'other' };
    for (const [kind, node] of Object.entries(value)) {
      if (!isNode(node)) continue;
      switch (kind) {
        case 'SelectStmt':
          return { is: 'select', query: this.query(node) };
        case 'InsertStmt':
          return this.#insert(node);
        case 'UpdateStmt':
          return this.#update(node);
        case 'DeleteStmt':
          return this.#delete(node);
        case 'MergeStmt':
          return this.#merge(node);
        case 'ExplainStmt':
        case 'DeclareCursorStmt':
        case 'PrepareStmt':
        case 'CopyStmt':
        case 'CreateTableAsStmt':
          return this.statement(node['query']);
        case 'RefreshMatViewStmt':
          return { is: 'other', refreshes: this.table(field(node, 'relation') ?? {}) };
        default:
          return { is: 'other' };
      }
    }
    return { is: 'other' };
  }

  query(node: Node): Query {
    const limit = node['limitCount'] === undefined ? undefined : this.expressions.of(node['limitCount']);
    const said = limit?.is === 'literal' && limit.type === 'null' ? undefined : limit;
    const offset = node['limitOffset'] === undefined ? undefined : this.expressions.of(node['limitOffset']);
    const body = this.#body(node);
    return present({
      with: this.#with(node),
      body,
      order: this.expressions.sorts(list(node, 'sortClause')),
      limit: said,
      offset,
      at: body.at,
    }) as Query;
  }

  #body(node: Node): Query['body'] {
    const left = field(node, 'larg');
    const right = field(node, 'rarg');
    if (left !== undefined && right !== undefined) {
      const op = { SETOP_INTERSECT: 'intersect', SETOP_EXCEPT: 'except' }[text(node, 'op') ?? ''] ?? 'union';
      const [first, second] = [this.query(left), this.query(right)];
      const at = { start: first.at.start, end: second.at.end };
      return { is: 'set', op: op as 'union', all: node['all'] === true, left: first, right: second, at };
    }
    const rows = list(node, 'valuesLists');
    if (rows.length > 0) {
      const values = rows.map((row) => this.expressions.all(list(as(row, 'List') ?? {}, 'items')));
      return { is: 'values', rows: values, at: this.places.around({ location: -1 }, ...values.flat().map((one) => one.at)) };
    }
    return this.#core(node);
  }

  #core(node: Node): Core {
    const items = this.items(list(node, 'targetList'));
    const from = list(node, 'fromClause').map((one) => this.from(one));
    const distinct = list(node, 'distinctClause');
    // DISTINCT without ON is a list with one empty node.
    const on = distinct.filter((one) => isNode(one) && Object.keys(one).length > 0);
    const windows = list(node, 'windowClause').map((one) => window(this.expressions, as(one, 'WindowDef') ?? {}));
    const where = node['whereClause'] === undefined ? undefined : this.expressions.of(node['whereClause']);
    const having = node['havingClause'] === undefined ? undefined : this.expressions.of(node['havingClause']);
    return present({
      is: 'core' as const,
      distinct: distinct.length === 0 ? undefined : on.length === 0 ? (true as const) : this.expressions.all(on),
      items,
      from,
      where,
      group: list(node, 'groupClause').flatMap((one) => this.#grouping(one)),
      having,
      windows,
      at: this.places.around({ location: -1 }, ...items.map((one) => one.at), ...from.map((one) => one.at), where?.at),
    }) as Core;
  }

  #grouping(value: unknown): Expr[] {
    const set = as(value, 'GroupingSet');
    if (set === undefined) return [this.expressions.of(value)];
    return list(set, 'content').flatMap((one) => this.#grouping(one));
  }

  items(values: readonly unknown[]): Item[] {
    return values.flatMap((value): Item[] => {
      const target = as(value, 'ResTarget');
      if (target === undefined) return [];
      const reference = as(target['val'], 'ColumnRef');
      const fields = reference === undefined ? [] : strings(list(reference, 'fields'));
      if (reference !== undefined && fields.length > 0 && fields.at(-1) === undefined) {
        const path = fields.slice(0, -1).map((name) => name ?? '');
        return [{ star: this.places.path(reference, path), at: this.places.around(reference) }];
      }
      const of = this.expressions.of(target['val']);
      const name = text(target, 'name');
      return [{ of, at: of.at, ...(name === undefined ? {} : { alias: this.places.after(name, of.at.end - 1) }) }];
    });
  }

  from(value: unknown): From {
    const table = as(value, 'RangeVar');
    if (table !== undefined) return this.table(table);
    const join = as(value, 'JoinExpr');
    if (join !== undefined) return this.#join(join);
    const inner = as(value, 'RangeSubselect');
    if (inner !== undefined) {
      const query = this.query(as(inner['subquery'], 'SelectStmt') ?? {});
      return { is: 'query', query, lateral: inner['lateral'] === true, at: query.at, ...this.#alias(inner, query.at.start) };
    }
    const sample = as(value, 'RangeTableSample');
    if (sample !== undefined) return this.from(sample['relation']);
    const node = isNode(value) ? (Object.values(value).find(isNode) ?? {}) : {};
    const calls =
      'functions' in node ? list(node, 'functions').flatMap((one) => list(as(one, 'List') ?? {}, 'items').slice(0, 1)) : [value];
    const read = this.expressions.all(calls);
    const at = this.places.around({ location: -1 }, ...read.map((one) => one.at));
    return { is: 'function', calls: read, lateral: true, at, ...this.#alias(node, at.start) };
  }

  #join(join: Node): From {
    const [left, right] = [this.from(join['larg']), this.from(join['rarg'])];
    const on = join['quals'] === undefined ? undefined : this.expressions.of(join['quals']);
    const using = strings(list(join, 'usingClause')).filter((name) => name !== undefined);
    const alias = field(join, 'alias') ?? field(join, 'join_using_alias');
    const name = alias === undefined ? undefined : text(alias, 'aliasname');
    const natural = join['isNatural'] === true;
    const kind = JOINS[text(join, 'jointype') ?? ''] ?? 'inner';
    return present({
      is: 'join' as const,
      kind: kind === 'inner' && on === undefined && using.length === 0 && !natural ? ('cross' as const) : kind,
      left,
      right,
      on,
      using: using.length === 0 ? undefined : using.map((one) => this.places.after(one, right.at.start)),
      natural: natural ? (true as const) : undefined,
      alias: name === undefined ? undefined : this.places.after(name, right.at.start),
      at: { start: left.at.start, end: Math.max(right.at.end, on?.at.end ?? 0) },
    }) as From;
  }

  #alias(node: Node, from: number): { alias?: Name; columns?: readonly Name[] } {
    const alias = field(node, 'alias');
    const name = alias === undefined ? undefined : text(alias, 'aliasname');
    if (alias === undefined || name === undefined) return {};
    const said = this.places.after(name, from);
    const columns = strings(list(alias, 'colnames')).filter((one) => one !== undefined);
    return {
      alias: said,
      ...(columns.length === 0 ? {} : { columns: columns.map((one) => this.places.after(one, said.at.start)) }),
    };
  }

  table(node: Node): TableFrom {
    const schema = text(node, 'schemaname');
    const names = [...(schema === undefined ? [] : [schema]), text(node, 'relname') ?? ''];
    const catalog = text(node, 'catalogname');
    const path = this.places.path(node, catalog === undefined ? names : [catalog, ...names]);
    const at = this.places.around({ location: -1 }, ...path.map((one) => one.at));
    return { is: 'table', path: path.slice(-names.length), at, ...this.#alias(node, path.at(-1)?.at.start ?? 0) };
  }

  #with(node: Node): With | undefined {
    const clause = field(node, 'withClause');
    if (clause === undefined) return undefined;
    const ctes = list(clause, 'ctes').flatMap((value): Cte[] => {
      const cte = as(value, 'CommonTableExpr');
      if (cte === undefined) return [];
      const columns = strings(list(cte, 'aliascolnames')).filter((one) => one !== undefined);
      const name = this.places.path(cte, [text(cte, 'ctename') ?? ''])[0] as Name;
      const said = text(cte, 'ctematerialized');
      // SEARCH and CYCLE add columns that only the whole has.
      const more = [
        ...strings([{ String: { sval: text(field(cte, 'search_clause') ?? {}, 'search_seq_column') } }]),
        text(field(cte, 'cycle_clause') ?? {}, 'cycle_mark_column'),
        text(field(cte, 'cycle_clause') ?? {}, 'cycle_path_column'),
      ].filter((one) => one !== undefined);
      const named = columns.map((one) => ({ name: one, at: name.at }));
      return [
        {
          name,
          statement: this.statement(cte['ctequery']),
          ...(columns.length === 0 ? {} : { columns: [...named, ...more.map((one) => ({ name: one, at: name.at }))] }),
          ...(said === 'CTEMaterializeAlways'
            ? { materialized: true }
            : said === 'CTEMaterializeNever'
              ? { materialized: false }
              : {}),
        },
      ];
    });
    return { recursive: clause['recursive'] === true, ctes };
  }

  #assignments(values: readonly unknown[]): Assignment[] {
    return values.flatMap((value) => {
      const target = as(value, 'ResTarget');
      const name = target === undefined ? undefined : text(target, 'name');
      if (target === undefined || name === undefined) return [];
      return [{ columns: this.places.path(target, [name]), value: this.expressions.of(target['val']) }];
    });
  }

  #returning(node: Node): Item[] {
    return this.items(list(field(node, 'returningClause') ?? {}, 'exprs').concat(list(node, 'returningList')));
  }

  #where(node: Node): Expr | undefined {
    return node['whereClause'] === undefined ? undefined : this.expressions.of(node['whereClause']);
  }

  #insert(node: Node): Statement {
    const select = as(node['selectStmt'], 'SelectStmt');
    const columns = list(node, 'cols').flatMap((value) => {
      const target = as(value, 'ResTarget');
      return target === undefined ? [] : this.places.path(target, [text(target, 'name') ?? '']);
    });
    return present({
      is: 'insert' as const,
      with: this.#with(node),
      table: this.table(field(node, 'relation') ?? {}),
      columns,
      query: select === undefined ? undefined : this.query(select),
      conflict: this.#conflict(field(node, 'onConflictClause')),
      returning: this.#returning(node),
    }) as Statement;
  }

  #conflict(node: Node | undefined): Conflict | undefined {
    if (node === undefined) return undefined;
    const infer = field(node, 'infer');
    const target =
      infer === undefined ? [] : list(infer, 'indexElems').map((one) => this.#element(as(one, 'IndexElem') ?? {}, infer));
    return present({
      target,
      where: infer === undefined ? undefined : this.#where(infer),
      sets: this.#assignments(list(node, 'targetList')),
      condition: this.#where(node),
      at: this.places.token(infer ?? node) ?? NOWHERE,
    }) as Conflict;
  }

  #element(node: Node, infer: Node): Expr {
    const name = text(node, 'name');
    if (name === undefined) return this.expressions.of(node['expr']);
    const said = this.places.after(name, locationOf(infer) ?? 0);
    return { is: 'column', path: [said], at: said.at };
  }

  #update(node: Node): Statement {
    return present({
      is: 'update' as const,
      with: this.#with(node),
      table: this.table(field(node, 'relation') ?? {}),
      sets: this.#assignments(list(node, 'targetList')),
      from: list(node, 'fromClause').map((one) => this.from(one)),
      where: this.#where(node),
      order: [],
      returning: this.#returning(node),
    }) as Statement;
  }

  #delete(node: Node): Statement {
    return present({
      is: 'delete' as const,
      with: this.#with(node),
      table: this.table(field(node, 'relation') ?? {}),
      from: list(node, 'usingClause').map((one) => this.from(one)),
      where: this.#where(node),
      order: [],
      returning: this.#returning(node),
    }) as Statement;
  }

  #merge(node: Node): Statement {
    const whens = list(node, 'mergeWhenClauses').flatMap((value): MergeWhen[] => {
      const when = as(value, 'MergeWhenClause');
      if (when === undefined) return [];
      const action =
        { CMD_INSERT: 'insert', CMD_UPDATE: 'update', CMD_DELETE: 'delete' }[text(when, 'commandType') ?? ''] ?? 'nothing';
      const targets = list(when, 'targetList');
      return [
        present({
          action: action as 'insert',
          condition: when['condition'] === undefined ? undefined : this.expressions.of(when['condition']),
          columns:
            action === 'insert'
              ? targets.flatMap((one) => {
                  const target = as(one, 'ResTarget') ?? {};
                  return this.places.path(target, [text(target, 'name') ?? '']);
                })
              : [],
          values: this.expressions.all(list(when, 'values')),
          sets: action === 'update' ? this.#assignments(targets) : [],
        }) as MergeWhen,
      ];
    });
    return present({
      is: 'merge' as const,
      with: this.#with(node),
      table: this.table(field(node, 'relation') ?? {}),
      source: this.from(node['sourceRelation']),
      on: this.expressions.of(node['joinCondition']),
      whens,
      returning: this.#returning(node),
    }) as Statement;
  }
}

/** The first statement of a parsed text. */
export function statementOf(source: Source): Statement {
  return new Reader(source).statement(source.tree.stmts[0]?.stmt);
}

/** The expression of a text that was parsed as `SELECT (expression)`; its places are those of that text. */
export function expressionOf(source: Source): Expr | undefined {
  const select = as(source.tree.stmts[0]?.stmt, 'SelectStmt');
  const target = select === undefined ? undefined : as(list(select, 'targetList')[0], 'ResTarget');
  return target === undefined ? undefined : new Reader(source).expressions.of(target['val']);
}
