import type { ReadPorts } from '#engine/sql/read.ts';
import type { Dialect } from '#model/types.ts';
import { loadStatementParser } from '../src/cli/statement-parser.ts';
import { parserForTests } from './read-ddl.ts';

/** What reading a dialect needs from outside, loaded as the command line program loads it. */
export async function portsFor(dialect: Dialect): Promise<ReadPorts> {
  if (dialect === 'postgresql') return { parser: await parserForTests() };
  const statements = await loadStatementParser(dialect);
  return statements === undefined ? {} : { statements };
}
