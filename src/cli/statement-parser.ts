import { statementParser } from '#engine/dialects/base/parser.ts';
import type { StatementParser } from '#engine/sql/parser-port.ts';
import type { Dialect } from '#model/types.ts';

/** The parser of MySQL, MariaDB or SQLite statements; undefined for dialects that have none. */
export async function loadStatementParser(dialect: Dialect): Promise<StatementParser | undefined> {
  if (dialect === 'sqlite') {
    const { default: library } = await import('node-sql-parser/build/sqlite.js');
    return statementParser(new library.Parser());
  }
  if (dialect !== 'mysql' && dialect !== 'mariadb') return undefined;
  // MariaDB too: that build of the parser refuses ADD CONSTRAINT ... FOREIGN KEY.
  const { default: library } = await import('node-sql-parser/build/mysql.js');
  return statementParser(new library.Parser());
}
