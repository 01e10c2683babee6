import type { Dialect } from '#model/types.ts';
import { type Token, tokenName } from '../lex.ts';
import type { Names } from './names.ts';
import { type Chain, type Cte, findCte, type Item, type Output, Scope, type ScopeKind } from './scopes.ts';
import { BEFORE_OPERAND, NO_ALIAS } from './words.ts';

/** How a name is used where it stands. */
export type MentionKind =
  | 'value'
  /** A whole entry of ORDER BY. */
  | 'order'
  /** A column that is written to. */
  | 'target'
  /** A column that a join compares by name. */
  | 'using'
  | 'relation'
  | 'call'
  | 'index'
  /** What stands before `.*`. */
  | 'star'
  /** `relation.column`, wherever that is. */
  | 'column of'
  | 'type';

export interface Mention {
  readonly kind: MentionKind;
  readonly chain: Chain;
  readonly scope: Scope;
  /** Standing there alone it also names an output column. */
  readonly output?: boolean;
}

export type Clause =
  | 'value'
  | 'list'
  | 'from'
  | 'set'
  | 'order'
  | 'values'
  | 'with'
  | 'target'
  | 'using'
  | 'index'
  | 'relations'
  | 'types'
  | 'none';

/** What is between two brackets, or the whole text. */
export interface Frame {
  /** Statements or queries stand here, not a piece of an expression. */
  readonly own: boolean;
  /** What queries that begin here are within. */
  readonly base: Scope;
  scope: Scope;
  clause: Clause;
  /** A relation comes next. */
  expects: boolean;
  /** An entry of a list begins. */
  fresh: boolean;
  /** Open CASEs. */
  cases: number;
  /** The first query of a UNION that goes on. */
  union: Scope | undefined;
  /** Takes the first query that begins here. */
  query: { query?: Scope } | undefined;
  /** Somebody looks at what queries here call their columns. */
  readonly named: boolean;
  /** Done when the bracket closes. */
  readonly closed: (() => void) | undefined;
}

/** Dialects in which a variable hides a column of its name. */
const HIDE_COLUMNS: ReadonlySet<Dialect> = new Set(['mysql', 'mariadb']);

/** Names of parameters and of variables that DECLARE makes. */
function declaredIn(tokens: readonly Token[], names: Names): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (token: Token | undefined) => {
    if (isName(token)) found.add(names.key(tokenName(token, names.dialect)));
  };
  const list = tokens.findIndex(({ word }, at) => word === '(' && at > 1);
  const isRoutine = tokens.slice(0, Math.max(list, 0)).some(({ word }) => word === 'FUNCTION' || word === 'PROCEDURE');
  let depth = 0;
  for (let at = isRoutine ? list : tokens.length; at < tokens.length; at++) {
    const word = tokens[at]?.word;
    if (word === '(') depth++;
    else if (word === ')' && --depth === 0) break;
    const isFirst = depth === 1 && (word === '(' || word === ',');
    if (isFirst) add(/^(?:IN|OUT|INOUT)$/.test(tokens[at + 1]?.word ?? '') ? tokens[at + 2] : tokens[at + 1]);
  }
  for (const [at, { word }] of tokens.entries()) {
    if (word !== 'DECLARE') continue;
    add(tokens[at + 1]);
    for (let next = at + 2; tokens[next]?.word === ','; next += 2) add(tokens[next + 1]);
  }
  return found;
}

/** What a change of rows calls the rows that it changes. */
const CHANGED_ROWS: { readonly [D in Dialect]?: readonly string[] } = { mssql: ['inserted', 'deleted'], sqlite: ['excluded'] };

export function isName(token: Token | undefined): token is Token {
  return token?.kind === 'word' || token?.kind === 'quoted';
}

type NewFrame = Partial<Frame> & Pick<Frame, 'own' | 'base'>;

function newFrame(given: NewFrame): Frame {
  return {
    scope: given.base,
    clause: 'value',
    expects: false,
    fresh: true,
    cases: 0,
    union: undefined,
    query: undefined,
    named: false,
    closed: undefined,
    ...given,
  };
}

/** A place in the tokens of SQL text, the query it is in, and what was found up to there. */
export class Scan {
  readonly mentions: Mention[] = [];
  readonly root = new Scope('root', undefined);
  /** The first query of the text itself. */
  readonly top: { query?: Scope } = {};
  readonly tokens: readonly Token[];
  /** Variables that hide columns of their name. */
  readonly declared: ReadonlySet<string>;
  readonly names: Names;
  /** Number of the token that comes next. */
  at = 0;
  /** The next derived table sees what stands before it. */
  lateral = false;
  /** What the statement does that is neither a query nor a change of rows. */
  verb = '';
  /** The query of WITH whose brackets come next. */
  pending: Cte | undefined;
  /** The function in FROM whose arguments come next. */
  called: Item | undefined;
  readonly #frames: Frame[];

  constructor(tokens: readonly Token[], names: Names, statements: boolean) {
    this.tokens = tokens;
    this.names = names;
    this.declared = HIDE_COLUMNS.has(names.dialect) ? declaredIn(tokens, names) : new Set();
    this.#frames = [newFrame({ own: statements, base: this.root, named: true, query: this.top })];
  }

  get frame(): Frame {
    return this.#frames.at(-1) as Frame;
  }

  push(frame: NewFrame): void {
    this.#frames.push(newFrame(frame));
    this.at++;
  }

  /** Leaves a bracket; one that was never opened is passed over. */
  pop(): void {
    this.at++;
    if (this.#frames.length === 1) return;
    const { closed } = this.#frames.pop() as Frame;
    this.frame.fresh = false;
    closed?.();
  }

  word(ahead = 0): string {
    return this.tokens[this.at + ahead]?.word ?? '';
  }

  nameAt(at: number): string {
    const token = this.tokens[at];
    return token === undefined ? '' : tokenName(token, this.names.dialect);
  }

  keyAt(at: number): string {
    return this.names.key(this.nameAt(at));
  }

  /** Names joined by dots that begin at a token. */
  chainAt(first: number): Chain {
    const tokens: Token[] = [];
    let at = first;
    for (let token = this.tokens[at]; isName(token); token = this.tokens[at]) {
      tokens.push(token);
      if (this.tokens[at + 1]?.word !== '.' || !isName(this.tokens[at + 2])) break;
      at += 2;
    }
    return { tokens, first, next: at + 1 };
  }

  mention(kind: MentionKind, chain: Chain, output = false): void {
    this.mentions.push({ kind, chain, scope: this.frame.scope, ...(output ? { output } : {}) });
  }

  /** Begins a query or a change of rows. */
  begin(kind: ScopeKind): Scope {
    const { frame } = this;
    const within = frame.scope.kind === 'with' ? frame.scope : frame.base;
    const scope = new Scope(kind, frame.union === undefined ? within : (frame.scope.parent ?? within));
    frame.scope = scope;
    frame.clause = 'value';
    frame.expects = false;
    frame.fresh = true;
    return scope;
  }

  /** Ends the statement that stands here. */
  end(): void {
    const { frame } = this;
    frame.scope = frame.base;
    frame.clause = 'value';
    frame.expects = false;
    frame.union = undefined;
    frame.fresh = true;
  }

  /** Whether an operand is complete before the token that comes next. */
  afterOperand(): boolean {
    const before = this.tokens[this.at - 1];
    if (before === undefined) return false;
    if (before.kind === 'word') return !BEFORE_OPERAND.has(before.word);
    return before.kind !== 'symbol' || before.word === ')';
  }

  /** An entry of a select list begins. */
  output(output: Output): void {
    this.frame.scope.outputs.push(output);
    this.frame.fresh = false;
  }

  /** The relation whose name comes next, and what it is called. */
  relation(chain: Chain): void {
    const { frame, names } = this;
    const { scope } = frame;
    frame.expects = false;
    frame.fresh = false;
    this.at = chain.next;
    const parts = chain.tokens.map((_token, i) => this.nameAt(chain.first + i * 2));
    const [name = '', schema] = [parts.at(-1), parts.at(-2)];
    const key = names.key(name);
    const cte = schema === undefined ? findCte(scope, key) : undefined;
    const row = schema === undefined ? this.root.items.find((one) => one.onlyQualified && one.key === key) : undefined;
    const id = cte === undefined && row === undefined ? names.relation(name, schema) : row?.relation;
    const called = this.word() === '(' && scope.kind !== 'insert' && scope.kind !== 'other';
    if (called) this.mention('call', chain);
    else if (row === undefined && id !== undefined) this.mention('relation', chain);
    // What is changed may be the alias of something that FROM names later.
    const changed = scope.kind === 'update' || scope.kind === 'delete' || scope.kind === 'merge' || scope.kind === 'insert';
    const isTarget = changed && scope.target === undefined;
    if (isTarget) scope.target = key;
    if (isTarget && id === undefined && cte === undefined) return;
    const own = id !== undefined && row === undefined && !called;
    const item: Item = { key, own, ...(id === undefined || called ? {} : { relation: id }), ...(cte === undefined ? {} : { cte }) };
    scope.items.push(item);
    if (called) this.called = item;
    else if (scope.kind !== 'other') this.alias(item);
    if (isTarget && id !== undefined) this.changedRows(item, id);
  }

  private changedRows(item: Item, relation: string): void {
    const { scope } = this.frame;
    scope.target = item.key;
    for (const row of CHANGED_ROWS[this.names.dialect] ?? [])
      scope.items.push({ key: row, own: false, onlyQualified: true, relation });
  }

  /** What something in FROM is called, where that is said. */
  alias(item: Item): void {
    if (this.word() === 'AS') this.at++;
    const token = this.tokens[this.at];
    if (!isName(token) || (token.kind === 'word' && NO_ALIAS.has(token.word)) || this.word(1) === '.') return;
    item.key = this.keyAt(this.at);
    item.own = false;
    this.at++;
    if (this.word() !== '(' || (item.query === undefined && item.cte === undefined)) return;
    const columns: string[] = [];
    for (this.at++; this.at < this.tokens.length && this.word() !== ')'; this.at++)
      if (isName(this.tokens[this.at])) columns.push(this.keyAt(this.at));
    this.at++;
    item.columns = columns;
  }
}
