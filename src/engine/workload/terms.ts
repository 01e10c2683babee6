import type { ParameterValue } from '#model/query-types.ts';
import type { Dialect, Document, Id } from '#model/types.ts';
import { quotedName } from '../dialects/base/quote.ts';
import { typeFacts } from '../rules/type-facts.ts';
import type { Draft } from './build.ts';
import type { Term, Value } from './facts.ts';
import { print } from './print.ts';
import type { Expr } from './tree.ts';
import { dependsOnRows, holds, mapChildren, usesIn, visit } from './walk.ts';

/** What is known of parameters beside the text. */
export type Samples = ReadonlyMap<string, readonly ParameterValue[]>;

export const AGGREGATES: ReadonlySet<string> = new Set(
  (
    'count sum avg min max array_agg string_agg json_agg jsonb_agg json_object_agg jsonb_object_agg bool_and bool_or every bit_and bit_or ' +
    'stddev stddev_pop stddev_samp variance var_pop var_samp percentile_cont percentile_disc mode corr covar_pop covar_samp regr_slope ' +
    'group_concat json_arrayagg json_objectagg listagg total xmlagg any_value stdev stdevp var varp approx_count_distinct grouping'
  ).split(' '),
);

/** Whether this query's own part of it holds such a thing: what inner queries gave is left alone. */
function holdsHere(expr: Expr, is: (expr: Expr) => boolean): boolean {
  let found = false;
  visit(expr, (one) => {
    found ||= is(one);
    return !found && one.is !== 'inner' && one.is !== 'either';
  });
  return found;
}

/** Whether it holds an aggregate (that is no window function). */
export function isAggregated(expr: Expr): boolean {
  return holdsHere(expr, (one) => one.is === 'call' && one.over === undefined && AGGREGATES.has(one.path.at(-1) ?? ''));
}

/** Whether it holds a window function. */
export function hasWindow(expr: Expr): boolean {
  return holdsHere(expr, (one) => one.is === 'call' && one.over !== undefined);
}

/** Reading of resolved expressions as terms of table uses and as values. */
export class Terms {
  readonly document: Document;
  readonly dialect: Dialect;
  readonly draft: Draft;
  readonly samples: Samples;

  constructor(document: Document, dialect: Dialect, draft: Draft, samples: Samples) {
    this.document = document;
    this.dialect = dialect;
    this.draft = draft;
    this.samples = samples;
  }

  /** SQL with bare names, as a definition of the table would say it; casts that change nothing are left out. */
  bare(expr: Expr): string {
    return print(this.#withoutIdleCasts(expr), {
      dialect: this.dialect,
      nameOf: (use, column) => quotedName(this.#column(use, column)?.name ?? '?', this.dialect),
    });
  }

  /** Equal for expressions that mean the same. */
  key(expr: Expr): string {
    return print(expr, { dialect: this.dialect, nameOf: (use, column) => `${use}.${column}` });
  }

  #withoutIdleCasts(expr: Expr): Expr {
    if (expr.is === 'cast' && this.#castsNothing(expr.of, expr.type)) return this.#withoutIdleCasts(expr.of);
    return mapChildren(expr, (child) => this.#withoutIdleCasts(child));
  }

  #column(use: number, column: Id) {
    return this.draft.uses[use]?.columns.find(({ id }) => id === column);
  }

  /**
   * What an index of one table could hold for this expression. @param constants the expression is compared with something that
   * does not depend on rows, so that the condition reaches into grouped queries too.
   */
  termOf(expr: Expr, constants: boolean): { readonly use: number; readonly term: Term } | undefined {
    if (expr.is === 'inner') return expr.takes === 'constants' && constants ? this.termOf(expr.of, constants) : undefined;
    if (expr.is === 'cast' && this.#castsNothing(expr.of, expr.type)) return this.termOf(expr.of, constants);
    if (expr.is === 'base') return { use: expr.use, term: { column: expr.column, columns: [expr.column] } };
    const [use, ...others] = usesIn(expr);
    if (use === undefined || others.length > 0) return undefined;
    const stuck = holds(
      expr,
      (one) =>
        ['parameter', 'result', 'elsewhere', 'query', 'exists', 'in query', 'column', 'either', 'row', 'default'].includes(
          one.is,
        ) ||
        (one.is === 'inner' && !(constants && one.takes === 'constants')) ||
        (one.is === 'call' && (one.over !== undefined || AGGREGATES.has(one.path.at(-1) ?? ''))),
    );
    if (stuck) return undefined;
    const columns = new Set<Id>();
    visit(expr, (one) => {
      if (one.is === 'base') columns.add(one.column);
      return true;
    });
    return { use, term: { expression: this.bare(expr), columns: [...columns] } };
  }

  /** A cast of a column to the type it has, or between types of text, changes nothing that an index could see. */
  #castsNothing(of: Expr, type: string): boolean {
    if (of.is === 'inner') return this.#castsNothing(of.of, type);
    const column = of.is === 'base' ? this.#column(of.use, of.column) : undefined;
    if (column === undefined) return false;
    const own = typeFacts(this.document, column.type);
    const wanted = typeFacts(this.document, { kind: 'builtin', name: type.replace(/\(.*$/s, '').trim() });
    if (own.isArray) return false;
    if (own.name === wanted.name) return !type.includes('(');
    return wanted.name === 'text' && own.name === 'varchar';
  }

  /** Whether two columns have different types, so that a set operation converts one of them. */
  typesDiffer(a: Expr, b: Expr): boolean {
    const [first, second] = [a, b]
      .map((one) => (one.is === 'inner' ? one.of : one))
      .map((one) => (one.is === 'base' ? this.#column(one.use, one.column)?.type : undefined));
    if (first === undefined || second === undefined) return false;
    return typeFacts(this.document, first).name !== typeFacts(this.document, second).name;
  }

  /** What something that is compared with a term is. */
  value(expr: Expr): Value {
    if (expr.is === 'cast') {
      const inner = this.value(expr.of);
      if (inner.kind === 'parameter') return inner;
    }
    if (expr.is === 'parameter') return { kind: 'parameter', name: expr.name };
    if (dependsOnRows(expr)) return { kind: 'row' };
    if (holds(expr, (one) => one.is === 'result')) return { kind: 'query' };
    const parameters = new Set<string>();
    let computed = false;
    visit(expr, (one) => {
      if (one.is === 'parameter') parameters.add(one.name);
      if (one.is === 'call' || one.is === 'binary') computed = true;
      return true;
    });
    const sql = this.bare(expr);
    return computed || parameters.size > 0 ? { kind: 'computed', sql, parameters: [...parameters] } : { kind: 'literal', sql };
  }

  /** The texts that a pattern may be: the literal, or what is declared of the parameter. */
  texts(expr: Expr): readonly string[] {
    const plain = expr.is === 'cast' ? expr.of : expr;
    if (plain.is === 'literal' && plain.type === 'string') return [plain.text];
    if (plain.is !== 'parameter') return [];
    return (this.samples.get(plain.name) ?? []).map(({ sql }) => sql.replace(/^'([\s\S]*)'$/, '$1').replaceAll("''", "'"));
  }
}
