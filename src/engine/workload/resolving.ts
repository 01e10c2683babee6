import type { Policy } from '#model/table-parts.ts';
import type { Document, Id, View } from '#model/types.ts';
import type { Names } from '../dialects/base/expressions/names.ts';
import type { Draft, UseDraft } from './build.ts';
import type { Conditions, Place } from './conditions.ts';
import type { QueryFinding, Spot } from './facts.ts';
import type { Out, Scope } from './scope.ts';
import type { StoredView } from './stored-view.ts';
import type { Terms } from './terms.ts';
import type { Expr, Parsed, Query, Statement } from './tree.ts';

/** How a query stands to the one around it; absent: it gives rows, in FROM or on its own. */
export type Sub = 'semi' | 'anti' | 'scalar';

/** What a query gives. */
export interface Answer {
  readonly outs: readonly Out[] | undefined;
  /** The first of its table uses; those of queries around it come before. */
  readonly first: number;
}

/** Reads SQL of the document's dialect. */
export interface QueryPort {
  parse(sql: string): Parsed;
  /** Undefined when it cannot be read. */
  expression(sql: string): Expr | undefined;
}

/** The work of resolving one statement, as its parts see it. */
export interface Resolving {
  readonly document: Document;
  readonly names: Names;
  readonly port: QueryPort;
  readonly draft: Draft;
  readonly terms: Terms;
  readonly conditions: Conditions;
  /** The role that runs it; absent = any. */
  readonly role: string | undefined;
  /** Views that are being gone through, outermost first. */
  readonly through: readonly Id[];
  /** Whether places are those of the query's own text. */
  readonly spots: boolean;
  finding(code: QueryFinding['code'], message: string, at: Spot, suggestions?: readonly string[]): void;
  /** Notes that the columns of a resolved expression are needed. */
  need(expr: Expr): void;
  /** Runs something and tells which uses before `first` it needed. */
  watching<T>(run: () => T): { readonly value: T; readonly needed: ReadonlySet<number> };
  bind(expr: Expr, scope: Scope): Expr;
  /** Binds and notes what is needed. */
  bound(expr: Expr, scope: Scope): Expr;
  query(query: Query, scope: Scope, sub?: Sub): Answer;
  statement(statement: Statement, scope: Scope): Answer;
  /** Takes a condition apart: subqueries that are joins, and the rest. @returns the uses that each part connects. */
  where(condition: Expr, scope: Scope, place: Place): readonly ReadonlySet<number>[];
  /** Adds what row-level security asks of a use. */
  policies(use: UseDraft, commands: readonly Policy['command'][], place: Place): void;
  /** A materialized view as a table; undefined when its columns cannot be told from its query. */
  stored(view: View): StoredView | undefined;
  /** Notes that `*` stands for columns that are not known. */
  unknownStar(): void;
  /** What the query of a view gives, under the view's names; undefined where it cannot be read. */
  viewOuts(view: View): readonly Out[] | undefined;
  /** Works on the text of a view, in its own world. */
  inView<T>(view: Id, run: () => T): T;
}
