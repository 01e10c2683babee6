import type { Document, Id } from '#model/types.ts';
import type { FunctionUse, Use, Uses } from '../../postgres/expressions/uses.ts';
import { lexSql, type Token, tokenName } from '../lex.ts';
import { quotedName } from '../quote.ts';
import { type Names, namesOf } from './names.ts';

/** What stands for rows of a table besides its own name. */
const ROWS = ['new', 'old', 'inserted', 'deleted'] as const;

export interface TokenContext {
  /** The table whose columns names without a qualifier mean. */
  readonly table?: Id;
  /** The text holds statements: names after FROM, JOIN and the like are relations. */
  readonly statements: boolean;
  /** NEW, OLD, INSERTED and DELETED stand for rows of the table. */
  readonly rows: boolean;
  /** The routine whose definition this is. */
  readonly routine?: Id;
}

const BEFORE_RELATION = new Set([
  'FROM',
  'JOIN',
  'INTO',
  'UPDATE',
  'TABLE',
  'REFERENCES',
  'VIEW',
  'SEQUENCE',
  'ON',
  'USING',
  'MERGE',
]);

/** Words that end a list of relations at their depth. */
const ENDS_LIST = new Set([
  'WHERE',
  'SET',
  'GROUP',
  'HAVING',
  'ORDER',
  'LIMIT',
  'UNION',
  'SELECT',
  'ON',
  'VALUES',
  'RETURNING',
  'WINDOW',
  'FOR',
  'BEGIN',
]);

/** Words that follow a relation and are no alias of it. */
const NO_ALIAS = new Set([
  ...ENDS_LIST,
  ...['JOIN', 'INNER', 'LEFT', 'RIGHT', 'FULL', 'CROSS', 'NATURAL', 'STRAIGHT_JOIN', 'OUTER', 'USING', 'USE', 'FORCE', 'IGNORE'],
  ...['AS', 'WITH', 'WHEN', 'THEN', 'EXCEPT', 'INTERSECT', 'MINUS', 'OFFSET', 'FETCH', 'PIVOT', 'UNPIVOT', 'PARTITION', 'CONNECT'],
  ...['START', 'AFTER', 'BEFORE', 'INSTEAD', 'ADD', 'ALTER', 'DROP', 'RENAME', 'MODIFY', 'CHANGE', 'DEFAULT', 'END', 'IF', 'DO'],
]);

/** Names joined by dots. */
interface Chain {
  readonly tokens: readonly Token[];
  /** Number of the first token, and of the one after the last. */
  readonly first: number;
  readonly next: number;
}

function isName({ kind }: Token): boolean {
  return kind === 'word' || kind === 'quoted';
}

function chainsOf(tokens: readonly Token[]): Chain[] {
  const chains: Chain[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const first = at;
    const found: Token[] = [];
    for (let token = tokens[at]; token !== undefined && isName(token); token = tokens[at]) {
      found.push(token);
      if (tokens[at + 1]?.word !== '.' || tokens[at + 2] === undefined || !isName(tokens[at + 2] as Token)) break;
      at += 2;
    }
    if (found.length > 0) chains.push({ tokens: found, first, next: at + 1 });
  }
  return chains;
}

class Finder {
  readonly uses: Use[] = [];
  readonly functions: FunctionUse[] = [];
  private readonly names: Names;
  private readonly tokens: readonly Token[];
  private readonly context: TokenContext;
  /** Tables by what the text calls them. */
  private readonly called = new Map<string, Set<Id>>();
  /** Numbers of tokens that begin a relation's name. */
  private readonly relations = new Map<number, Id>();

  constructor(names: Names, tokens: readonly Token[], context: TokenContext) {
    this.names = names;
    this.tokens = tokens;
    this.context = context;
    const { table } = context;
    if (table !== undefined && context.rows) for (const row of ROWS) this.call(row, table);
  }

  private name(token: Token): string {
    return tokenName(token, this.names.dialect);
  }

  private call(name: string, table: Id): void {
    const key = this.names.key(name).toLowerCase();
    const known = this.called.get(key);
    if (known === undefined) this.called.set(key, new Set([table]));
    else known.add(table);
  }

  private add(token: Token, record: Id, part?: Id): void {
    const { dialect } = this.names;
    this.uses.push({
      record,
      ...(part === undefined ? {} : { part }),
      start: token.start,
      end: token.end,
      renamed: (name) => quotedName(name, dialect),
    });
  }

  /** The relation that a chain names as a whole. */
  private relationOf({ tokens }: Chain): Id | undefined {
    const parts = tokens.map((token) => this.name(token));
    return this.names.relation(parts.at(-1) ?? '', parts.at(-2));
  }

  /** Finds the relations of the text and what it calls them. */
  findRelations(chains: readonly Chain[]): void {
    const inList: boolean[] = [false];
    let expected = false;
    const byFirst = new Map(chains.map((chain) => [chain.first, chain]));
    for (let at = 0; at < this.tokens.length; at++) {
      const { word } = this.tokens[at] as Token;
      const chain = byFirst.get(at);
      if (word === '(') inList.push(false);
      else if (word === ')' && inList.length > 1) inList.pop();
      else if (word === ',') expected = inList.at(-1) === true;
      else if (chain !== undefined && expected) {
        const id = this.relationOf(chain);
        if (id !== undefined) this.relation(chain, id);
        at = chain.next - 1;
        expected = false;
      } else if (BEFORE_RELATION.has(word)) {
        expected = true;
        inList[inList.length - 1] = word === 'FROM' || word === 'UPDATE' || word === 'TABLE';
      } else if (ENDS_LIST.has(word)) {
        inList[inList.length - 1] = false;
        expected = false;
      } else if (word !== '') expected = expected && /^(?:ONLY|IF|NOT|EXISTS|LATERAL|IGNORE|LOW_PRIORITY)$/.test(word);
    }
  }

  private relation(chain: Chain, id: Id): void {
    this.relations.set(chain.first, id);
    const own = chain.tokens.at(-1) as Token;
    this.call(this.name(own), id);
    const skip = this.tokens[chain.next]?.word === 'AS' ? 1 : 0;
    const alias = this.tokens[chain.next + skip];
    if (alias !== undefined && isName(alias) && !(alias.kind === 'word' && NO_ALIAS.has(alias.word)))
      this.call(this.name(alias), id);
  }

  /** The only table of the text with this column; none while the text names a view, whose columns nobody lists. */
  private owner(name: string): Id | undefined {
    const tables = new Set([...this.called.values()].flatMap((ids) => [...ids]));
    if (this.context.table !== undefined) tables.add(this.context.table);
    if ([...tables].some((id) => !this.names.isTable(id))) return undefined;
    const owners = [...tables].filter((id) => this.names.column(id, name) !== undefined);
    return owners.length === 1 ? owners[0] : undefined;
  }

  private column(token: Token, table: Id): void {
    const part = this.names.column(table, this.name(token));
    if (part !== undefined) this.add(token, table, part);
  }

  private routine(chain: Chain, before: Token | undefined): boolean {
    const { routine } = this.context;
    if (routine === undefined || before === undefined || !/^(?:FUNCTION|PROCEDURE|PROC|AGGREGATE)$/.test(before.word)) return false;
    this.add(chain.tokens.at(-1) as Token, routine);
    return true;
  }

  /** A chain that names a relation, with its schema. */
  private relationChain({ tokens }: Chain, id: Id): void {
    const last = tokens.at(-1) as Token;
    this.add(last, id);
    const schema = tokens.length > 1 ? (tokens.at(-2) as Token) : undefined;
    const schemaId = schema === undefined ? undefined : this.names.schema(this.name(schema));
    if (schema !== undefined && schemaId !== undefined) this.add(schema, schemaId);
  }

  private qualified({ tokens }: Chain): void {
    const column = tokens.at(-1) as Token;
    const qualifier = tokens.at(-2) as Token;
    const called = this.called.get(this.names.key(this.name(qualifier)).toLowerCase());
    const own = this.context.table;
    const isOwn = own !== undefined && this.names.relation(this.name(qualifier)) === own;
    const tables = [...(called ?? []), ...(isOwn ? [own] : [])];
    const owners = [...new Set(tables)].filter((id) => this.names.column(id, this.name(column)) !== undefined);
    if (owners.length === 1) this.column(column, owners[0] as Id);
    // The table's own name stands for it unless an alias of the same spelling does.
    const named = this.names.relation(this.name(qualifier), tokens.length > 2 ? this.name(tokens.at(-3) as Token) : undefined);
    if (named !== undefined && (tables.includes(named) || isOwn)) this.add(qualifier, named);
  }

  visit(chain: Chain): void {
    const before = this.tokens[chain.first - 1];
    const after = this.tokens[chain.next];
    const id = this.relations.get(chain.first);
    if (this.routine(chain, before)) return;
    if (id !== undefined) {
      this.relationChain(chain, id);
      return;
    }
    if (after?.word === '(' && chain.tokens[chain.tokens.length - 1]?.kind === 'word') {
      const last = chain.tokens.at(-1) as Token;
      this.functions.push({ name: this.name(last), start: last.start, end: last.end });
      return;
    }
    if (chain.tokens.length > 1) {
      this.qualified(chain);
      return;
    }
    const [only] = chain.tokens as readonly [Token];
    // What follows AS is a new name, not a use of one.
    if (before?.word === 'AS' && this.context.statements) return;
    const owner = this.owner(this.name(only));
    if (owner !== undefined) this.column(only, owner);
  }
}

/**
 * The names in SQL text of any dialect and what they mean in a document, by its tokens alone: relations after FROM, JOIN and
 * the like, columns behind a table's name or alias, and columns that only one table of the text has. What may mean two
 * things is left alone; a text is always readable.
 */
export function tokenUses(document: Document, sql: string, context: TokenContext): Uses {
  const names = namesOf(document);
  const { tokens } = lexSql(sql, names.dialect);
  const chains = chainsOf(tokens);
  const finder = new Finder(names, tokens, context);
  if (context.statements) finder.findRelations(chains);
  for (const chain of chains) finder.visit(chain);
  return { uses: finder.uses, unknown: [], functions: finder.functions, readable: true };
}
