import { init, parse } from '@guanmingchiu/sqlparser-ts';
import nodeSqlParser from 'node-sql-parser/build/mysql.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { Cursor } from '#engine/dialects/base/read/cursor.ts';
import type { DdlConstraint, DdlTable } from '#engine/dialects/base/read/ddl.ts';
import { corpus, executable } from '#test/corpus.ts';
import { mysqlSnippets } from '../../../../../test/fidelity/mysql-snippets.ts';
import { MYSQL_GRAMMAR } from './grammar.ts';

/** What readers of a CREATE TABLE should agree on. */
interface Shape {
  readonly name: string;
  readonly columns: readonly string[];
  readonly primary: number;
  readonly unique: number;
  readonly indexes: number;
  readonly foreign: number;
}

type Tree = Readonly<Record<string, unknown>>;
const tree = (value: unknown): Tree => (typeof value === 'object' && value !== null ? (value as Tree) : {});
const list = (value: unknown): readonly Tree[] => (Array.isArray(value) ? value.map(tree) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What our own grammar says. */
function ours(sql: string): Shape | undefined {
  const read = MYSQL_GRAMMAR.read(new Cursor(sql, 'mysql'));
  const [table] = read.ok ? read.ddl : [];
  if (table?.kind !== 'table' || table.like !== undefined) return undefined;
  const all: readonly DdlConstraint[] = [...table.columns.flatMap((one) => one.constraints ?? []), ...table.constraints];
  const count = (kind: DdlConstraint['kind']) => all.filter((one) => one.kind === kind).length;
  return {
    name: (table as DdlTable).name.name,
    columns: table.columns.map((one) => one.name),
    primary: count('primary'),
    unique: count('unique'),
    indexes: count('index'),
    foreign: count('foreign'),
  };
}

/** What the parser of sqlparser-rs says; undefined when it refuses the statement. */
function rust(sql: string): Shape | undefined {
  let made: Tree;
  try {
    made = tree(tree((parse(sql, 'mysql') as unknown[])[0])['CreateTable']);
  } catch {
    return undefined;
  }
  const columns = list(made['columns']);
  if (columns.length === 0) return undefined;
  const options = columns.flatMap((column) => list(column['options'])).map((one) => one['option']);
  const constraints: readonly unknown[] = [...options, ...list(made['constraints'])];
  const has = (...kinds: readonly string[]) => constraints.filter((one) => kinds.some((kind) => kind in tree(one))).length;
  const path = list(made['name']);
  return {
    name: text(tree(path.at(-1)?.['Identifier'])['value']),
    columns: columns.map((column) => text(tree(column['name'])['value'])),
    primary: has('PrimaryKey'),
    unique: has('Unique'),
    indexes: has('Index', 'FulltextOrSpatial'),
    foreign: has('ForeignKey'),
  };
}

const library = new nodeSqlParser.Parser();

/** What node-sql-parser says; undefined when it refuses the statement. */
function node(sql: string): Shape | undefined {
  let made: Tree;
  try {
    const parsed: unknown = library.astify(sql);
    made = tree(Array.isArray(parsed) ? parsed[0] : parsed);
  } catch {
    return undefined;
  }
  const definitions = list(made['create_definitions']);
  const columns = definitions.filter((one) => one['resource'] === 'column');
  if (made['keyword'] !== 'table' || columns.length === 0) return undefined;
  const kinds = definitions
    .filter((one) => one['resource'] !== 'column')
    .map((one) => text(one['constraint_type'] ?? one['keyword']).toLowerCase());
  const count = (pattern: RegExp) => kinds.filter((kind) => pattern.test(kind)).length;
  const inline = (key: string) => columns.filter((one) => one[key] !== undefined && one[key] !== null).length;
  return {
    name: text(list(made['table'])[0]?.['table']).replaceAll('``', '`'),
    columns: columns.map((one) => text(tree(one['column'])['column']).replaceAll('``', '`')),
    primary: count(/^primary key/) + inline('primary_key'),
    unique: count(/^unique/) + inline('unique'),
    indexes: count(/^(?:key|index|fulltext|spatial)/),
    // What it calls a reference may be an ON UPDATE alone.
    foreign: count(/^foreign key/) + columns.filter((one) => 'table' in tree(one['reference_definition'])).length,
  };
}

const TABLES = [...corpus('mysql'), ...mysqlSnippets().filter((one) => one.of !== 'mariadb')]
  .flatMap(({ sql }) => executable(sql, 'mysql'))
  .filter((sql) => /^CREATE\s+(?:TEMPORARY\s+)?TABLE\b/i.test(sql))
  // A type that brings a key along is a key to us, and a word to them.
  // `(LIKE b)` is a column called LIKE to one of them.
  .filter((sql) => !/\bSERIAL\b|\(LIKE\b/i.test(sql));

describe('other parsers agree on the tables they accept', () => {
  beforeAll(() => init());

  it.each([
    ['sqlparser-rs', rust, 170],
    ['node-sql-parser', node, 150],
  ] as const)('%s', (_name, other, least) => {
    let compared = 0;
    const differ: { sql: string; ours: Shape | undefined; theirs: Shape }[] = [];
    for (const sql of TABLES) {
      const theirs = other(sql);
      if (theirs === undefined) continue;
      compared++;
      const mine = ours(sql);
      if (JSON.stringify(mine) !== JSON.stringify(theirs)) differ.push({ sql: sql.slice(0, 300), ours: mine, theirs });
    }
    expect(differ).toEqual([]);
    expect(compared).toBeGreaterThanOrEqual(least);
  });
});
