import { nearest } from '#lib/edit-distance.ts';
import type { Dialect } from '#model/types.ts';
import { lexSql, type Token } from './lex.ts';
import { quotedName } from './quote.ts';
import type { SyntaxProblem } from './read/cursor.ts';

/** Words with which statements, objects and clauses begin: a name that nearly is one of them may be a slip. */
const WORDS = (
  'CREATE ALTER DROP TABLE VIEW INDEX SEQUENCE TRIGGER FUNCTION PROCEDURE TYPE UNIQUE PRIMARY FOREIGN REFERENCES CONSTRAINT ' +
  'DEFAULT CHECK NULL NOT KEY CASCADE COLLATE GENERATED IDENTITY COMMENT INSERT UPDATE DELETE SELECT'
).split(' ');

/** Words that no dialect takes for the name of a column or table without quotes. */
const RESERVED = new Set('ORDER GROUP SELECT FROM WHERE TABLE CHECK DEFAULT UNIQUE'.split(' '));

/** What to do about a word that stands where a name belongs; undefined when it may be one as it is. */
export function reservedHint(text: string, dialect: Dialect): string | undefined {
  if (!RESERVED.has(text.toUpperCase())) return undefined;
  return `${text.toUpperCase()} is a reserved word: as a name it is written ${quotedName(text, dialect)}.`;
}

/** Brackets that are open before an offset. */
function opened(tokens: readonly Token[], before: number): Token[] {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.start >= before) break;
    if (token.word === '(') open.push(token);
    else if (token.word === ')') open.pop();
  }
  return open;
}

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset);
  return `line ${before.split('\n').length}, column ${offset - before.lastIndexOf('\n')}`;
}

/** What may be done about a statement that cannot be read any further. Undefined when nothing is obvious. */
function hintOf(sql: string, dialect: Dialect, position: number): string | undefined {
  const { tokens } = lexSql(sql, dialect);
  const at = tokens.findIndex((token) => token.end > position);
  const token = tokens[at];
  const open = opened(tokens, position);
  const last = open.at(-1);
  if (token === undefined || token.word === ';')
    return last === undefined ? undefined : `Close the bracket that opens in ${placeOf(sql, last.start)} with ).`;
  const [previous, next] = [tokens[at - 1], tokens[at + 1]];
  if (token.word === ')') {
    if (last === undefined) return 'No bracket is open here: take this one away.';
    return previous?.word === ',' ? 'Take the comma before it away, or add what is missing.' : undefined;
  }
  if (token.kind !== 'word') return undefined;
  const reserved = reservedHint(token.text, dialect);
  if (reserved !== undefined && (previous?.word === '(' || previous?.word === ',' || previous?.word === 'TABLE')) return reserved;
  const [slip] = WORDS.includes(token.word) || token.word.length < 3 ? [] : nearest(token.word, WORDS, 1);
  if (slip !== undefined) return `Did you mean ${slip}?`;
  if (last !== undefined && next !== undefined && (next.kind === 'word' || next.kind === 'quoted'))
    return `If ${token.text} begins another column, put a comma before it.`;
  return undefined;
}

/** A problem with what may be done about it, where its message does not say so itself. */
export function withHint<P extends SyntaxProblem>(sql: string, dialect: Dialect, problem: P): P {
  if (/\?$|take .* away/.test(problem.message)) return problem;
  const hint = hintOf(sql, dialect, problem.position);
  return hint === undefined ? problem : { ...problem, message: `${problem.message.replace(/\.$/, '')}. ${hint}` };
}
