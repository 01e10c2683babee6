import type { PgTree } from '../../../sql/parser-port.ts';
import { isBuiltinTypeName } from '../type-names.ts';
import type { ReadState } from './state.ts';

/** Schemas written into a statement: the text, and what was put in where, in offsets of the text before. */
export interface Qualified {
  readonly text: string;
  readonly insertions: readonly Insertion[];
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

type Tree = Readonly<Record<string, unknown>>;

/** Nodes whose field names what the statement makes, which the search path places instead of finding it. */
const MADE: Readonly<Record<string, string>> = {
  CreateStmt: 'relation',
  base: 'relation',
  ViewStmt: 'view',
  into: 'rel',
  intoClause: 'rel',
  CreateSeqStmt: 'sequence',
  CompositeTypeStmt: 'typevar',
};

const NAMES_RELATION = new Set(['nextval', 'currval', 'setval', 'to_regclass', 'pg_get_serial_sequence']);

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function names(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((one) => (isTree(one) && isTree(one['String']) ? String(one['String']['sval'] ?? '') : []));
}

/** A name is written out where it stands; one the path finds in `public` is found there anyway. */
class Qualifier {
  readonly insertions: Insertion[] = [];
  private readonly state: ReadState;
  private readonly text: string;
  private readonly routines: ReadonlySet<string>;

  constructor(state: ReadState, text: string) {
    this.state = state;
    this.text = text;
    this.routines = new Set([...state.records.routines.values()].map((one) => `${one.schema}\n${one.name}`));
  }

  private schemaOf(name: string, isThere: (schema: string, id: string) => boolean): string | undefined {
    const found = this.state.candidates({ name }).find(({ schema }) => {
      const id = this.state.findSchema(schema ?? 'public');
      return id !== undefined && isThere(schema ?? 'public', id);
    });
    return found?.schema === 'public' ? undefined : found?.schema;
  }

  private put(at: unknown, name: string, schema: string | undefined, quoted = false): void {
    if (schema === undefined || typeof at !== 'number') return;
    const stands = this.text.slice(at, at + name.length + 2).toLowerCase();
    // The name must stand there as it is: positions of special syntax point elsewhere.
    if (!quoted && !stands.startsWith(name.toLowerCase()) && !stands.startsWith('"') && !/^u&"/.test(stands)) return;
    this.insertions.push({ at, text: `${this.state.quote(schema)}.` });
  }

  private relation(node: Tree, hidden: ReadonlySet<string>): void {
    const name = node['relname'];
    if (typeof name !== 'string' || node['schemaname'] !== undefined || hidden.has(name)) return;
    const schema = this.schemaOf(name, (_, id) => this.state.relationIn(id, name) !== undefined);
    this.put(node['location'] ?? 0, name, schema);
  }

  private type(node: Tree): void {
    const list = names(node['names']);
    const [name] = list;
    const percent = node['pct_type'] === true;
    if (name === undefined || list.length !== (percent ? 2 : 1) || isBuiltinTypeName(name)) return;
    const schema = this.schemaOf(name, (_, id) => {
      return this.state.typeIn(id, name) !== undefined || this.state.relationIn(id, name) !== undefined;
    });
    this.put(node['location'] ?? 0, name, schema);
  }

  private call(node: Tree): void {
    const list = names(node['funcname']);
    const [name] = list;
    if (name !== undefined && list.length === 1) {
      this.put(
        node['location'] ?? 0,
        name,
        this.schemaOf(name, (_, id) => this.routines.has(`${id}\n${name}`)),
      );
    }
    const [first] = Array.isArray(node['args']) ? node['args'] : [];
    if (NAMES_RELATION.has(list.at(-1) ?? '')) this.relationText(first);
  }

  /** The relation that a plain string names: `nextval('orders_id_seq')`. */
  private relationText(value: unknown): void {
    const constant = isTree(value) ? value['A_Const'] : undefined;
    if (!isTree(constant) || !isTree(constant['sval'])) return;
    const name = constant['sval']['sval'];
    const at = Number(constant['location'] ?? 0);
    if (typeof name !== 'string' || !/^[a-z_][a-z0-9_$]*$/.test(name) || this.text[at] !== "'") return;
    const schema = this.schemaOf(name, (_, id) => this.state.relationIn(id, name) !== undefined);
    if (schema?.includes("'") !== true) this.put(at + 1, name, schema, true);
  }

  visit(value: unknown, hidden: ReadonlySet<string>, kind = ''): void {
    if (Array.isArray(value)) {
      for (const item of value) this.visit(item, hidden);
      return;
    }
    if (!isTree(value)) return;
    if ('relname' in value) this.relation(value, hidden);
    else if ('typemod' in value && 'names' in value) this.type(value);
    else if ('funcname' in value && Array.isArray(value['funcname']) && kind === 'FuncCall') this.call(value);
    else if (kind === 'TypeCast' && isTree(value['typeName']) && names(value['typeName']['names']).at(-1) === 'regclass') {
      this.relationText(value['arg']);
    }
    const inner = this.withOwn(value, hidden);
    const made = Object.hasOwn(MADE, kind) ? MADE[kind] : undefined;
    for (const [key, child] of Object.entries(value)) if (key !== made) this.visit(child, inner, key);
  }

  /** Names that WITH clauses define hide relations. */
  private withOwn(node: Tree, hidden: ReadonlySet<string>): ReadonlySet<string> {
    const clause = node['withClause'];
    if (!isTree(clause) || !Array.isArray(clause['ctes'])) return hidden;
    const own = clause['ctes'].flatMap((one) => {
      const cte = isTree(one) ? one['CommonTableExpr'] : undefined;
      return isTree(cte) && typeof cte['ctename'] === 'string' ? cte['ctename'] : [];
    });
    return new Set([...hidden, ...own]);
  }
}

/**
 * Writes out the schemas that the search path gives the relations, types and functions a statement names, when that path
 * is another than the usual one, under which the written DDL runs. Bodies of routines in quotes stay as they are: their
 * names are looked up when they run.
 * @param text the statement. @param tree its parse tree, with UTF-16 offsets. @returns undefined when nothing changes.
 */
export function qualifyNames(state: ReadState, tree: PgTree, text: string): Qualified | undefined {
  if (state.searchPath.every((schema) => schema === 'public' || schema === 'pg_catalog')) return undefined;
  const qualifier = new Qualifier(state, text);
  for (const { stmt } of tree.stmts) qualifier.visit(stmt, new Set());
  if (qualifier.insertions.length === 0) return undefined;
  const places = new Map(qualifier.insertions.map((one) => [one.at, one]));
  const insertions = [...places.values()].sort((a, b) => a.at - b.at);
  let out = '';
  let last = 0;
  for (const { at, text: schema } of insertions) {
    out += text.slice(last, at) + schema;
    last = at;
  }
  return { text: out + text.slice(last), insertions };
}

/** An offset of the qualified text in the text before. */
export function positionBefore({ insertions }: Qualified, position: number): number {
  let before = position;
  for (const { at, text } of insertions) {
    if (at + text.length <= before) before -= text.length;
    else if (at < before) before = at;
  }
  return before;
}
