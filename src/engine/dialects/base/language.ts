import { DEFAULT_SCHEMA } from '#model/create.ts';
import type { Collection, Dialect } from '#model/types.ts';
import type { Definition, LanguageProblem, SqlLanguage } from '../../sql/language.ts';
import { withHint } from './hints.ts';
import { lexSql, tokenName } from './lex.ts';
import { NO_PARSER } from './no-parser.ts';
import { quotedName } from './quote.ts';
import { Cursor } from './read/cursor.ts';
import type { Ddl } from './read/ddl.ts';
import type { Grammar } from './read/grammar.ts';
import { GrammarReader } from './read/grammar-reader.ts';
import { nameKey } from './traits.ts';

const COLLECTION_OF: Partial<Readonly<Record<Ddl['kind'], Collection>>> = {
  table: 'tables',
  view: 'views',
  sequence: 'sequences',
  type: 'types',
  routine: 'routines',
};

function definitionOf(ddl: Ddl, dialect: Dialect): Definition | undefined {
  if (ddl.kind === 'schema') return { collection: 'schemas', schema: '', name: ddl.name };
  const collection = COLLECTION_OF[ddl.kind];
  if (collection === undefined || !('name' in ddl)) return undefined;
  const schema = ddl.name.schema ?? DEFAULT_SCHEMA[dialect];
  if (ddl.kind !== 'table') return { collection, schema, name: ddl.name.name };
  const columns = ddl.columns.map(({ name, type }) => ({ name, type: JSON.stringify(type) }));
  return { collection, schema, name: ddl.name.name, columns };
}

function define(sql: string, dialect: Dialect, grammar: Grammar): { definition?: Definition; problem?: LanguageProblem } {
  const read = grammar.read(new Cursor(sql, dialect));
  if (!read.ok) return { problem: withHint(sql, dialect, read.problem) };
  const definition = read.ddl.map((ddl) => definitionOf(ddl, dialect)).find((one) => one !== undefined);
  return definition === undefined ? {} : { definition };
}

/** Only what any dialect would refuse: brackets that do not match, and quotes that never end. */
function checkPiece(sql: string, dialect: Dialect): LanguageProblem | undefined {
  const { tokens } = lexSql(sql, dialect);
  const open: number[] = [];
  for (const token of tokens) {
    if (token.word === '(') open.push(token.start);
    else if (token.word === ')' && open.pop() === undefined)
      return { message: 'This bracket was never opened.', position: token.start };
    const closes = token.text[0] === '[' ? ']' : token.text.at(-1);
    const quoted = token.kind === 'quoted' || token.kind === 'string';
    if (quoted && (token.text.length < 2 || !token.text.endsWith(closes ?? '') || !/['"`\]$]$/.test(token.text)))
      return { message: 'What begins here never ends.', position: token.start };
    if (token.word === ';') return { message: 'Only one statement belongs here.', position: token.start };
  }
  const last = open.at(-1);
  return last === undefined ? undefined : { message: 'This bracket is never closed.', position: last };
}

/** A dialect by a grammar of our own. */
export function grammarLanguage(dialect: Dialect, grammar: Grammar): SqlLanguage {
  return {
    dialect,
    parser: NO_PARSER,
    reader: (base, ids) => new GrammarReader(base, dialect, grammar, ids),
    define: (sql) => define(sql, dialect, grammar),
    scan: (sql) => lexSql(sql, dialect).tokens,
    isName: (token, name) => {
      const [one] = lexSql(token, dialect).tokens;
      const isName = one !== undefined && (one.kind === 'word' || one.kind === 'quoted');
      return isName && nameKey(tokenName(one, dialect), dialect) === nameKey(name, dialect);
    },
    ident: (name) => quotedName(name, dialect),
    check: (sql, kind) => (kind === 'statement' ? define(sql, dialect, grammar).problem : checkPiece(sql, dialect)),
  };
}
