import type { Dialect } from '#model/types.ts';

/** Where a server keeps what it was asked, and how to take it from there. */
export interface WorkloadSource {
  readonly title: string;
  /** What to do, in a sentence or two. */
  readonly how: string;
  /** To be run on the server, where there is something to run. */
  readonly sql?: string;
}

const PG_STATEMENTS: WorkloadSource = {
  title: 'pg_stat_statements',
  how: 'Run this where the extension is installed, and paste the result as CSV or JSON.',
  sql: `SELECT s.*
FROM pg_stat_statements AS s
JOIN pg_database AS d ON d.oid = s.dbid
WHERE d.datname = current_database()
ORDER BY s.calls DESC
LIMIT 500;`,
};

function digests(columns: string): string {
  return `SELECT ${columns}
FROM performance_schema.events_statements_summary_by_digest
WHERE SCHEMA_NAME = DATABASE()
ORDER BY SUM_TIMER_WAIT DESC
LIMIT 500;`;
}

const DIGESTS: WorkloadSource = {
  title: 'performance_schema',
  how: 'Run this in the schema, and paste the result as CSV, JSON or a table.',
  sql: digests('DIGEST, DIGEST_TEXT, QUERY_SAMPLE_TEXT,\n  COUNT_STAR, SUM_TIMER_WAIT, SUM_ROWS_SENT, FIRST_SEEN, LAST_SEEN'),
};

/** MariaDB keeps no sample of the text. */
const MARIADB_DIGESTS: WorkloadSource = {
  ...DIGESTS,
  sql: digests('DIGEST, DIGEST_TEXT,\n  COUNT_STAR, SUM_TIMER_WAIT, SUM_ROWS_SENT, FIRST_SEEN, LAST_SEEN'),
};

const SLOW_LOG: WorkloadSource = {
  title: 'Slow query log',
  how: 'Let it log every statement for an hour of usual work, and drop the file here.',
  sql: 'SET GLOBAL slow_query_log = ON;\nSET GLOBAL long_query_time = 0;',
};

const PLAIN: WorkloadSource = {
  title: 'The application’s SQL',
  how: 'Paste statements, or drop a file of them. A comment before one names it: `-- name: open_orders`',
};

/** What there is to paste, for each dialect the best first. */
export const WORKLOAD_SOURCES: Readonly<Record<Dialect, readonly WorkloadSource[]>> = {
  postgresql: [PG_STATEMENTS, PLAIN],
  mysql: [DIGESTS, SLOW_LOG, PLAIN],
  mariadb: [MARIADB_DIGESTS, SLOW_LOG, PLAIN],
  sqlite: [PLAIN],
  mssql: [PLAIN],
  oracle: [PLAIN],
};
