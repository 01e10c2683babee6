/** What an engine calls the steps of a plan. */
export interface PlanWords {
  /** The whole table, and the whole of one that is stored in the order of its key. */
  readonly table: string;
  readonly clusteredTable: string;
  /** Rows by way of an index; `fetch`: the step that then gets them from the table, where it has a name of its own. */
  readonly find: string;
  readonly fetch?: string;
  /** The index holds all that is needed. */
  readonly cover: string;
  /** Rows that are stored in the order of the key. */
  readonly clusteredFind: string;
  /** The whole index, in its order or because it is smaller than the table. */
  readonly whole: string;
  readonly bitmapFetch: string;
  readonly bitmapFind: string;
  /** What several indexes find together, one for each arm of an OR. */
  readonly either: string;
  readonly loop: string;
  readonly hash: string;
  readonly sort: string;
  readonly limit: string;
  /** Groups by hashing, and of rows that come in their order. */
  readonly hashGroup: string;
  readonly sortedGroup: string;
  /** Parts of a query that nothing joins. */
  readonly together: string;
  readonly insert: string;
  readonly update: string;
  readonly delete: string;
}

/** How an engine gets at rows and joins them, as far as it makes a difference to what an index is worth. */
export interface Habits {
  readonly words: PlanWords;
  /** Rows are fetched by a bitmap of their pages, in the order of the table. */
  readonly bitmaps: boolean;
  /**
   * Tables that no index joins: by a hash table; in blocks, each compared with every row; or by an index that is made for the
   * one query.
   */
  readonly joins: 'hash' | 'blocks' | 'transient index';
  /** A subquery that refers to rows outside is made a join, rather than run for each of them. */
  readonly unnests: boolean;
}

/** PostgreSQL ("Using EXPLAIN", and `explain.c`). */
export const POSTGRES_HABITS: Habits = {
  bitmaps: true,
  joins: 'hash',
  unnests: false,
  words: {
    table: 'Seq Scan',
    clusteredTable: 'Seq Scan',
    find: 'Index Scan',
    cover: 'Index Only Scan',
    clusteredFind: 'Index Scan',
    whole: 'Index Scan',
    bitmapFetch: 'Bitmap Heap Scan',
    bitmapFind: 'Bitmap Index Scan',
    either: 'BitmapOr',
    loop: 'Nested Loop',
    hash: 'Hash Join',
    sort: 'Sort',
    limit: 'Limit',
    hashGroup: 'HashAggregate',
    sortedGroup: 'GroupAggregate',
    together: 'Result',
    insert: 'Insert',
    update: 'Update',
    delete: 'Delete',
  },
};

/** MySQL 8 (Reference Manual, 10.8.2 and `EXPLAIN FORMAT=TREE`): hash joins since 8.0.18. */
export const MYSQL_HABITS: Habits = {
  bitmaps: false,
  joins: 'hash',
  unnests: false,
  words: {
    table: 'Table scan',
    clusteredTable: 'Table scan',
    find: 'Index lookup',
    cover: 'Covering index lookup',
    clusteredFind: 'Primary key lookup',
    whole: 'Index scan',
    bitmapFetch: 'Index merge',
    bitmapFind: 'Index range scan',
    either: 'Sort-union',
    loop: 'Nested loop join',
    hash: 'Hash join',
    sort: 'Sort',
    limit: 'Limit',
    hashGroup: 'Aggregate using temporary table',
    sortedGroup: 'Group aggregate',
    together: 'Parts',
    insert: 'Insert',
    update: 'Update',
    delete: 'Delete',
  },
};

/** MariaDB (`join_cache_level` 2: block nested loop), and MySQL before 8.0.18. */
export const BLOCK_HABITS: Habits = {
  ...MYSQL_HABITS,
  joins: 'blocks',
  words: { ...MYSQL_HABITS.words, hash: 'Block nested loop join' },
};

/** SQLite (EXPLAIN QUERY PLAN): nested loops only; where no index helps it may make one for the query. */
export const SQLITE_HABITS: Habits = {
  bitmaps: false,
  joins: 'transient index',
  unnests: false,
  words: {
    table: 'SCAN',
    clusteredTable: 'SCAN',
    find: 'SEARCH USING INDEX',
    cover: 'SEARCH USING COVERING INDEX',
    clusteredFind: 'SEARCH USING PRIMARY KEY',
    whole: 'SCAN USING INDEX',
    bitmapFetch: 'MULTI-INDEX OR',
    bitmapFind: 'SEARCH USING INDEX',
    either: 'OR',
    loop: 'NESTED LOOP',
    hash: 'SEARCH USING AUTOMATIC INDEX',
    sort: 'USE TEMP B-TREE FOR ORDER BY',
    limit: 'LIMIT',
    hashGroup: 'USE TEMP B-TREE FOR GROUP BY',
    sortedGroup: 'GROUP IN ORDER',
    together: 'PARTS',
    insert: 'INSERT',
    update: 'UPDATE',
    delete: 'DELETE',
  },
};

/** SQL Server (Showplan Logical and Physical Operators Reference). */
export const MSSQL_HABITS: Habits = {
  bitmaps: false,
  joins: 'hash',
  unnests: true,
  words: {
    table: 'Table Scan',
    clusteredTable: 'Clustered Index Scan',
    find: 'Index Seek',
    fetch: 'Key Lookup',
    cover: 'Index Seek',
    clusteredFind: 'Clustered Index Seek',
    whole: 'Index Scan',
    bitmapFetch: 'Key Lookup',
    bitmapFind: 'Index Seek',
    either: 'Concatenation',
    loop: 'Nested Loops',
    hash: 'Hash Match',
    sort: 'Sort',
    limit: 'Top',
    hashGroup: 'Hash Match (Aggregate)',
    sortedGroup: 'Stream Aggregate',
    together: 'Sequence',
    insert: 'Insert',
    update: 'Update',
    delete: 'Delete',
  },
};

/** Oracle (SQL Tuning Guide, "Reading Execution Plans"). */
export const ORACLE_HABITS: Habits = {
  bitmaps: false,
  joins: 'hash',
  unnests: true,
  words: {
    table: 'TABLE ACCESS FULL',
    clusteredTable: 'INDEX FULL SCAN',
    find: 'INDEX RANGE SCAN',
    fetch: 'TABLE ACCESS BY INDEX ROWID',
    cover: 'INDEX RANGE SCAN',
    clusteredFind: 'INDEX RANGE SCAN',
    whole: 'INDEX FULL SCAN',
    bitmapFetch: 'TABLE ACCESS BY INDEX ROWID',
    bitmapFind: 'INDEX RANGE SCAN',
    either: 'CONCATENATION',
    loop: 'NESTED LOOPS',
    hash: 'HASH JOIN',
    sort: 'SORT ORDER BY',
    limit: 'COUNT STOPKEY',
    hashGroup: 'HASH GROUP BY',
    sortedGroup: 'SORT GROUP BY NOSORT',
    together: 'PARTS',
    insert: 'INSERT STATEMENT',
    update: 'UPDATE STATEMENT',
    delete: 'DELETE STATEMENT',
  },
};
