import type { Id } from '#model/types.ts';
import { lex } from '../lex.ts';
import { ident, literal, qualified } from '../quote.ts';
import type { Catalog, OutColumn, Relation } from './catalog.ts';
import { type FromItem, findItem, findName, isColumn, type Level } from './levels.ts';
import { nameOf, pathAt, type Source } from './source.ts';
import { as, field, isNode, list, locationOf, type Node, stringConstant, strings, text } from './tree.ts';
import type { FunctionUse, Unknown, Use } from './uses.ts';

const SYSTEM_COLUMNS = new Set(['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid', 'oid']);
const REGCLASS_FUNCTIONS = new Set(['nextval', 'currval', 'setval', 'to_regclass', 'pg_get_serial_sequence']);

/** How subqueries and data-changing statements are walked; set by `select.ts`, which builds on this file. */
export interface StatementWalker {
  select(walker: Walker, select: Node, level: Level): readonly OutColumn[] | undefined;
  statement(walker: Walker, kind: string, node: Node, level: Level): boolean;
}

/** Goes through one parsed text and notes every name that means something of the document. */
export class Walker {
  readonly source: Source;
  readonly catalog: Catalog;
  readonly uses: Use[] = [];
  readonly unknown: Unknown[] = [];
  readonly functions: FunctionUse[] = [];
  readonly #statements: StatementWalker;
  /** Parses another text, such as the query of a view that this one reads. */
  readonly parse: (sql: string) => Source | undefined;

  constructor(source: Source, catalog: Catalog, statements: StatementWalker, parse: (sql: string) => Source | undefined) {
    this.source = source;
    this.catalog = catalog;
    this.#statements = statements;
    this.parse = parse;
  }

  select(select: Node, level: Level): readonly OutColumn[] | undefined {
    return this.#statements.select(this, select, level);
  }

  /** Visits any node: names in it, and everything below. */
  visit(value: unknown, level: Level): void {
    if (Array.isArray(value)) {
      for (const item of value) this.visit(item, level);
      return;
    }
    if (!isNode(value)) return;
    for (const [kind, inner] of Object.entries(value)) {
      if (Array.isArray(inner)) this.visit(inner, level);
      else if (isNode(inner) && !this.#known(kind, inner, level)) this.visit(inner, level);
    }
  }

  /** Handles nodes that names stand in. False when the node is only a container. */
  #known(kind: string, node: Node, level: Level): boolean {
    switch (kind) {
      case 'ColumnRef':
        this.columnRef(node, level);
        return true;
      case 'FuncCall':
        this.#call(node, level);
        return true;
      case 'A_Indirection':
        this.#attribute(node, level);
        return false;
      case 'TypeName':
      case 'typeName':
      case 'argType':
      case 'returnType':
        this.typeName(node);
        return true;
      case 'TypeCast':
        this.#cast(node, level);
        return true;
      case 'RangeVar':
      case 'relation':
        if (kind === 'relation' && !('relname' in node)) return false;
        this.relation(node);
        return true;
      case 'SelectStmt':
      case 'larg':
      case 'rarg':
        if (kind !== 'SelectStmt' && !('targetList' in node || 'op' in node)) return false;
        this.select(node, level);
        return true;
      default:
        return this.#statements.statement(this, kind, node, level);
    }
  }

  use(record: Id, part: Id | undefined, start: number, end: number, renamed: (name: string) => string = ident): void {
    this.uses.push({ record, start, end, renamed, ...(part === undefined ? {} : { part }) });
  }

  /** Notes the types of casts around an output column, whose reference is noted apart. */
  visitTypes(value: unknown): void {
    const cast = as(value, 'TypeCast');
    const type = cast === undefined ? undefined : field(cast, 'typeName');
    if (type !== undefined) this.typeName(type);
    const inner = cast ?? as(value, 'CollateClause');
    if (inner !== undefined) this.visitTypes(inner['arg']);
  }

  /** Notes the schema of a qualified name. */
  schema(name: string | undefined, token: Token | undefined): void {
    const id = name === undefined ? undefined : this.catalog.schemaId(name);
    if (id !== undefined && token !== undefined) this.use(id, undefined, token.start, token.end);
  }

  /** Notes that a name without a schema is found in one, so that renaming that schema has to say it. */
  unqualified(found: Id, token: Token): void {
    const id = this.catalog.publicSchemaOf(found);
    if (id !== undefined) this.use(id, undefined, token.start, token.start, (name) => `${ident(name)}.`);
  }

  /** Resolves a RangeVar to a relation of the document and notes its name. */
  relation(node: Node): Relation | undefined {
    const name = text(node, 'relname');
    if (name === undefined) return undefined;
    const schema = text(node, 'schemaname');
    const path = pathAt(this.source, locationOf(node));
    const token = path.at(schema === undefined ? 0 : 1);
    if (token === undefined || nameOf(this.source, token) !== name) return undefined;
    if (schema !== undefined) this.schema(schema, path[0]);
    const found = this.catalog.relation(schema, name);
    if (found !== undefined) {
      this.use(found.id, undefined, token.start, token.end);
      if (schema === undefined) this.unqualified(found.id, token);
    } else if (!name.startsWith('pg_') && schema !== 'pg_catalog' && schema !== 'information_schema') {
      this.unknown.push({ kind: 'relation', name: qualified(schema, name), start: token.start, end: token.end });
    }
    return found;
  }

  /** Notes a column reference. @param alias text to add where the output name must stay when the column is renamed. */
  columnRef(node: Node, level: Level, alias?: { readonly name: string; readonly at: number }): void {
    const fields = strings(list(node, 'fields'));
    const path = pathAt(this.source, locationOf(node));
    const star = fields.at(-1) === undefined;
    const names = star ? fields.slice(0, -1) : fields;
    if (path.length < names.length || names.length === 0) return;
    if (names.length === 1 && !star) this.#unqualified(names[0] as string, path[0] as Token, level, alias);
    else this.#qualified(names as string[], path, star, level, alias);
  }

  #unqualified(name: string, token: Token, level: Level, alias: Alias | undefined): void {
    const found = findName(level, name);
    if (found.kind === 'column') this.#column(found.column, token, alias);
    else if (found.kind === 'item') this.#qualifier(found.item, token);
    else if (found.kind === 'nothing' && !SYSTEM_COLUMNS.has(name)) {
      this.unknown.push({ kind: 'column', name, start: token.start, end: token.end });
    }
  }

  #qualified(names: readonly string[], path: readonly Token[], star: boolean, level: Level, alias: Alias | undefined): void {
    const at = star ? names.length - 1 : names.length - 2;
    const item = findItem(level, names[at] as string);
    if (item === undefined) {
      // A column of a composite type, `(column).field` written without brackets in old texts, or a row of a parameter.
      if (names.length === 2) this.#unqualified(names[0] as string, path[0] as Token, { ...level, open: true }, undefined);
      return;
    }
    this.#qualifier(item, path[at] as Token);
    if (at === 1) this.schema(names[0], path[0]);
    if (star) return;
    const name = names[at + 1] as string;
    const column = item.columns?.find((one) => one.name === name);
    const token = path[at + 1] as Token;
    if (column !== undefined) this.#column(column, token, alias);
    else if (item.columns !== undefined && !SYSTEM_COLUMNS.has(name)) {
      this.unknown.push({ kind: 'column', name: `${names[at]}.${name}`, start: token.start, end: token.end });
    }
  }

  #qualifier(item: FromItem, token: Token): void {
    if (item.relation !== undefined) this.use(item.relation.id, undefined, token.start, token.end);
  }

  #column(column: OutColumn, token: Token, alias: Alias | undefined): void {
    if (!isColumn(column)) return;
    if (alias === undefined) {
      this.use(column.table, column.column, token.start, token.end);
      return;
    }
    const between = this.source.sql.slice(token.end, alias.at);
    this.use(column.table, column.column, token.start, alias.at, (name) => `${ident(name)}${between} AS ${ident(alias.name)}`);
  }

  #call(node: Node, level: Level): void {
    const names = strings(list(node, 'funcname'));
    const name = names.at(-1);
    const path = pathAt(this.source, locationOf(node));
    const token = path.at(-1);
    const args = list(node, 'args');
    if (name !== undefined && token !== undefined && nameOf(this.source, token) === name) {
      const schema = path.length > 1 ? names[0] : undefined;
      this.routine(schema, name, path, args.length);
      if (REGCLASS_FUNCTIONS.has(name)) this.#relationText(args[0]);
    }
    for (const [key, inner] of Object.entries(node)) if (key !== 'funcname') this.visit(inner, level);
  }

  /** Notes a routine's name. @param count arguments, to tell overloads apart. */
  routine(schema: string | undefined, name: string, path: readonly Token[], count: number | undefined): void {
    const token = path.at(-1) as Token;
    this.functions.push({ name, start: token.start, end: token.end, ...(schema === undefined ? {} : { schema }) });
    if (path.length > 1) this.schema(schema, path[0]);
    const found = this.catalog.routines(schema, name);
    const fitting = found.length > 1 && count !== undefined ? found.filter((one) => this.#argumentCount(one.id) === count) : found;
    for (const routine of fitting.length > 0 ? fitting : found) this.use(routine.id, undefined, token.start, token.end);
    if (path.length === 1 && found[0] !== undefined) this.unqualified(found[0].id, token);
  }

  #argumentCount(id: Id): number {
    const signature = this.catalog.document.routines[id]?.signature ?? '';
    if (signature.trim() === '') return 0;
    let depth = 0;
    let count = 1;
    for (const token of lex(signature)) {
      if (token.text === '(') depth++;
      else if (token.text === ')') depth--;
      else if (token.text === ',' && depth === 0) count++;
    }
    return count;
  }

  #cast(node: Node, level: Level): void {
    const type = field(node, 'typeName');
    if (type !== undefined) {
      this.typeName(type);
      if (strings(list(type, 'names')).at(-1) === 'regclass') this.#relationText(node['arg']);
    }
    this.visit({ arg: node['arg'] }, level);
  }

  /** Notes the relation that a string constant names, as in `'public.orders_id_seq'::regclass`. */
  #relationText(value: unknown): void {
    const constant = stringConstant(value);
    if (constant === undefined) return;
    const path = lex(constant.value).filter((token) => token.kind === 'word' || token.kind === 'quoted');
    const name = path.at(-1)?.text;
    const schema = path.length > 1 ? path[0]?.text : undefined;
    const found = name === undefined ? undefined : this.catalog.relation(schema, name);
    const index = this.source.at.get(constant.location);
    const token = index === undefined ? undefined : this.source.tokens[index];
    if (found === undefined || name === undefined || token === undefined) return;
    this.use(found.id, undefined, token.start, token.end, (renamed) => literal(qualified(schema, renamed)));
    const schemaId = schema === undefined ? this.catalog.publicSchemaOf(found.id) : this.catalog.schemaId(schema);
    if (schemaId !== undefined)
      this.use(schemaId, undefined, token.start, token.end, (renamed) => literal(qualified(renamed, name)));
  }

  /** Notes the type a TypeName names, and for `%TYPE` the relation and its column. */
  typeName(node: Node): void {
    for (const mods of list(node, 'typmods'))
      this.visit(mods, { items: [], ctes: new Map(), outputs: new Set(), parent: undefined, open: true });
    const names = strings(list(node, 'names'));
    const path = pathAt(this.source, locationOf(node));
    const percent = node['pct_type'] === true;
    const own = percent ? names.slice(0, -1) : names;
    const name = own.at(-1);
    const token = path[own.length - 1];
    if (name === undefined || token === undefined || nameOf(this.source, token) !== name) return;
    const schema = own.length > 1 ? own[0] : undefined;
    if (schema !== undefined) this.schema(schema, path[0]);
    const found = percent ? this.catalog.relation(schema, name) : this.catalog.type(schema, name);
    if (found === undefined) return;
    this.use(found.id, undefined, token.start, token.end);
    if (schema === undefined) this.unqualified(found.id, token);
    const columnToken = percent ? path[own.length] : undefined;
    const column = this.catalog.tableColumns(found.id)?.find((one) => one.name === names.at(-1));
    if (columnToken !== undefined && column !== undefined) this.#column(column, columnToken, undefined);
  }

  /** Notes a function that the grammar reads as a type, as in the options of an aggregate. */
  functionAsType(node: Node): void {
    const names = strings(list(node, 'names'));
    const path = pathAt(this.source, locationOf(node));
    const name = names.at(-1);
    const token = path.at(-1);
    if (name === undefined || token === undefined || nameOf(this.source, token) !== name) return;
    this.routine(path.length > 1 ? names[0] : undefined, name, path, undefined);
  }

  /** Notes a composite type's attributes in `(column).attribute`, as far as the column's type tells. */
  #attribute(node: Node, level: Level): void {
    const reference = as(node['arg'], 'ColumnRef');
    const names = reference === undefined ? [] : strings(list(reference, 'fields'));
    const last = names.at(-1);
    const path = reference === undefined ? [] : pathAt(this.source, locationOf(reference));
    const token = path.at(-1);
    if (last === undefined || token === undefined || names.length > 2) return;
    const item = names.length === 2 ? findItem(level, names[0] as string) : undefined;
    const found = item === undefined ? findName(level, last) : undefined;
    const column = item?.columns?.find((one) => one.name === last) ?? (found?.kind === 'column' ? found.column : undefined);
    let type = column === undefined ? undefined : this.catalog.columnType(column);
    // `(a.b).c.d`: a closing bracket and a dot stand before the first name, a dot before every other.
    let at = (this.source.at.get(token.start) ?? 0) + 3;
    for (const name of strings(list(node, 'indirection'))) {
      const stands = this.source.tokens[at];
      const attribute = name === undefined || type === undefined ? undefined : this.catalog.attribute(type, name);
      if (stands === undefined || attribute === undefined || nameOf(this.source, stands) !== name) return;
      this.use(attribute.record, attribute.part, stands.start, stands.end);
      type = attribute.type;
      at += 2;
    }
  }

  /** Notes the item that FOR UPDATE OF names, which is a relation of FROM by its own name or an alias. */
  lockedItem(node: Node, level: Level): void {
    const token = pathAt(this.source, locationOf(node))[0];
    const item = findItem(level, text(node, 'relname') ?? '');
    if (token !== undefined && item !== undefined) this.#qualifier(item, token);
  }

  /** Number of the next opening bracket. */
  openingAfter(from: number): number {
    const { tokens, sql } = this.source;
    let at = from;
    while (at < tokens.length && sql[(tokens[at] as Token).start] !== '(') at++;
    return at;
  }

  /**
   * Notes columns that stand in a list in brackets. @param open number of the opening bracket.
   * @param names those of its entries; undefined for one that is no name. @returns the number of the closing bracket.
   */
  bracketedColumns(open: number, names: readonly (string | undefined)[], columns: readonly OutColumn[] | undefined): number {
    const { tokens, sql } = this.source;
    let depth = 0;
    let entry = 0;
    for (let at = open; at < tokens.length; at++) {
      const token = tokens[at] as Token;
      const raw = sql.slice(token.start, token.end);
      if (raw === ')' && --depth === 0) return at;
      if (raw === '(') depth++;
      if (at === open || (depth === 1 && raw === ',')) this.columnName(columns, names[entry++], tokens[at + 1]?.start);
    }
    return tokens.length;
  }

  /** Notes the column that an INSERT, UPDATE or the like names without a reference. */
  columnName(columns: readonly OutColumn[] | undefined, name: string | undefined, offset: number | undefined): void {
    const token = pathAt(this.source, offset)[0];
    const column = columns?.find((one) => one.name === name);
    if (token !== undefined && column !== undefined && nameOf(this.source, token) === name) this.#column(column, token, undefined);
  }
}

interface Token {
  readonly start: number;
  readonly end: number;
}

interface Alias {
  readonly name: string;
  readonly at: number;
}

/** The name a column or cast of a column gives an output without an alias; undefined for every other expression. */
export function outputOf(value: unknown): Node | undefined {
  const reference = as(value, 'ColumnRef');
  if (reference !== undefined) return strings(list(reference, 'fields')).at(-1) === undefined ? undefined : reference;
  const inner = as(value, 'TypeCast') ?? as(value, 'CollateClause');
  return inner === undefined ? undefined : outputOf(inner['arg']);
}
