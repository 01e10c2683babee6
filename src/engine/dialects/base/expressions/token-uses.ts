import type { Document, Id } from '#model/types.ts';
import type { FunctionUse, Unsure, Use, Uses } from '../../postgres/expressions/uses.ts';
import { lexSql, type Token, tokenName } from '../lex.ts';
import { quotedName } from '../quote.ts';
import { foldName } from '../traits.ts';
import { Names } from './names.ts';
import { type Mention, Scan } from './scan.ts';
import { columnsOfItem, type Found, findColumn, findItem, type OutColumn, outputsOf, type Scope } from './scopes.ts';
import { scanTokens } from './walk.ts';

export interface TokenContext {
  /** The table that the text belongs to. */
  readonly table?: Id;
  /** The text holds statements, not an expression. */
  readonly statements: boolean;
  /** What stands for rows of the table, as NEW and OLD; then names without a qualifier are none of its columns. */
  readonly rows?: readonly string[];
  /** The routine or type whose definition this is. */
  readonly defines?: Id;
}

/** What stands for rows of a table in a trigger. */
export const ROWS: readonly string[] = ['new', 'old', 'inserted', 'deleted'];

/** Words before the name of what a statement defines. */
const DEFINES = /^(?:FUNCTION|PROCEDURE|PROC|AGGREGATE|PACKAGE|TYPE|BODY)$/;

class Resolver {
  readonly uses: Use[] = [];
  readonly functions: FunctionUse[] = [];
  readonly unsure: Unsure[] = [];
  private readonly names: Names;
  private readonly scan: Scan;
  private readonly context: TokenContext;

  constructor(names: Names, scan: Scan, context: TokenContext) {
    this.names = names;
    this.scan = scan;
    this.context = context;
  }

  private name(token: Token): string {
    return tokenName(token, this.names.dialect);
  }

  private key(token: Token): string {
    return this.names.key(this.name(token));
  }

  private use(token: Token, record: Id, part?: Id, renamed?: (name: string) => string): void {
    const { dialect } = this.names;
    const own = (name: string) => quotedName(name, dialect);
    const { start, end } = token;
    this.uses.push({ record, ...(part === undefined ? {} : { part }), start, end, renamed: renamed ?? own });
  }

  private schema(token: Token | undefined): void {
    const id = token === undefined ? undefined : this.names.schema(this.name(token));
    if (token !== undefined && id !== undefined) this.use(token, id);
  }

  private doubt(token: Token, among: readonly OutColumn[]): void {
    const parts = among.flatMap((one) => one.part ?? []);
    if (parts.length > 0) this.unsure.push({ parts, start: token.start, end: token.end });
  }

  /** A relation, with its schema. */
  private relation(tokens: readonly Token[]): Id | undefined {
    const [last, schema] = [tokens.at(-1), tokens.at(-2)];
    if (last === undefined) return undefined;
    const id = this.names.relation(this.name(last), schema === undefined ? undefined : this.name(schema));
    if (id === undefined) return undefined;
    this.use(last, id);
    this.schema(schema);
    return id;
  }

  private call({ chain: { tokens } }: Mention): void {
    const [last, schema] = [tokens.at(-1) as Token, tokens.at(-2)];
    const name = this.name(last);
    this.functions.push({ name, start: last.start, end: last.end });
    const id = this.names.routine(name, schema === undefined ? undefined : this.name(schema)) ?? this.names.type(name);
    if (id === undefined) return;
    this.use(last, id);
    this.schema(schema);
  }

  private type({ chain: { tokens } }: Mention): void {
    const [last, schema] = [tokens.at(-1) as Token, tokens.at(-2)];
    const id = this.names.type(this.name(last), schema === undefined ? undefined : this.name(schema));
    if (id === undefined) return;
    this.use(last, id);
    this.schema(schema);
  }

  private found(token: Token, found: Found, { output, scope }: Mention): void {
    if (found.kind === 'unsure') this.doubt(token, found.among);
    if (found.kind !== 'column') return;
    const { column } = found;
    if (column.part === undefined || column.table === undefined) return;
    const joined = scope.natural && scope.items.filter((item) => this.has(item, column.key)).length > 1;
    if (joined) {
      this.doubt(token, [column]);
      return;
    }
    // The column of the query keeps its name.
    const old = quotedName(this.name(token), this.names.dialect);
    const keeps = output === true && scope.named && scope.first === undefined;
    const renamed = (name: string) => `${quotedName(name, this.names.dialect)}${keeps ? ` AS ${old}` : ''}`;
    this.use(token, column.table, column.part, renamed);
  }

  private has(item: Scope['items'][number], key: string): boolean {
    return columnsOfItem(item, this.names)?.some((one) => one.key === key) === true;
  }

  /** A name behind a qualifier. */
  private qualified(mention: Mention): void {
    const { chain, scope } = mention;
    const [token, qualifier, schema] = [chain.tokens.at(-1) as Token, chain.tokens.at(-2) as Token, chain.tokens.at(-3)];
    if (/^(?:NEXTVAL|CURRVAL)$/.test(token.word) && this.relation(chain.tokens.slice(0, -1)) !== undefined) return;
    const item = findItem(scope, this.key(qualifier));
    if (item === undefined) {
      this.strange(mention);
      return;
    }
    if (item.own && item.relation !== undefined) {
      this.use(qualifier, item.relation);
      this.schema(schema);
    }
    const column = columnsOfItem(item, this.names)?.find((one) => one.key === this.key(token));
    if (column !== undefined) this.found(token, { kind: 'column', column }, mention);
  }

  /** A qualifier that no query of the text has: a relation's own name, a record of the program, something of elsewhere. */
  private strange({ chain: { tokens }, scope }: Mention): void {
    const token = tokens.at(-1) as Token;
    if (this.names.type(this.name(token), this.name(tokens.at(-2) as Token)) !== undefined) {
      this.type({ kind: 'type', chain: { tokens, first: 0, next: 0 }, scope });
      return;
    }
    const key = this.key(token);
    this.doubt(
      token,
      [...this.tables()].flatMap((id) => this.names.columns(id)?.filter((one) => one.key === key) ?? []),
    );
  }

  /** Every relation that the text speaks of. */
  private tables(): Set<Id> {
    const found = new Set<Id>(this.context.table === undefined ? [] : [this.context.table]);
    for (const { scope } of this.scan.mentions) {
      for (let at: Scope | undefined = scope; at !== undefined; at = at.parent)
        for (const { relation } of at.items) if (relation !== undefined) found.add(relation);
    }
    return found;
  }

  private columnOf({ chain: { tokens } }: Mention): void {
    const last = tokens.at(-1) as Token;
    const relation = tokens.length < 2 ? undefined : this.relation(tokens.slice(0, -1));
    const column = relation === undefined ? undefined : this.names.columns(relation)?.find((one) => one.key === this.key(last));
    if (column?.part !== undefined && column.table !== undefined) this.use(last, column.table, column.part);
  }

  private star({ chain: { tokens }, scope }: Mention): void {
    const last = tokens.at(-1) as Token;
    const item = findItem(scope, this.key(last));
    if (item?.own === true && item.relation !== undefined) {
      this.use(last, item.relation);
      this.schema(tokens.at(-2));
    }
  }

  private target(mention: Mention): void {
    const { chain, scope } = mention;
    if (chain.tokens.length > 1) {
      this.qualified(mention);
      return;
    }
    const token = chain.tokens[0] as Token;
    const { items } = scope;
    const own = items.find((one) => one.key === scope.target) ?? items[0];
    const several = items.filter((one) => one.onlyQualified !== true).length > 1;
    if (own === undefined || (several && /^(?:mysql|mariadb)$/.test(this.names.dialect))) {
      this.found(token, findColumn(scope, this.key(token), this.names), mention);
      return;
    }
    const column = columnsOfItem(own, this.names)?.find((one) => one.key === this.key(token));
    if (column !== undefined) this.found(token, { kind: 'column', column }, mention);
  }

  private index({ chain, scope }: Mention): void {
    const token = chain.tokens.at(-1) as Token;
    for (const { relation } of scope.items) {
      const part = relation === undefined ? undefined : this.names.index(relation, this.name(token));
      if (relation !== undefined && part !== undefined) {
        this.use(token, relation, part);
        return;
      }
    }
  }

  private order(mention: Mention): void {
    const { chain, scope } = mention;
    const token = chain.tokens[0] as Token;
    const first = scope.first ?? scope;
    const key = this.key(token);
    const said = chain.tokens.length === 1 && first.outputs.some((one) => one.key === key);
    // What the output is called stays: an alias does, and a column's name becomes one.
    if (said && (first.named || first.outputs.some((one) => one.key === key && one.alias === true))) return;
    if (scope.first !== undefined) {
      const column = outputsOf(first, this.names)?.find((one) => one.key === key);
      if (column !== undefined) {
        this.found(token, { kind: 'column', column }, mention);
        return;
      }
    }
    this.value(mention);
  }

  private value(mention: Mention): void {
    const { chain, scope } = mention;
    if (chain.tokens.length > 1) {
      this.qualified(mention);
      return;
    }
    const token = chain.tokens[0] as Token;
    const declared = this.scan.declared.has(this.key(token));
    if (declared && /^(?:mysql|mariadb)$/.test(this.names.dialect)) return;
    const found = findColumn(scope, this.key(token), this.names);
    if (found.kind === 'nothing' && !declared) this.type(mention);
    else this.found(token, found, mention);
  }

  private joined({ chain, scope }: Mention): void {
    const token = chain.tokens.at(-1) as Token;
    const key = this.key(token);
    this.doubt(
      token,
      scope.items.flatMap((item) => columnsOfItem(item, this.names)?.filter((one) => one.key === key) ?? []),
    );
  }

  /** What the text defines, by the word before its name. */
  private definition(): number {
    const { defines } = this.context;
    const { tokens } = this.scan;
    if (defines === undefined) return -1;
    const word = tokens.findIndex((token, i) => DEFINES.test(token.word) && !DEFINES.test(tokens[i + 1]?.word ?? ''));
    if (word < 0) return -1;
    const chain = this.scan.chainAt(word + 1);
    const name = chain.tokens.at(-1);
    if (name === undefined) return -1;
    this.use(name, defines);
    this.schema(chain.tokens.at(-2));
    return chain.first;
  }

  private mention(mention: Mention): void {
    switch (mention.kind) {
      case 'relation':
        this.relation(mention.chain.tokens);
        return;
      case 'call':
        this.call(mention);
        break;
      case 'type':
        this.type(mention);
        break;
      case 'index':
        this.index(mention);
        break;
      case 'star':
        this.star(mention);
        break;
      case 'column of':
        this.columnOf(mention);
        break;
      case 'using':
        this.joined(mention);
        break;
      case 'target':
        this.target(mention);
        break;
      case 'order':
        this.order(mention);
        break;
      case 'value':
        this.value(mention);
        break;
    }
  }

  run(): this {
    const defined = this.definition();
    for (const mention of this.scan.mentions) if (mention.chain.first !== defined) this.mention(mention);
    return this;
  }
}

function scanText(names: Names, sql: string, { table, rows, statements }: TokenContext): Scan {
  const { tokens } = lexSql(sql, names.dialect);
  const scan = new Scan(tokens, names, statements);
  if (table !== undefined) {
    const own = names.relationName(table);
    if (rows === undefined) scan.root.items.push({ key: names.key(own ?? ''), own: true, relation: table });
    else
      for (const row of rows)
        scan.root.items.push({ key: names.key(foldName(row, names.dialect)), own: false, onlyQualified: true, relation: table });
  }
  return scanTokens(scan);
}

/** What a view's query gives. */
function viewOutputs(names: Names, id: Id): readonly OutColumn[] | undefined {
  const view = names.document.views[id];
  if (view === undefined) return undefined;
  const { columns = [] } = view;
  const found = outputsOf(scanText(names, view.query, { statements: true }).top.query, names);
  const said = columns.map((name) => ({ key: names.key(name) }));
  return columns.length > 0 ? said : found;
}

const memo = new WeakMap<Document, Names>();

function namesOf(document: Document): Names {
  const known = memo.get(document);
  if (known !== undefined) return known;
  const names = new Names(document, document.settings['settings']?.dialect ?? 'postgresql', viewOutputs);
  memo.set(document, names);
  return names;
}

/**
 * The names in SQL text of any dialect and what they mean in a document, by its tokens and the queries they stand in:
 * relations, columns of theirs by qualifier or without one, columns that views and derived tables pass on, routines, types,
 * sequences, indexes in hints. What may mean one thing or another is told as unsure; a text is always readable.
 */
export function tokenUses(document: Document, sql: string, context: TokenContext): Uses {
  const names = namesOf(document);
  const { uses, functions, unsure } = new Resolver(names, scanText(names, sql, context), context).run();
  return { uses: uses.toSorted((a, b) => a.start - b.start), unknown: [], functions, readable: true, unsure };
}
