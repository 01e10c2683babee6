/**
 * Key words of SQLite 3 (https://sqlite.org/lang_keywords.html). Many of them may be names where the grammar leaves no doubt;
 * quoted, every one of them is a name everywhere.
 */
const WORDS =
  'abort action add after all alter always analyze and any as asc attach autoincrement before begin between by cascade case ' +
  'cast check collate column commit conflict constraint create cross current current_date current_time ' +
  'current_timestamp database default deferrable deferred delete desc detach distinct do drop each else end escape ' +
  'except exclude exclusive exists explain fail filter first following for foreign from full generated glob group ' +
  'groups having if ignore immediate in index indexed initially inner insert instead intersect into is isnull join key ' +
  'last left like limit match materialized natural no not nothing notnull null nulls of offset on or order others outer ' +
  'over partition plan pragma preceding primary query raise range recursive references regexp reindex release rename ' +
  'replace restrict returning right rollback row rows savepoint select set strict table temp temporary then ties to ' +
  'transaction trigger unbounded union unique update using vacuum values view virtual when where window with without ' +
  'within stored rowid oid _rowid_ true false';

const KEY_WORDS: ReadonlySet<string> = new Set(WORDS.split(' '));

/** Words in capitals that begin a clause of a column, and so end its type. */
const CLAUSES: ReadonlySet<string> = new Set(
  'CONSTRAINT PRIMARY NOT NULL UNIQUE CHECK DEFAULT COLLATE REFERENCES AS DEFERRABLE ON AUTOINCREMENT'.split(' '),
);

/** Whether a word in capitals cannot be part of a type, as a clause of the column begins with it. */
export function endsType(word: string): boolean {
  return CLAUSES.has(word);
}

/** Whether a name means something else, or something more, when it stands without quotes. Letter case aside. */
export function isKeyWord(name: string): boolean {
  return KEY_WORDS.has(name.toLowerCase());
}
