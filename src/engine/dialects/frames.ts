import type { Dialect } from '#model/types.ts';

/** What stands around the steps of a script, in the order in which they are run. */
export interface ScriptFrame {
  /** What whoever runs it has to know: lines of plain text. */
  readonly says: readonly string[];
  /** Statements before the first step and after the last, each alone. */
  readonly begin: readonly string[];
  readonly end: readonly string[];
  /** Ends the batch of a statement, where statements need it. */
  readonly after?: string;
  /** Before each batch: what keeps it from running when one before it failed. */
  readonly eachBatch?: string;
}

const WHOLE = 'It is one transaction: a step that fails leaves everything as it was.';

const IMPLICIT: readonly string[] = [
  'CREATE, ALTER and DROP commit by themselves here: a script that stops half way leaves what it has done.',
  'Nothing is taken away before the rows have been compared. Have a backup, and stop at the first error.',
];

/** MySQL 8.4 Reference Manual, 15.3.3 "Statements That Cause an Implicit Commit"; MariaDB's of the same name. */
const MYSQL: ScriptFrame = { says: IMPLICIT, begin: [], end: [] };

export const FRAMES: Readonly<Record<Dialect, ScriptFrame>> = {
  postgresql: { says: [WHOLE], begin: ['BEGIN;'], end: ['COMMIT;'] },
  mysql: MYSQL,
  mariadb: MYSQL,
  // "ALTER TABLE", 7 "Making Other Kinds Of Table Schema Changes", steps 1, 2, 11 and 12; the PRAGMA does nothing in a transaction.
  sqlite: {
    says: [
      `${WHOLE} Tables are rebuilt in the twelve steps that SQLite documents for it.`,
      'Run it with .bail on, so that the first error ends it, and with no other connection open.',
    ],
    begin: ['PRAGMA foreign_keys = OFF;', 'PRAGMA legacy_alter_table = ON;', 'BEGIN IMMEDIATE;'],
    end: ['COMMIT;', 'PRAGMA legacy_alter_table = OFF;', 'PRAGMA foreign_keys = ON;'],
  },
  // After an error under XACT_ABORT the transaction is gone, but a client goes on with the next batch.
  mssql: {
    says: [WHOLE, 'After an error the batches that follow are compiled and not executed.'],
    begin: ['SET XACT_ABORT ON;', 'BEGIN TRANSACTION;'],
    end: ['IF @@TRANCOUNT > 0 COMMIT TRANSACTION;', 'SET NOEXEC OFF;'],
    after: 'GO',
    eachBatch: 'IF @@TRANCOUNT = 0 SET NOEXEC ON;',
  },
  oracle: { says: IMPLICIT, begin: ['WHENEVER SQLERROR EXIT FAILURE ROLLBACK'], end: [] },
};

/** Statements of a frame, each with what ends its batch. */
export function framed({ after }: ScriptFrame, statements: readonly string[]): string {
  return statements.map((sql) => (after === undefined ? sql : `${sql}\n${after}`)).join('\n');
}

/** The SQL of a step as it stands in a script: with a look before each batch whether the transaction is still there. */
export function stepText({ after, eachBatch }: ScriptFrame, sql: string): string {
  if (after === undefined || eachBatch === undefined) return sql;
  const look = `${eachBatch}\n${after}`;
  const lines = sql.trimEnd().split('\n');
  return [look, ...lines.map((line, at) => (line === after && at < lines.length - 1 ? `${line}\n${look}` : line))].join('\n');
}
