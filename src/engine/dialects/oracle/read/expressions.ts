import type { Default } from '#model/column-types.ts';
import type { Sql } from '#model/types.ts';
import type { Cursor } from '../../base/read/cursor.ts';

/** What may follow the value of a column's default. */
const ENDS = new Set([
  ...['CONSTRAINT', 'UNIQUE', 'PRIMARY', 'REFERENCES', 'CHECK', 'ENCRYPT', 'DECRYPT', 'VISIBLE', 'INVISIBLE', 'COLLATE'],
  ...['ENABLE', 'DISABLE', 'ANNOTATIONS', 'GENERATED', 'DEFERRABLE', 'INITIALLY', 'RELY', 'VALIDATE', 'NOVALIDATE'],
]);

/** Words after which a value goes on, so that NULL or NOT behind them belong to it. */
const GOES_ON = new Set(['IS', 'AND', 'OR', 'NOT', 'THEN', 'ELSE', 'WHEN', '||', '+', '-', '*', '/', '=', '<', '>']);

/** The value of a default: up to the next clause of the column. */
export function readValue(cursor: Cursor): Sql {
  const from = cursor.at;
  for (let cases = 0; !cursor.done && !cursor.isAny(',', ')'); ) {
    const word = cursor.word();
    const before = cursor.at > from ? (cursor.tokens[cursor.at - 1]?.word ?? '') : '(';
    if (
      cases === 0 &&
      cursor.at > from &&
      (ENDS.has(word) || cursor.is('NOT', 'NULL') || (word === 'NULL' && !GOES_ON.has(before)))
    )
      break;
    if (word === 'CASE') cases++;
    else if (word === 'END' && cases > 0) cases--;
    cursor.skip();
  }
  const sql = cursor.slice(from);
  if (sql === '') cursor.fail('a value was expected');
  return sql;
}

/** The default that a value means. */
export function asDefault(sql: Sql): Default {
  if (/^null$/i.test(sql)) return { kind: 'null', sql };
  const isLiteral = /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(sql) || /^n?'(?:[^']|'')*'$/i.test(sql) || /^(?:true|false)$/i.test(sql);
  return { kind: isLiteral ? 'literal' : 'expression', sql };
}
