import type { Column } from '#model/column-types.ts';
import { type CarrierWords, listOf } from '../../base/decomposition/words.ts';
import { dollarQuoted, ident, literal } from '../quote.ts';
import { objectName } from '../write/scope.ts';

/** What is compared: a row as text, exact for every type, in which NULL equals NULL. */
function rowText(columns: readonly Column[], before: string): string {
  return `ROW(${listOf({ ident }, columns, before)})::text`;
}

/** A block that ends the script with a message when a query finds a row. */
export function refuseIf(query: string, message: string, hint: string): string {
  const body = `
BEGIN
  IF EXISTS (
    ${query.replaceAll('\n', '\n    ')}
  ) THEN
    RAISE EXCEPTION USING MESSAGE = ${literal(message)}, HINT = ${literal(hint)};
  END IF;
END
`;
  return `DO ${dollarQuoted(body)};`;
}

/** How PostgreSQL asks about rows: whole rows as text, bags by EXCEPT ALL. */
export const POSTGRES_WORDS: CarrierWords = {
  ident,
  objectName,
  as: ' AS ',
  anything: '',
  same: (left, right) => `${left} IS NOT DISTINCT FROM ${right}`,
  rowText,
  refuseIf,
  queries: {
    contradictions(table, key, rest, where) {
      const keys = listOf({ ident }, key);
      return `SELECT ${keys} FROM ${table}${where === '' ? '' : `\nWHERE ${where}`}\nGROUP BY ${keys} HAVING count(DISTINCT ${rowText(rest, '')}) > 1`;
    },
    bagsDiffer(columns, table, query) {
      const old = `SELECT ${rowText(columns, '')} FROM ${table}`;
      const now = `SELECT ${rowText(columns, 'j.')} FROM (${query}) AS j`;
      return `(${old}\n EXCEPT ALL\n ${now})\nUNION ALL\n(${now}\n EXCEPT ALL\n ${old})`;
    },
    homeless: (columns, table, query) =>
      `SELECT ${rowText(columns, '')} FROM ${table}\nEXCEPT\nSELECT ${rowText(columns, 'j.')} FROM (${query}) AS j`,
  },
};
