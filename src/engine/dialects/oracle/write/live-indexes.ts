import type { LiveWords } from '../../base/write/live-kit.ts';

/** Oracle Database SQL Language Reference, CREATE INDEX and DROP INDEX: ONLINE. */
export const ORACLE_LIVE: LiveWords = {
  says: [
    'CREATE INDEX ... ONLINE needs the Enterprise Edition: elsewhere take the word away, and let nobody write meanwhile.',
    'Each statement commits by itself. One that failed may leave an index that is UNUSABLE: drop it, and run its statement again.',
  ],
  begin: ['ALTER SESSION SET DDL_LOCK_TIMEOUT = 5;'],
  before: { brief: [], patient: [] },
  end: ["SELECT owner, index_name FROM all_indexes WHERE status = 'UNUSABLE';", 'ALTER SESSION SET DDL_LOCK_TIMEOUT = 0;'],
  passesOver: false,
  lock: 'brief',
  make: (sql) => (/\bONLINE\s*$/i.test(sql) ? sql : `${sql} ONLINE`),
  drop: ({ qualified }) => `DROP INDEX ${qualified} ONLINE`,
};
