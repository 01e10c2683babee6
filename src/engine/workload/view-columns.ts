import type { Dialect, Document, View } from '#model/types.ts';
import { expressionBySpelling, parseBySpelling } from '../dialects/base/queries/statement.ts';
import { Resolver } from './resolve.ts';

/**
 * Names of the columns that a view gives, read without a parser of the dialect's own: for whoever types a query. Columns without
 * a name, and those of a query that cannot be read, are left out.
 */
export function viewColumns(document: Document, view: View, dialect: Dialect): readonly string[] {
  const port = {
    parse: (sql: string) => parseBySpelling(sql, dialect),
    expression: (sql: string) => expressionBySpelling(sql, dialect),
  };
  const outs = new Resolver(document, port, {}).viewOuts(view);
  return outs === undefined ? (view.columns ?? []) : outs.flatMap(({ name }) => (name === '?column?' ? [] : [name]));
}
