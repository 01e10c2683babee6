import type { Dialect, Sql } from '#model/types.ts';
import type { MutableTable } from '../../../postgres/read/state.ts';
import { lexSql, tokenName } from '../../lex.ts';
import { nameKey, TRAITS } from '../../traits.ts';

/** Keys of the names that an expression has where a column's may stand: not before a bracket (a function) nor before a dot. */
export function namesIn(sql: Sql, dialect: Dialect): ReadonlySet<string> {
  const { tokens } = lexSql(sql, dialect);
  const names = tokens.flatMap((token, at) => {
    if (token.kind !== 'word' && token.kind !== 'quoted') return [];
    const after = tokens[at + 1]?.word;
    const other = after === '.' || (after === '(' && token.kind === 'word');
    return other ? [] : [nameKey(tokenName(token, dialect), dialect)];
  });
  return new Set(names);
}

/**
 * An expression over one table's columns with a column's name replaced wherever it stands as a name of its own: not before
 * a bracket (a function) and not before a dot (a qualifier).
 * @param to as SQL.
 * @param inBrackets only there: outside of them stand the words of a clause.
 */
export function renameWord(sql: Sql, dialect: Dialect, from: string, to: Sql, inBrackets = false): Sql {
  const { tokens } = lexSql(sql, dialect);
  const wanted = nameKey(from, dialect);
  let out = sql;
  let depth = 0;
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at];
    if (token?.word === ')') depth++;
    else if (token?.word === '(') depth--;
    if (inBrackets && depth === 0) continue;
    if (token === undefined || (token.kind !== 'word' && token.kind !== 'quoted')) continue;
    if (nameKey(tokenName(token, dialect), dialect) !== wanted) continue;
    const after = tokens[at + 1]?.word;
    if (after === '.' || (after === '(' && token.kind === 'word')) continue;
    out = out.slice(0, token.start) + to + out.slice(token.end);
  }
  return out;
}

/** {@link renameWord} in every SQL text of a table itself. */
export function renameInTable(table: MutableTable, dialect: Dialect, from: string, to: Sql): void {
  const change = (sql: Sql) => renameWord(sql, dialect, from, to);
  const own = TRAITS[dialect].checksNamedByColumn === true ? nameKey(from, dialect) : undefined;
  const [name] = lexSql(to, dialect).tokens;
  for (const check of table.checks) {
    check.expression = change(check.expression);
    if (own !== undefined && name !== undefined && check.name !== undefined && nameKey(check.name, dialect) === own)
      check.name = tokenName(name, dialect);
  }
  for (const index of table.indexes) {
    if (index.where !== undefined) index.where = change(index.where);
    for (const element of index.elements) if (element.expression !== undefined) element.expression = change(element.expression);
  }
  for (const column of table.columns)
    if (column.generated !== undefined) column.generated.expression = change(column.generated.expression);
  for (const element of table.partitioning?.elements ?? [])
    if (element.expression !== undefined) element.expression = change(element.expression);
  const clauses = [table, ...table.columns, ...table.keys, ...table.checks, ...table.indexes];
  for (const one of clauses)
    if (one.residue !== undefined) one.residue = one.residue.map((sql) => renameWord(sql, dialect, from, to, true));
}
