/** Parsers of other people as second opinions of what a statement says. They print nothing and decide nothing. */
import * as polyglot from '@polyglot-sql/sdk';
import type { Ddl, DdlConstraint } from '#engine/dialects/base/read/ddl.ts';
import { foldName } from '#engine/dialects/base/traits.ts';
import type { Dialect } from '#model/types.ts';

/** What two readers of a statement should agree on. */
export interface Shape {
  readonly kind: 'table' | 'alter table' | 'index' | 'comment';
  /** The table, or `table.column` of a comment. */
  readonly on: string;
  /** Columns made or, of an index, members; an expression is `?`. */
  readonly columns: readonly string[];
  readonly primary: number;
  readonly unique: number;
  readonly foreign: number;
  /** Name of the index, or the comment. */
  readonly text?: string;
}

type Tree = Readonly<Record<string, unknown>>;

const tree = (value: unknown): Tree => (typeof value === 'object' && value !== null ? (value as Tree) : {});
const list = (value: unknown): readonly Tree[] => (Array.isArray(value) ? value.map(tree) : []);

/** Their names for our dialects. */
const POLYGLOT: Readonly<Partial<Record<Dialect, string>>> = { oracle: 'oracle', mssql: 'tsql' };

/** A name node: `{name, quoted}`, or one around another. */
function nameOf(value: unknown, dialect: Dialect): string {
  const node = tree(value);
  if (typeof node['name'] !== 'string') return 'name' in node ? nameOf(node['name'], dialect) : '';
  return node['quoted'] === true ? node['name'] : foldName(node['name'], dialect);
}

function count(nodes: readonly Tree[], kind: string): number {
  return nodes.filter((node) => kind in node).length;
}

function tableShape(made: Tree, dialect: Dialect): Shape {
  const columns = list(made['columns']);
  const constraints = list(made['constraints']);
  const has = (key: string) => columns.filter((column) => column[key] === true).length;
  const inline = columns.flatMap((column) => list(column['constraints']));
  return {
    kind: 'table',
    on: nameOf(made['name'], dialect),
    columns: columns.map((column) => nameOf(column, dialect)),
    primary: count(constraints, 'PrimaryKey') + has('primary_key'),
    unique: count(constraints, 'Unique') + has('unique'),
    foreign: count(constraints, 'ForeignKey') + count(inline, 'References'),
  };
}

function alterShape(altered: Tree, dialect: Dialect): Shape {
  const actions = list(altered['actions']);
  const constraints = actions.map((action) => tree(action['AddConstraint']));
  const columns = actions.map((action) => tree(tree(action['AddColumn'])['column'])).filter((column) => 'name' in column);
  const has = (key: string) => columns.filter((column) => column[key] === true).length;
  return {
    kind: 'alter table',
    on: nameOf(altered['name'], dialect),
    columns: columns.map((column) => nameOf(column, dialect)),
    primary: count(constraints, 'PrimaryKey') + has('primary_key'),
    unique: count(constraints, 'Unique') + has('unique'),
    foreign:
      count(constraints, 'ForeignKey') +
      count(
        columns.flatMap((column) => list(column['constraints'])),
        'References',
      ),
  };
}

function commentShape(comment: Tree, dialect: Dialect): Shape {
  const what = tree(comment['this']);
  const column = tree(what['column']);
  const on =
    'column' in what
      ? `${nameOf({ name: column['table'] }, dialect)}.${nameOf({ name: column['name'] }, dialect)}`
      : nameOf(what['identifier'] ?? what['table'] ?? what, dialect);
  const text = tree(tree(comment['expression'])['literal'])['value'];
  return { kind: 'comment', on, columns: [], primary: 0, unique: 0, foreign: 0, text: String(text) };
}

/** What the other parser makes of one statement. @returns why it refuses it, or undefined for a kind that is not compared. */
export function otherShape(sql: string, dialect: Dialect): Shape | { readonly refused: string } | undefined {
  const parsed = polyglot.parse(sql, POLYGLOT[dialect] as Parameters<typeof polyglot.parse>[1]) as {
    success: boolean;
    ast?: unknown;
    error?: string;
  };
  if (!parsed.success) return { refused: parsed.error ?? 'no reason given' };
  const [root] = list(parsed.ast);
  if (root === undefined) return { refused: 'no statement' };
  if ('create_table' in root) return tableShape(tree(root['create_table']), dialect);
  if ('alter_table' in root) return alterShape(tree(root['alter_table']), dialect);
  if ('comment' in root) return commentShape(tree(root['comment']), dialect);
  if (!('create_index' in root)) return undefined;
  const index = tree(root['create_index']);
  // A number is an expression, not a column of that name.
  const members = list(index['columns']).map((one) => nameOf(one['column'], dialect).replace(/^\d+$/, '?'));
  const text = nameOf(index['name'], dialect);
  return { kind: 'index', on: nameOf(index['table'], dialect), columns: members, primary: 0, unique: 0, foreign: 0, text };
}

function constraintShape(constraints: readonly DdlConstraint[]): Pick<Shape, 'primary' | 'unique' | 'foreign'> {
  const of = (kind: DdlConstraint['kind']) => constraints.filter((one) => one.kind === kind).length;
  return { primary: of('primary'), unique: of('unique'), foreign: of('foreign') };
}

/** The same of what our own grammar makes of it. */
export function ownShape(ddl: Ddl): Shape | undefined {
  if (ddl.kind === 'table') {
    const inline = ddl.columns.flatMap((column) => column.constraints ?? []);
    const columns = ddl.columns.map(({ name }) => name);
    return { kind: 'table', on: ddl.name.name, columns, ...constraintShape([...inline, ...ddl.constraints]) };
  }
  if (ddl.kind === 'alter table') {
    const added = ddl.actions.flatMap((action) => (action.kind === 'add column' ? [action.column] : []));
    const constraints = ddl.actions.flatMap((action) => (action.kind === 'add constraint' ? [action.constraint] : []));
    const inline = added.flatMap((column) => column.constraints ?? []);
    const columns = added.map(({ name }) => name);
    return { kind: 'alter table', on: ddl.name.name, columns, ...constraintShape([...inline, ...constraints]) };
  }
  const none = { primary: 0, unique: 0, foreign: 0 };
  if (ddl.kind === 'create index') {
    const columns = ddl.index.elements.map((one) => one.column ?? '?');
    return { kind: 'index', on: ddl.table.name, columns, ...none, text: ddl.index.name ?? '' };
  }
  if (ddl.kind !== 'comment') return undefined;
  const on = [ddl.name.schema, ddl.name.name, ddl.part].filter((one) => one !== undefined).join('.');
  return { kind: 'comment', on, columns: [], ...none, text: ddl.comment ?? '' };
}
