import type { LiveWords } from '../../base/write/live-kit.ts';

/** Kinds of indexes that are built while others only read. */
const READS_ONLY = new Set(['fulltext', 'spatial']);

/** MySQL 8.4 Reference Manual, 17.12.1 "Online DDL Operations", table "Online DDL Support for Index Operations". */
export const MYSQL_LIVE: LiveWords = {
  says: [
    'ALGORITHM and LOCK say what has to be possible: where it is not, the statement fails at once instead of stopping writes.',
    'FULLTEXT and SPATIAL indexes let others read only. Each statement commits by itself.',
    'Writes that come meanwhile are kept in memory up to innodb_online_alter_log_max_size: raise it for tables that are written much.',
    'A replica runs the statement after the source has ended it, and lags behind as long.',
  ],
  begin: ['SET SESSION lock_wait_timeout = 5;'],
  before: { brief: [], patient: [] },
  end: ['SET SESSION lock_wait_timeout = DEFAULT;'],
  passesOver: false,
  lock: 'brief',
  make(sql, { method }) {
    const lock = READS_ONLY.has(method ?? '') || /\bADD (?:FULLTEXT|SPATIAL)\b/i.test(sql) ? 'SHARED' : 'NONE';
    return `${sql}, ALGORITHM=INPLACE, LOCK=${lock}`;
  },
  drop: ({ table, name }) => `ALTER TABLE ${table} DROP INDEX ${name}, ALGORITHM=INPLACE, LOCK=NONE`,
};

/** MariaDB Server documentation, "InnoDB Online DDL Operations with the INPLACE Alter Algorithm". */
export const MARIADB_LIVE: LiveWords = {
  ...MYSQL_LIVE,
  passesOver: true,
  make: (sql, index, at) =>
    MYSQL_LIVE.make(
      sql.replace(/( ADD (?:UNIQUE |FULLTEXT |SPATIAL |VECTOR )?(?:KEY|INDEX)) (?!IF )/i, '$1 IF NOT EXISTS '),
      index,
      at,
    ),
  drop: ({ table, name }) => `ALTER TABLE ${table} DROP INDEX IF EXISTS ${name}, ALGORITHM=INPLACE, LOCK=NONE`,
};
