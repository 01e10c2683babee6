import type { Token } from '../lex.ts';
import { type Clause, isName, type MentionKind, type Scan } from './scan.ts';
import { type Cte, Scope } from './scopes.ts';
import {
  BEFORE_RELATION,
  BEFORE_STATEMENT,
  ENDS_STATEMENT,
  NO_CHANGE_AFTER,
  NO_NAME,
  RESERVED_STARTS,
  SELECT_MODIFIERS,
} from './words.ts';

const CHANGES = { INSERT: 'insert', REPLACE: 'insert', UPDATE: 'update', DELETE: 'delete', MERGE: 'merge' } as const;

const RIGHTS = new Set(['GRANT', 'REVOKE', 'DENY']);

/** Whether a statement may begin at the token that comes next. */
function atStart(scan: Scan): boolean {
  return scan.at === 0 || BEFORE_STATEMENT.has(scan.word(-1));
}

function select(scan: Scan): void {
  const { frame } = scan;
  const before = frame.scope;
  const first = frame.union;
  const scope = scan.begin('select');
  scope.first = first;
  frame.union = undefined;
  scope.named = frame.named && before.kind !== 'insert';
  if (frame.query !== undefined && frame.query.query === undefined) frame.query.query = scope;
  frame.clause = 'list';
  scan.at++;
  while (SELECT_MODIFIERS.has(scan.word())) scan.at++;
  if (scan.word() !== 'TOP') return;
  scan.at++;
  if (scan.word() !== '(') scan.at++;
  else while (scan.at < scan.tokens.length && scan.word() !== ')') scan.at++;
  if (scan.word() === ')') scan.at++;
  if (scan.word() === 'PERCENT') scan.at++;
  if (scan.word() === 'WITH' && scan.word(1) === 'TIES') scan.at += 2;
}

/** `INSERT`, `UPDATE`, `DELETE`, `MERGE`, `REPLACE` */
function change(scan: Scan, word: keyof typeof CHANGES): boolean {
  const { frame } = scan;
  const { scope } = frame;
  if (scan.word(1) === '(' && word !== 'UPDATE' && scope.kind !== 'merge') return false;
  if (word === 'UPDATE' && scan.word(1) === '(' && scan.names.dialect === 'mssql') return false;
  if (word === 'REPLACE' && !atStart(scan)) return false;
  scan.at++;
  // `ON DUPLICATE KEY UPDATE a = 1`, and what MERGE does.
  if (
    word === 'UPDATE' &&
    (scan.word(-2) === 'KEY' || scope.kind === 'merge' || (scope.kind === 'insert' && scan.word(-2) === 'DO'))
  ) {
    frame.clause = scan.word() === 'SET' ? 'from' : 'set';
    frame.fresh = true;
    return true;
  }
  if (NO_CHANGE_AFTER.has(scan.word(-2))) return true;
  if (scope.kind === 'merge') {
    frame.clause = word === 'INSERT' ? 'from' : 'value';
    return true;
  }
  scan.begin(CHANGES[word]);
  frame.union = undefined;
  frame.clause = 'from';
  frame.expects = true;
  return true;
}

/** The names of queries behind WITH, if that is what stands here. */
function withQueries(scan: Scan): void {
  const from = scan.word(1) === 'RECURSIVE' ? 2 : 1;
  let after = from + 1;
  if (scan.word(after) === '(') {
    while (scan.at + after < scan.tokens.length && scan.word(after) !== ')') after++;
    after++;
  }
  scan.at++;
  if (scan.word(after - 1) !== 'AS' || !isName(scan.tokens[scan.at + from - 1])) return;
  const { frame } = scan;
  frame.scope = new Scope('with', frame.base);
  frame.clause = 'with';
  scan.at += from - 1;
}

export function withQuery(scan: Scan): void {
  const cte: Cte = {};
  scan.frame.scope.ctes.set(scan.keyAt(scan.at), cte);
  scan.at++;
  if (scan.word() === '(') {
    const columns: string[] = [];
    for (scan.at++; scan.at < scan.tokens.length && scan.word() !== ')'; scan.at++)
      if (isName(scan.tokens[scan.at])) columns.push(scan.keyAt(scan.at));
    scan.at++;
    cte.columns = columns;
  }
  scan.pending = cte;
}

function from(scan: Scan): void {
  const { frame } = scan;
  const { kind } = frame.scope;
  const compares = scan.word(-1) === 'DISTINCT' && /^(?:IS|NOT)$/.test(scan.word(-2));
  scan.at++;
  if (compares || kind === 'root' || kind === 'with') return;
  // Who loses a right is no relation.
  const who = kind === 'other' && RIGHTS.has(scan.verb);
  frame.clause = who ? 'none' : 'from';
  frame.expects = !who;
}

function into(scan: Scan): void {
  const { frame } = scan;
  const { kind, target } = frame.scope;
  scan.at++;
  const changes = (kind === 'insert' || kind === 'merge') && target === undefined;
  frame.expects = changes || kind === 'other';
  if (!changes && kind !== 'other') frame.clause = 'none';
  // What goes into variables is called by them.
  if (kind === 'select' && scan.names.dialect !== 'mssql') frame.scope.named = false;
}

function using(scan: Scan): void {
  const { frame } = scan;
  scan.at++;
  const joins = frame.clause === 'from' && scan.word() === '(' && scan.word(1) !== 'SELECT' && frame.scope.kind !== 'merge';
  if (joins) frame.clause = 'using';
  else if (frame.scope.kind !== 'root' && frame.scope.kind !== 'other') frame.expects = true;
}

function set(scan: Scan): void {
  const { frame } = scan;
  const { kind } = frame.scope;
  const changes = frame.clause === 'from' && (kind === 'update' || kind === 'insert' || kind === 'merge');
  if (!changes) scan.end();
  else frame.clause = 'set';
  frame.fresh = true;
  frame.expects = false;
  scan.at++;
}

function clause(scan: Scan, to: Clause): void {
  const { frame } = scan;
  frame.clause = to;
  frame.expects = false;
  frame.fresh = true;
  scan.at++;
}

function join(scan: Scan): void {
  const { frame } = scan;
  frame.clause = 'from';
  frame.expects = true;
  scan.lateral = scan.word() === 'APPLY';
  scan.at++;
}

function union(scan: Scan): void {
  const { frame } = scan;
  frame.union = frame.scope.first ?? (frame.scope.kind === 'select' ? frame.scope : frame.union);
  frame.clause = 'none';
  scan.at++;
}

/** What a word means where statements and queries stand; a word that is not here is a name. */
const WORDS: Readonly<Record<string, (scan: Scan) => void>> = {
  SELECT: (scan) => (/^(?:GRANT|REVOKE|DENY|,)$/.test(scan.word(-1)) ? scan.at++ : select(scan)),
  WITH: withQueries,
  FROM: from,
  INTO: into,
  USING: using,
  SET: set,
  JOIN: join,
  STRAIGHT_JOIN: join,
  APPLY: join,
  WHERE: (scan) => clause(scan, 'value'),
  HAVING: (scan) => clause(scan, 'value'),
  GROUP: (scan) => clause(scan, 'value'),
  RETURNING: (scan) => clause(scan, 'value'),
  OUTPUT: (scan) => clause(scan, 'value'),
  LIMIT: (scan) => clause(scan, 'value'),
  ORDER: (scan) => clause(scan, scan.frame.scope.kind === 'select' ? 'order' : 'value'),
  UNION: union,
  EXCEPT: union,
  INTERSECT: union,
  MINUS: union,
  NATURAL: (scan) => {
    scan.frame.scope.natural = true;
    scan.at++;
  },
  ON: (scan) => {
    const { frame } = scan;
    frame.expects = frame.scope.kind === 'other';
    if (frame.scope.kind === 'insert') frame.clause = 'value';
    scan.at++;
  },
  VALUES: (scan) => (scan.frame.clause === 'from' ? clause(scan, 'values') : scan.at++),
};

/** Words of statements that have names of their own places. */
function ofStatement(scan: Scan, word: string): boolean {
  const { frame } = scan;
  const { kind } = frame.scope;
  if (kind === 'other' && (word === 'TO' || word === 'IS')) {
    if (word === 'TO' || scan.verb === 'COMMENT') frame.clause = 'none';
    else scan.end();
    scan.at++;
    return true;
  }
  if (kind !== 'other' || !BEFORE_RELATION.has(word)) return false;
  scan.at++;
  frame.expects = true;
  return true;
}

/** Whether the word begins a statement, or ends the one before it; then it is passed over. */
function statement(scan: Scan, word: string): boolean {
  const { frame } = scan;
  if (frame.cases > 0 || frame.scope.kind === 'merge') return false;
  // Oracle makes the index of a key in brackets behind it.
  const opens = atStart(scan) || (word === 'CREATE' && scan.word(-1) === '(');
  const isFirst = opens && scan.word(1) !== '.' && scan.word(1) !== '=' && scan.word(1) !== ':';
  const begins = /^(?:CREATE|ALTER|DROP|TRUNCATE|GRANT|REVOKE|DENY|COMMENT|LOCK|ANALYZE|RENAME)$/.test(word);
  const bare = frame.scope.kind === 'root' || frame.scope.kind === 'other';
  const reserved = scan.names.dialect === 'mssql' && RESERVED_STARTS.has(word) && scan.word(1) !== '(';
  if (!(ENDS_STATEMENT.has(word) || (isFirst && begins) || (word === 'BEGIN' && (bare || isFirst)) || reserved)) return false;
  if (word === 'FETCH' && frame.clause === 'order') return false;
  if (word === 'SET' && frame.clause === 'from') return false;
  if (frame.scope.kind === 'other' && !isFirst && word !== 'BEGIN' && !ENDS_STATEMENT.has(word)) return false;
  scan.end();
  if (begins || word === 'SET') frame.scope = new Scope('other', frame.base);
  scan.verb = word;
  // What it runs follows.
  if (word === 'EXEC' || word === 'EXECUTE') return false;
  scan.at++;
  return true;
}

/** A word that is none of a name's, where statements stand or within an expression. @returns false for what is a name. */
export function keyword(scan: Scan, { word }: Token): boolean {
  const { frame } = scan;
  if (word === 'CASE' && scan.word(-1) !== 'END') frame.cases++;
  else if (word === 'END') {
    if (frame.cases > 0) frame.cases--;
    else if (frame.own) scan.end();
  } else if (frame.own) {
    if (word === 'IDENTITY_INSERT') frame.expects = true;
    if (statement(scan, word)) return true;
    if (Object.hasOwn(CHANGES, word) && change(scan, word as keyof typeof CHANGES)) return true;
    if (ofStatement(scan, word)) return true;
    const isCall = scan.word(1) === '(' && /^(?:LEFT|RIGHT|VALUES)$/.test(word) && frame.clause !== 'from';
    const handle = !isCall && Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
    if (handle !== undefined) {
      handle(scan);
      return true;
    }
  }
  if (word === 'AS') return named(scan);
  if (!NO_NAME.has(word)) return special(scan, word);
  scan.at++;
  if (!/^(?:BY|DISTINCT|ALL|ASC|DESC)$/.test(word)) scan.frame.fresh = false;
  return true;
}

/** Words behind which a name of a certain kind stands. */
const BEFORE_KIND: Readonly<Record<string, MentionKind>> = {
  CALL: 'call',
  EXEC: 'call',
  EXECUTE: 'call',
  COLUMN: 'column of',
  INDEXED: 'index',
  CONSTRAINT: 'index',
};

function special(scan: Scan, word: string): boolean {
  const { frame } = scan;
  if (word === 'VALUE' && scan.word(1) === 'FOR' && isName(scan.tokens[scan.at + 2])) {
    const chain = scan.chainAt(scan.at + 2);
    scan.mention('relation', chain);
    scan.at = chain.next;
    return true;
  }
  if (word === 'HISTORY_TABLE' && scan.word(1) === '=' && isName(scan.tokens[scan.at + 2])) {
    const chain = scan.chainAt(scan.at + 2);
    scan.mention('relation', chain);
    scan.at = chain.next;
    return true;
  }
  const kind = Object.hasOwn(BEFORE_KIND, word) && !frame.expects ? BEFORE_KIND[word] : undefined;
  const ahead = word === 'INDEXED' ? 2 : 1;
  if (kind === undefined || !isName(scan.tokens[scan.at + ahead])) return false;
  if ((kind === 'column of' || word === 'CONSTRAINT') && frame.scope.kind !== 'other') return false;
  if (kind === 'call' && !atStart(scan) && scan.names.dialect !== 'mssql') return false;
  const chain = scan.chainAt(scan.at + ahead);
  scan.mention(kind, chain);
  scan.at = chain.next;
  return true;
}

/** `AS`: what follows is a new name, a type or a statement. */
function named(scan: Scan): boolean {
  const { frame } = scan;
  scan.at++;
  const token = scan.tokens[scan.at];
  if (!isName(token)) return true;
  if (frame.own && frame.clause === 'list') {
    const output = frame.scope.outputs.at(-1);
    if (output !== undefined) Object.assign(output, { key: scan.keyAt(scan.at), alias: true });
    scan.at++;
  } else if (!frame.own) {
    const chain = scan.chainAt(scan.at);
    scan.mention('type', chain);
    scan.at = chain.next;
  } else if (frame.scope.kind === 'other') scan.end();
  return true;
}
