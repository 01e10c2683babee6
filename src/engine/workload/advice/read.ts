import type { Column } from '#model/column-types.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import type { Dialect, Document, Id, Table } from '#model/types.ts';
import type { Names } from '../../dialects/base/expressions/names.ts';
import { lexSql } from '../../dialects/base/lex.ts';
import { REWRITING, type Rewriting } from '../../dialects/base/queries/rewriting.ts';
import { parseBySpelling } from '../../dialects/base/queries/statement.ts';
import { quotedName } from '../../dialects/base/quote.ts';
import { immutableBy } from '../../indexes/candidates/candidates.ts';
import { enforcedKeys, isNotNull } from '../../normalize/table-dependencies.ts';
import type { PgParser } from '../../sql/parser-port.ts';
import { analyseQuery } from '../analyse.ts';
import type { QueryFacts, Spot } from '../facts.ts';
import { namesOf } from '../resolve.ts';
import type { Expr, Statement } from '../tree.ts';
import { holds, visit } from '../walk.ts';
import { type Block, blocksOf, type Seen, type Source, seen } from './blocks.ts';
import { type Edit, spliced, Tokens } from './text.ts';

/** Conditions that must all hold, each where it stands; a NOT is one of them, as what it means stands nowhere. */
export function parts(expr: Expr | undefined): readonly Expr[] {
  if (expr === undefined) return [];
  return expr.is === 'and' ? expr.items.flatMap(parts) : [expr];
}

/** A query of the workload as advice looks at it. Memoised parts are worked out once for all kinds of advice. */
export class QueryRead {
  readonly document: Document;
  readonly query: WorkloadQuery;
  readonly facts: QueryFacts;
  readonly statement: Statement;
  readonly tokens: Tokens;
  readonly blocks: readonly Block[];
  readonly dialect: Dialect;
  readonly names: Names;

  readonly #parser: PgParser | undefined;
  #immutable: ((table: Table, expression: string) => boolean) | undefined;
  readonly #fixed = new Map<Source, readonly Id[]>();

  constructor(document: Document, query: WorkloadQuery, facts: QueryFacts, statement: Statement, parser: PgParser | undefined) {
    this.#parser = parser;
    this.document = document;
    this.query = query;
    this.facts = facts;
    this.statement = statement;
    this.dialect = document.settings['settings']?.dialect ?? 'postgresql';
    this.tokens = new Tokens(query.sql, lexSql(query.sql, this.dialect).tokens);
    this.names = namesOf(document);
    this.blocks = blocksOf(document, this.names, statement);
  }

  get sql(): string {
    return this.query.sql;
  }

  /** The text with edits made, when it still is a statement whose names all mean something. */
  rewritten(edits: readonly Edit[]): string | undefined {
    const sql = spliced(this.sql, edits);
    if (sql === this.sql) return undefined;
    const { findings } = analyseQuery(this.document, { ...this.query, sql }, this.#parser);
    return findings.some(({ severity }) => severity === 'error') ? undefined : sql;
  }

  /** Whether an index of the table may hold the expression. */
  immutable(table: Table, expression: string): boolean {
    this.#immutable ??= immutableBy(this.document, this.words.checksImmutable === true ? this.#parser : undefined);
    return this.#immutable(table, expression);
  }

  /** Rows are locked (`FOR UPDATE`), which not every query may do. */
  get locks(): boolean {
    return this.tokens.all.some((token, i) => token.word === 'FOR' && /^(?:UPDATE|SHARE|NO|KEY)$/.test(this.tokens.word(i + 1)));
  }

  get words(): Rewriting {
    return REWRITING[this.dialect];
  }

  /** Every name means something, so that what is said of columns is certain. */
  get sound(): boolean {
    return this.facts.findings.every(({ severity }) => severity !== 'error');
  }

  said(expr: { readonly at: Spot }): string {
    return this.tokens.said(expr.at);
  }

  /** A condition as one part of an AND. */
  part(expr: Expr): string {
    const text = this.said(expr);
    return expr.is === 'or' ? `(${text})` : text;
  }

  quoted(name: string): string {
    return quotedName(name, this.dialect);
  }

  seen(block: Block, expr: Expr): Seen | undefined {
    return seen(this.names, block, expr);
  }

  /** Whether the column cannot be NULL where it stands. */
  notNull({ source, column, table }: Seen): boolean {
    return !source.outer && isNotNull(this.document, table, column);
  }

  /** A column of one of the block's own sources. */
  own(block: Block, expr: Expr): Seen | undefined {
    const found = this.seen(block, expr);
    return found?.block === block ? found : undefined;
  }

  /** Whether the value is the same for all rows of the block; false where that is not certain. */
  constant(block: Block, expr: Expr): boolean {
    return !holds(expr, (one) => {
      if (one.is === 'exists' || one.is === 'query' || one.is === 'in query') return true;
      if (one.is !== 'column') return false;
      const found = this.seen(block, one);
      return found === undefined || found.block === block;
    });
  }

  /** Sources of the block that an expression looks at; undefined where that is not certain. */
  sourcesIn(block: Block, expr: Expr): ReadonlySet<Source> | undefined {
    const found = new Set<Source>();
    let certain = true;
    visit(expr, (one) => {
      if (one.is === 'exists' || one.is === 'query' || one.is === 'in query') certain = false;
      if (one.is === 'column') {
        const column = this.seen(block, one);
        if (column === undefined) certain = false;
        else if (column.block === block) found.add(column.source);
      }
      return true;
    });
    return certain ? found : undefined;
  }

  /** Conditions that every row of the block's result meets: those of WHERE and of its inner joins. */
  conditions(block: Block): readonly Expr[] {
    return [block.where, ...block.on].flatMap(parts);
  }

  /** Columns of a source that are compared for equality with something that is the same for all its rows. */
  fixed(block: Block, source: Source): readonly Id[] {
    const known = this.#fixed.get(source);
    if (known !== undefined) return known;
    const found = this.#findFixed(block, source);
    this.#fixed.set(source, found);
    return found;
  }

  #findFixed(block: Block, source: Source): readonly Id[] {
    return this.conditions(block).flatMap((one) => {
      if (one.is !== 'binary' || one.op !== '=') return [];
      const found: Id[] = [];
      for (const [side, other] of [
        [one.left, one.right],
        [one.right, one.left],
      ] as const) {
        const column = this.own(block, side);
        if (column?.source === source && this.constant(block, other)) found.push(column.column.id);
      }
      return found;
    });
  }

  /** Whether at most one row of the source is met: all of a key is compared with constants. */
  single(block: Block, source: Source): boolean {
    if (source.table === undefined) return false;
    const fixed = new Set(this.fixed(block, source));
    return this.keys(source.table).some((key) => key.every((id) => fixed.has(id)));
  }

  /** Keys that the database enforces, NULLs included. */
  keys(table: Table): readonly (readonly Id[])[] {
    return enforcedKeys(this.document, table).map((one) => one.columns);
  }

  /** Whether an index or key begins with the column. */
  leads(table: Table, column: Id): boolean {
    return (
      table.keys.some((key) => key.columns[0] === column) || table.indexes.some((index) => index.elements[0]?.column === column)
    );
  }

  column(table: Table, id: Id): Column | undefined {
    return table.columns.find((one) => one.id === id);
  }

  /** Names of the query's parameters. */
  get parameters(): ReadonlySet<string> {
    return new Set(this.facts.parameters);
  }

  /** Rows of a table as declared. */
  rows(table: Id): number | undefined {
    return this.document.tables[table]?.facts?.rows;
  }
}

/**
 * A query read for advice; undefined when its text is no single statement that can be read.
 * @param facts what the query says.
 * @param parser PostgreSQL's own, for its dialect.
 */
export function readForAdvice(
  document: Document,
  query: WorkloadQuery,
  facts: QueryFacts,
  parser: PgParser | undefined,
): QueryRead | undefined {
  const dialect = document.settings['settings']?.dialect ?? 'postgresql';
  if (facts.findings.some(({ code }) => code === 'syntax')) return undefined;
  // This reader knows where everything begins and ends, which PostgreSQL's trees do not say.
  const parsed = parseBySpelling(query.sql, dialect);
  if (!parsed.ok) return undefined;
  return new QueryRead(document, query, facts, parsed.statement, parser);
}
