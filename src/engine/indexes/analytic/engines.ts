import type { Index, Key } from '#model/table-parts.ts';
import type { Dialect, Document, Id, Table } from '#model/types.ts';
import { INNODB_TREE, MSSQL_TREE, ORACLE_TREE, SQLITE_TREE, type TreeLayout } from '../../physical/engine-trees.ts';
import { typeFacts } from '../../rules/type-facts.ts';
import {
  BLOCK_HABITS,
  type Habits,
  MSSQL_HABITS,
  MYSQL_HABITS,
  ORACLE_HABITS,
  POSTGRES_HABITS,
  SQLITE_HABITS,
} from '../cost/habits.ts';
import type { UpdateWay } from '../cost/writes.ts';

/** How rows of a table are kept. */
export interface Organisation {
  /** They lie in the order of these columns: the leaves of that key's tree are the rows. */
  readonly clusteredBy?: readonly Id[];
  /** The key or index that says so; absent where it is only the engine's own number of rows. */
  readonly part?: Id;
  /** Columns that every index entry holds to find its row. */
  readonly pointer: readonly Id[];
  /** A row is found by walking down the table's own tree, not by its address. */
  readonly walks: boolean;
}

/** What of an engine makes a difference to sizes and costs of indexes. */
export interface Engine {
  /** @param version as the document has it */
  habits(version: number): Habits;
  /** Absent: PostgreSQL's own trees, with lists of rows for equal keys. */
  readonly tree?: TreeLayout;
  organisation(document: Document, table: Table): Organisation;
  readonly updates: UpdateWay['way'];
  /** An index in the order of its collation finds what begins with given characters. */
  likeByOrder(collation: string | undefined): boolean;
  /** Columns of a foreign key have an index, whether one was made or not. */
  readonly indexesForeignKeys?: true;
}

const HEAP: Organisation = { pointer: [], walks: false };

const primaryOf = (table: Table): Key | undefined => table.keys.find(({ kind }) => kind === 'primary');

/** InnoDB: by the primary key, else by the first unique key of columns that are never NULL, else by a number of its own. */
function innodb(_: Document, table: Table): Organisation {
  const engine = table.parameters?.find(({ name }) => name.toLowerCase() === 'engine')?.value;
  if (engine !== undefined && engine.toLowerCase() !== 'innodb') return HEAP;
  const required = (key: Key) => key.columns.every((id) => table.columns.find((column) => column.id === id)?.nullable === false);
  const key = primaryOf(table) ?? table.keys.find(required);
  return key === undefined
    ? { pointer: [], walks: true }
    : { clusteredBy: key.columns, part: key.id, pointer: key.columns, walks: true };
}

/** SQL Server: by the index that says CLUSTERED; a primary key says so unless something else does. */
function mssql(_: Document, table: Table): Organisation {
  const index: Index | undefined = table.indexes.find((one) => one.clustered === true);
  const key =
    table.keys.find((one) => one.clustered === true) ??
    (index === undefined ? table.keys.find((one) => one.kind === 'primary' && one.clustered !== false) : undefined);
  const columns = key?.columns ?? index?.elements.flatMap((one) => one.column ?? []);
  const part = key?.id ?? index?.id;
  if (columns === undefined || part === undefined) return HEAP;
  return { clusteredBy: columns, part, pointer: columns, walks: true };
}

/** SQLite: by the rowid, which a primary key of one INTEGER is another name of; WITHOUT ROWID by the primary key. */
function sqlite(document: Document, table: Table): Organisation {
  const key = primaryOf(table);
  const named = table.parameters?.some(({ name }) => name.toUpperCase() === 'WITHOUT ROWID') === true;
  const [only] = key?.columns ?? [];
  const column = table.columns.find((one) => one.id === only);
  const isRowid = key?.columns.length === 1 && column !== undefined && typeFacts(document, column.type).name === 'integer';
  if (key === undefined || !(named || isRowid)) return { pointer: [], walks: true };
  return { clusteredBy: key.columns, part: key.id, pointer: key.columns, walks: true };
}

/** Oracle: a heap, unless the table is ORGANIZATION INDEX. */
function oracle(_: Document, table: Table): Organisation {
  const key = primaryOf(table);
  const byIndex = table.residue?.some((text) => /^ORGANIZATION INDEX\b/i.test(text)) === true;
  if (key === undefined || !byIndex) return HEAP;
  return { clusteredBy: key.columns, part: key.id, pointer: key.columns, walks: true };
}

const mariadb: Engine = {
  habits: () => BLOCK_HABITS,
  tree: INNODB_TREE,
  organisation: innodb,
  updates: 'in place',
  likeByOrder: () => true,
  indexesForeignKeys: true,
};

/** By dialect. */
export const ENGINES: Readonly<Record<Dialect, Engine>> = {
  postgresql: {
    habits: () => POSTGRES_HABITS,
    organisation: () => HEAP,
    updates: 'versions',
    // In other collations characters are not compared one by one (manual, 11.10).
    likeByOrder: (collation) => collation !== undefined && /^(?:pg_catalog\.)?"?(?:C|POSIX|ucs_basic)"?$/.test(collation),
  },
  mysql: { ...mariadb, habits: (version) => (version >= 8 ? MYSQL_HABITS : BLOCK_HABITS) },
  mariadb,
  sqlite: {
    habits: () => SQLITE_HABITS,
    tree: SQLITE_TREE,
    organisation: sqlite,
    updates: 'in place',
    likeByOrder: () => true,
  },
  mssql: {
    habits: () => MSSQL_HABITS,
    tree: MSSQL_TREE,
    organisation: mssql,
    updates: 'in place',
    likeByOrder: () => true,
  },
  oracle: {
    habits: () => ORACLE_HABITS,
    tree: ORACLE_TREE,
    organisation: oracle,
    updates: 'in place',
    likeByOrder: () => true,
  },
};
