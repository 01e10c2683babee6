import type { SqliteDatabase } from '../../../sql/parser-port.ts';
import type { Token } from '../../base/lex.ts';
import { Cursor } from '../../base/read/cursor.ts';
import { localName } from './names.ts';

/** Places of one word that are tried: enough for any statement a person wrote. */
const TRIES = 64;

/**
 * Where the word stands that SQLite cannot read: the first one that cannot follow what is before it. SQLite explains
 * beginnings of the statement, which changes nothing, until one is wrong where the whole is.
 */
function syntaxErrorAt(database: SqliteDatabase, { text, tokens }: Cursor, word: string, message: string): number | undefined {
  const candidates = tokens.filter((token) => token.text === word || token.text.startsWith(word));
  for (const { start, end } of candidates.slice(0, TRIES)) {
    if (database.run(`EXPLAIN ${text.slice(0, end)}`)?.message === message) return start;
  }
  return undefined;
}

function named(tokens: readonly Token[], name: string, which: 'first' | 'last'): number | undefined {
  const wanted = name.toLowerCase();
  const isIt = (token: Token) => (token.kind === 'word' || token.kind === 'quoted') && localName(token).toLowerCase() === wanted;
  return (which === 'first' ? tokens.find(isIt) : tokens.findLast(isIt))?.start;
}

/** Names in SQLite's messages, and which of several places is meant. */
const NAMED: readonly (readonly [RegExp, 'first' | 'last'])[] = [
  [/^duplicate column name: (.+)$/s, 'last'],
  [/^unrecognized token: "(.+)"$/s, 'first'],
  [/^unknown column "(.+)" in foreign key definition$/s, 'first'],
  [/^default value of column \[(.+)\] is not constant$/s, 'first'],
  [/^(?:missing datatype|unknown datatype) for [^.]+\.([^:]+)/s, 'first'],
  [/^no such (?:column|table|view|index|trigger|module|function|collation sequence): "?(?:(?:main|temp)\.)?([^"]+)"?$/s, 'first'],
  [/^(?:table|index|view|trigger) "?([^"]+?)"? already exists$/s, 'first'],
  [/^there is already (?:a table|an index|another table or index with this name: |)(?: named)? ?(.+)$/s, 'first'],
];

/** UTF-16 offset in the statement of what SQLite's message is about; undefined when it says no place. */
export function problemPosition(database: SqliteDatabase, sql: string, message: string): number | undefined {
  const cursor = new Cursor(sql, 'sqlite');
  const near = /^near "([\s\S]+)": syntax error$/.exec(message)?.[1];
  if (near !== undefined) return syntaxErrorAt(database, cursor, near, message);
  if (message === 'incomplete input') return sql.trimEnd().length;
  for (const [pattern, which] of NAMED) {
    const name = pattern.exec(message)?.[1];
    const at = name === undefined ? undefined : named(cursor.tokens, name, which);
    if (at !== undefined) return at;
  }
  return undefined;
}
