import type { Column } from '#model/column-types.ts';
import type { Sql } from '#model/types.ts';
import type { MutableTable, ReadState } from './state.ts';
import { Source } from './tokens.ts';
import type { Writable } from './writable.ts';

/** The expression with a column's name replaced wherever it stands as a name of its own. */
function replaceName(sql: Sql, from: string, to: string): Sql {
  const source = new Source(sql);
  let out = sql;
  for (const [i, token] of [...source.tokens.entries()].reverse()) {
    const name =
      token.kind === 'word' ? sql.slice(token.start, token.end).toLowerCase() : token.text.slice(1, -1).replaceAll('""', '"');
    if ((token.kind !== 'word' && token.kind !== 'quoted') || name !== from) continue;
    const after = source.token(i + 1)?.text;
    const isCall = token.kind === 'word' && after === '(';
    const isType = source.token(i - 1)?.text === '::';
    if (!isCall && !isType && after !== '.') out = out.slice(0, token.start) + to + out.slice(token.end);
  }
  return out;
}

/** Replaces a column's name in the checks, indexes, policies and generated columns of its table. @param to as SQL. */
function replaceColumnName(table: MutableTable, from: string, to: Sql): void {
  const change = (sql: Sql) => replaceName(sql, from, to);
  for (const check of table.checks) check.expression = change(check.expression);
  for (const part of [...table.indexes, ...table.exclusions]) {
    if (part.where !== undefined) part.where = change(part.where);
    for (const element of part.elements) if (element.expression !== undefined) element.expression = change(element.expression);
  }
  for (const policy of table.policies) {
    if (policy.using !== undefined) policy.using = change(policy.using);
    if (policy.withCheck !== undefined) policy.withCheck = change(policy.withCheck);
  }
  for (const one of table.columns) if (one.generated !== undefined) one.generated.expression = change(one.generated.expression);
}

/** Renames a column, and its name in the SQL texts of its table. */
export function renameInTable(state: ReadState, table: MutableTable, column: Writable<Column>, name: string): void {
  replaceColumnName(table, column.name, state.quote(name));
  column.name = name;
  state.indexNames.forget();
}
