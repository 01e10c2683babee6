import type { LiveWords } from '../../base/write/live-kit.ts';

/** SQLite documentation, "CREATE INDEX" and "File Locking And Concurrency". */
export const SQLITE_LIVE: LiveWords = {
  says: [
    'There is one writer at a time: while an index is built others read, in WAL mode, and writers wait for as long as their',
    'busy_timeout says. Run it when little is written. Each statement commits by itself.',
  ],
  begin: ['PRAGMA busy_timeout = 5000;'],
  before: { brief: [], patient: [] },
  end: ['PRAGMA optimize;'],
  passesOver: true,
  lock: 'brief',
  make: (sql) => sql.replace(/^CREATE (UNIQUE )?INDEX (?!IF )/i, (head) => `${head}IF NOT EXISTS `),
  drop: ({ qualified }) => `DROP INDEX IF EXISTS ${qualified}`,
};
