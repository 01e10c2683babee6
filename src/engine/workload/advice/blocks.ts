/** The SELECTs, UPDATEs and DELETEs of a statement with what stands in their FROM: names as far as they are certain. */
import type { Column } from '#model/column-types.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Table } from '#model/types.ts';
import type { Names } from '../../dialects/base/expressions/names.ts';
import type { Core, Expr, From, Query, Statement, With } from '../tree.ts';
import { visit } from '../walk.ts';

/** Something in FROM. */
export interface Source {
  /** What qualifies its columns; empty when nothing does. */
  readonly name: string;
  readonly from: From;
  /** Set for a table of the model. */
  readonly table?: Table;
  readonly columns: readonly Column[];
  /** An outer join may fill its columns with NULL. */
  readonly outer: boolean;
}

export type BlockPlace = 'top' | 'arm' | 'from' | 'with' | 'exists' | 'in' | 'scalar';

/** One level of a statement. */
export interface Block {
  readonly place: BlockPlace;
  /** The expression that holds it, for a subquery. */
  readonly holder?: Expr;
  readonly parent?: Block;
  /** Set for a SELECT. */
  readonly core?: Core;
  /** With ORDER BY and LIMIT that are of this SELECT alone. */
  readonly query?: Query;
  readonly change?: Extract<Statement, { is: 'update' | 'delete' }>;
  readonly where?: Expr;
  /** Conditions of inner joins, which count like those of WHERE. */
  readonly on: readonly Expr[];
  readonly sources: readonly Source[];
}

/** A column of a source that a name means. */
export interface Seen {
  readonly source: Source;
  readonly column: Column;
  readonly table: Table;
  /** The block in whose FROM it stands. */
  readonly block: Block;
}

class Reader {
  readonly blocks: Block[] = [];
  readonly #document: Document;
  readonly #names: Names;

  constructor(document: Document, names: Names) {
    this.#document = document;
    this.#names = names;
  }

  #source(from: From, outer: boolean, ctes: ReadonlySet<string>): Source {
    const name = 'alias' in from ? from.alias?.name : undefined;
    if (from.is !== 'table') return { name: name ?? '', from, columns: [], outer };
    const last = from.path.at(-1)?.name ?? '';
    const schema = from.path.length > 1 ? from.path.at(-2)?.name : undefined;
    const isCte = from.path.length === 1 && ctes.has(this.#names.key(last));
    const id = isCte ? undefined : (this.#names.relation(last, schema) ?? this.#names.relation(last));
    const table = id !== undefined && Object.hasOwn(this.#document.tables, id) ? this.#document.tables[id] : undefined;
    if (table === undefined || from.columns !== undefined) return { name: name ?? last, from, columns: [], outer };
    return { name: name ?? last, from, outer, table, columns: columnsOf(this.#document, table) };
  }

  #from(from: From, outer: boolean, ctes: ReadonlySet<string>, into: { sources: Source[]; on: Expr[]; inner: Query[] }): void {
    if (from.is !== 'join') {
      if (from.is === 'query') into.inner.push(from.query);
      into.sources.push(this.#source(from, outer, ctes));
      return;
    }
    this.#from(from.left, outer || from.kind === 'right' || from.kind === 'full', ctes, into);
    this.#from(from.right, outer || from.kind === 'left' || from.kind === 'full', ctes, into);
    if (from.on !== undefined && (from.kind === 'inner' || from.kind === 'cross')) into.on.push(from.on);
  }

  #inner(expr: Expr | undefined, parent: Block, ctes: ReadonlySet<string>): void {
    if (expr === undefined) return;
    visit(expr, (one) => {
      if (one.is === 'exists') this.query(one.query, 'exists', ctes, parent, one);
      if (one.is === 'query') this.query(one.query, 'scalar', ctes, parent, one);
      if (one.is === 'in query') this.query(one.query, 'in', ctes, parent, one);
      return true;
    });
  }

  #allOn(from: From, parent: Block, ctes: ReadonlySet<string>): void {
    if (from.is === 'function') for (const call of from.calls) this.#inner(call, parent, ctes);
    if (from.is !== 'join') return;
    this.#allOn(from.left, parent, ctes);
    this.#allOn(from.right, parent, ctes);
    this.#inner(from.on, parent, ctes);
  }

  with(clause: With | undefined, ctes: ReadonlySet<string>): ReadonlySet<string> {
    const known = new Set(ctes);
    for (const cte of clause?.ctes ?? []) {
      if (clause?.recursive === true) known.add(this.#names.key(cte.name.name));
      this.statement(cte.statement, 'with', known);
      known.add(this.#names.key(cte.name.name));
    }
    return known;
  }

  query(query: Query, place: BlockPlace, ctes: ReadonlySet<string>, parent?: Block, holder?: Expr): void {
    const known = this.with(query.with, ctes);
    const { body } = query;
    if (body.is === 'set') {
      this.query(body.left, 'arm', known, parent, holder);
      this.query(body.right, 'arm', known, parent, holder);
    }
    if (body.is !== 'core') return;
    const into = { sources: [] as Source[], on: [] as Expr[], inner: [] as Query[] };
    for (const from of body.from) this.#from(from, false, known, into);
    const block: Block = {
      place,
      core: body,
      query,
      sources: into.sources,
      on: into.on,
      ...(parent === undefined ? {} : { parent }),
      ...(holder === undefined ? {} : { holder }),
      ...(body.where === undefined ? {} : { where: body.where }),
    };
    this.blocks.push(block);
    for (const inner of into.inner) this.query(inner, 'from', known, block);
    for (const from of body.from) this.#allOn(from, block, known);
    for (const item of body.items) this.#inner(item.of, block, known);
    for (const one of [body.where, body.having, ...body.group, ...query.order.map((sort) => sort.of)])
      this.#inner(one, block, known);
  }

  statement(statement: Statement, place: BlockPlace, ctes: ReadonlySet<string>): void {
    if (statement.is === 'select') this.query(statement.query, place, ctes);
    if (statement.is === 'insert') {
      const known = this.with(statement.with, ctes);
      if (statement.query !== undefined) this.query(statement.query, 'from', known);
    }
    if (statement.is !== 'update' && statement.is !== 'delete') return;
    const known = this.with(statement.with, ctes);
    const into = { sources: [] as Source[], on: [] as Expr[], inner: [] as Query[] };
    this.#from(statement.table, false, known, into);
    for (const from of statement.from) this.#from(from, false, known, into);
    const block: Block = {
      place,
      change: statement,
      sources: into.sources,
      on: into.on,
      ...(statement.where === undefined ? {} : { where: statement.where }),
    };
    this.blocks.push(block);
    for (const inner of into.inner) this.query(inner, 'from', known, block);
    this.#inner(statement.where, block, known);
    if (statement.is === 'update') for (const set of statement.sets) this.#inner(set.value, block, known);
  }
}

/** Every level of a statement, those around before those within. */
export function blocksOf(document: Document, names: Names, statement: Statement): readonly Block[] {
  const reader = new Reader(document, names);
  reader.statement(statement, 'top', new Set());
  return reader.blocks;
}

/**
 * What a name means when it stands in a block. Undefined where that is not certain: a name that nothing known has, beside
 * something whose columns are not known.
 */
export function seen(names: Names, block: Block, expr: Expr): Seen | undefined {
  if (expr.is !== 'column') return undefined;
  const name = names.key(expr.path.at(-1)?.name ?? '');
  const qualifier = expr.path.length > 1 ? names.key(expr.path.at(-2)?.name ?? '') : undefined;
  for (let at: Block | undefined = block; at !== undefined; at = at.parent) {
    const level: Block = at;
    const found = level.sources.flatMap((source): Seen[] => {
      if (qualifier !== undefined && names.key(source.name) !== qualifier) return [];
      const column = source.columns.find((one) => names.key(one.name) === name);
      return column === undefined || source.table === undefined ? [] : [{ source, column, table: source.table, block: level }];
    });
    if (found.length === 1) return found[0];
    if (found.length > 1) return undefined;
    if (level.sources.some((one) => (qualifier === undefined ? one.table === undefined : names.key(one.name) === qualifier)))
      return undefined;
  }
  return undefined;
}
