import { ungrouped } from './grouping.ts';
import type { Names, Printer } from './print.ts';
import type { Expr, FromItem, Query, SelectCore, TableItem, Word } from './tree.ts';

/** A table or view of the source, and what it is called in the target. */
export interface Source {
  readonly path: readonly string[];
  /** Its columns: undefined when they are not known. */
  column(name: string): { readonly name: string; readonly holds?: NonNullable<ReturnType<Names['column']>>['holds'] } | undefined;
  /** Lists of columns, by how the source's names are looked up, each of which determines a row. */
  readonly keys?: readonly (readonly string[])[];
}

export interface QueryNames {
  /** Undefined: no table or view of this name. */
  table(path: readonly Word[]): Source | undefined;
  /** The target's form of a name that the query itself gives. */
  form(name: string): string;
  key(name: string): string;
  ownType: Names['ownType'];
}

interface Level {
  readonly sources: Map<string, Source>;
  /** Names the query gives to what it selects: ORDER BY may use them. */
  readonly aliases: Set<string>;
}

const SETS: Readonly<Record<string, string>> = {
  union: 'UNION',
  'union all': 'UNION ALL',
  intersect: 'INTERSECT',
  except: 'EXCEPT',
};

/** Writes whole queries; expressions inside are the {@link Printer}'s. */
export class QueryPrinter implements Names {
  readonly ownType: Names['ownType'];
  private readonly names: QueryNames;
  private readonly levels: Level[] = [];
  private readonly common = new Map<string, Source>();

  constructor(names: QueryNames) {
    this.names = names;
    this.ownType = names.ownType;
  }

  column(path: readonly Word[]): ReturnType<Names['column']> {
    const key = (name: string) => this.names.key(name);
    const last = path.at(-1) as Word;
    const table = path.at(-2);
    for (const level of this.levels.toReversed()) {
      if (table !== undefined) {
        const found = level.sources.get(key(table.name));
        const column = found?.column(last.name);
        if (found === undefined || column === undefined) continue;
        return { path: [this.names.form(table.name), column.name], holds: column.holds };
      }
      for (const source of level.sources.values()) {
        const column = source.column(last.name);
        if (column !== undefined) return { path: [column.name], holds: column.holds };
      }
      if (level.aliases.has(key(last.name))) return { path: [this.names.form(last.name)] };
    }
    return undefined;
  }

  query(query: Query, printer: Printer): string {
    const parts: string[] = [];
    if (query.with.length > 0) {
      const items = query.with.map((one) => {
        const text = this.query(one.query, printer);
        this.common.set(this.names.key(one.name.name), this.derived(one.name, one.query, one.columns));
        const columns =
          one.columns.length === 0 ? '' : ` (${one.columns.map(({ name }) => printer.ident(this.names.form(name))).join(', ')})`;
        return `${printer.ident(this.names.form(one.name.name))}${columns} AS (${text})`;
      });
      if (query.recursive) printer.fail('a recursive query');
      parts.push(`WITH ${items.join(', ')}`);
    }
    this.levels.push({ sources: new Map(), aliases: new Set() });
    parts.push(this.core(query.first, printer, query.more.length > 0 ? [] : query.order));
    for (const { op, core } of query.more) {
      this.levels.pop();
      this.levels.push({ sources: new Map(), aliases: new Set() });
      parts.push(printer.to === 'oracle' && op === 'except' ? 'MINUS' : (SETS[op] as string), this.core(core, printer, []));
    }
    parts.push(...this.tail(query, printer));
    this.levels.pop();
    return parts.join('\n');
  }

  private tail(query: Query, printer: Printer): string[] {
    const parts: string[] = [];
    const whole = query.limit === undefined && query.offset === undefined;
    if (query.order.length > 0 && whole && printer.to === 'mssql') {
      printer.notes.add('A view of SQL Server has no order: each query that reads it must say ORDER BY itself.');
      return parts;
    }
    if (query.order.length > 0) parts.push(`ORDER BY ${printer.sort(query.order)}`);
    if (whole) return parts;
    if (printer.to === 'mssql' || printer.to === 'oracle') {
      if (query.order.length === 0 && printer.to === 'mssql') printer.fail('LIMIT without ORDER BY');
      parts.push(`OFFSET ${query.offset === undefined ? '0' : printer.value(query.offset)} ROWS`);
      if (query.limit !== undefined) parts.push(`FETCH NEXT ${printer.value(query.limit)} ROWS ONLY`);
      return parts;
    }
    if (query.limit === undefined && printer.to !== 'postgresql') printer.fail('OFFSET without LIMIT');
    if (query.limit !== undefined) parts.push(`LIMIT ${printer.value(query.limit)}`);
    if (query.offset !== undefined) parts.push(`OFFSET ${printer.value(query.offset)}`);
    return parts;
  }

  /** What a query in FROM or WITH offers: the names it gives, types unknown. */
  private derived(name: Word, query: Query, columns: readonly Word[] = []): Source {
    const key = (name: string) => this.names.key(name);
    const form = (name: string) => this.names.form(name);
    const given =
      columns.length > 0
        ? columns.map((one) => one.name)
        : query.first.items.flatMap(({ of, alias }) =>
            alias !== undefined ? [alias.name] : of?.is === 'name' ? [of.path.at(-1)?.name ?? ''] : [],
          );
    const open = query.first.items.some(({ star }) => star !== undefined) && columns.length === 0;
    const known = new Set(given.map(key));
    return { path: [form(name.name)], column: (one) => (open || known.has(key(one)) ? { name: form(one) } : undefined) };
  }

  private tableItem(item: TableItem, printer: Printer): string {
    const level = this.levels.at(-1) as Level;
    const key = (name: string) => this.names.key(name);
    const form = (name: string) => this.names.form(name);
    const as = item.alias === undefined ? '' : `${printer.to === 'oracle' ? ' ' : ' AS '}${printer.ident(form(item.alias.name))}`;
    if (item.query !== undefined) {
      if (item.alias === undefined) return printer.fail('a query in FROM without a name');
      const text = this.query(item.query, printer);
      level.sources.set(key(item.alias.name), this.derived(item.alias, item.query));
      return `(${text})${as}`;
    }
    const path = item.name ?? [];
    const last = path.at(-1) as Word;
    if (path.length === 1 && last.name.toLowerCase() === 'dual' && this.names.table(path) === undefined)
      return printer.to === 'oracle' || printer.to === 'mysql' || printer.to === 'mariadb' ? 'DUAL' : printer.fail('FROM DUAL');
    const found = (path.length === 1 ? this.common.get(key(last.name)) : undefined) ?? this.names.table(path);
    if (found === undefined) return printer.fail(`${path.map(({ name }) => name).join('.')}, which is no table or view here`);
    level.sources.set(key(item.alias?.name ?? last.name), found);
    const name = found.path.map((one) => printer.ident(one)).join('.');
    // A table that is called otherwise now keeps answering to the name that the query uses.
    const renamed =
      item.alias === undefined && found.path.at(-1) !== form(last.name)
        ? `${printer.to === 'oracle' ? ' ' : ' AS '}${printer.ident(form(last.name))}`
        : as;
    return `${name}${renamed}`;
  }

  private from(item: FromItem, printer: Printer): string {
    const first = 'first' in item.first ? `(${this.from(item.first, printer)})` : this.tableItem(item.first, printer);
    const rest = item.joins.map((join) => {
      const right =
        join.right.joins.length === 0 && !('first' in join.right.first)
          ? this.tableItem(join.right.first, printer)
          : `(${this.from(join.right, printer)})`;
      if (join.kind === 'comma') return `, ${right}`;
      const mysql = printer.to === 'mysql' || printer.to === 'mariadb';
      if (join.kind === 'full' && mysql) printer.fail('FULL JOIN');
      // MySQL takes JOIN without a condition, others do not.
      const crossed = join.kind === 'inner' && join.on === undefined && join.using === undefined;
      const words =
        join.kind === 'cross' || crossed ? 'CROSS JOIN' : `${join.kind === 'inner' ? '' : `${join.kind.toUpperCase()} `}JOIN`;
      const on = join.on === undefined ? '' : ` ON ${printer.condition(join.on)}`;
      if (join.using !== undefined && printer.to === 'mssql') printer.fail('JOIN ... USING');
      const using =
        join.using === undefined
          ? ''
          : ` USING (${join.using.map((one) => printer.ident(this.column([one])?.path.at(-1) ?? this.names.form(one.name))).join(', ')})`;
      return `\n  ${words} ${right}${on}${using}`;
    });
    return `${first}${rest.join('')}`;
  }

  private core(core: SelectCore, printer: Printer, order: Query['order']): string {
    const from = core.from === undefined ? '' : `\nFROM ${this.from(core.from, printer)}`;
    if (core.from === undefined && printer.to === 'oracle' && printer.version < 23) printer.fail('SELECT without FROM');
    const more = this.grouped(core, printer, order);
    const level = this.levels.at(-1) as Level;
    const items = core.items.map(({ of, star, alias }) => {
      if (star !== undefined) return star.length === 0 ? '*' : `${printer.ident(this.names.form(star[0]?.name ?? ''))}.*`;
      const text = printer.value(of ?? { is: 'null' });
      if (alias === undefined) return text;
      level.aliases.add(this.names.key(alias.name));
      return `${text} AS ${printer.ident(this.names.form(alias.name))}`;
    });
    const where = core.where === undefined ? '' : `\nWHERE ${printer.condition(core.where)}`;
    const group =
      core.group.length === 0 ? '' : `\nGROUP BY ${[...core.group, ...more].map((one) => this.group(one, printer)).join(', ')}`;
    const having = core.having === undefined ? '' : `\nHAVING ${printer.condition(core.having)}`;
    return `SELECT ${core.distinct ? 'DISTINCT ' : ''}${items.join(', ')}${from}${where}${group}${having}`;
  }

  private group(expr: Expr, printer: Printer): string {
    return expr.is === 'number'
      ? printer.to === 'mssql' || printer.to === 'oracle'
        ? printer.fail('GROUP BY a position')
        : expr.text
      : printer.value(expr);
  }

  /**
   * MySQL, SQLite and PostgreSQL select what is not grouped where it follows from what is; the others refuse it.
   * @returns what must be grouped by as well, which changes no group.
   */
  private grouped(core: SelectCore, printer: Printer, order: Query['order']): readonly Expr[] {
    const loose =
      printer.from === 'mysql' || printer.from === 'mariadb' || printer.from === 'sqlite' || printer.from === 'postgresql';
    if (!loose || core.group.length === 0) return [];
    const level = this.levels.at(-1) as Level;
    const found = ungrouped(core, order, level.sources, (name) => this.names.key(name));
    if (found === undefined) printer.fail('selecting what GROUP BY does not name');
    return found ?? [];
  }
}
