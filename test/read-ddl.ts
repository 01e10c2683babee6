import type { PgParser } from '#engine/sql/parser-port.ts';
import { readSql } from '#engine/sql/read.ts';
import { derivedIds } from '#lib/ids.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document } from '#model/types.ts';
import { loadPgParser } from '../src/cli/pg-parser.ts';

let loading: Promise<PgParser> | undefined;

/** PostgreSQL's parser, loaded once a process. */
export function parserForTests(): Promise<PgParser> {
  loading ??= loadPgParser();
  return loading;
}

/** The document that DDL leads to; throws when a statement of it was not read, as a test's DDL must be right. */
export function readDdl(parser: PgParser, ddl: string): Document {
  const read = readSql([{ name: 'test.sql', text: ddl }], { dialect: 'postgresql' }, { parser });
  if (!read.ok) throw new Error(read.problem.message);
  const bad = read.value.receipt.statements.find((one) => one.state === 'error');
  if (bad !== undefined) throw new Error(`line ${bad.line}: ${bad.reason}\n${ddl}`);
  return read.value.document;
}

/** The document after commands; throws when one is refused. */
export function withCalls(document: Document, calls: readonly CommandCall[]): Document {
  const ran = runCommands(document, calls, derivedIds());
  if (!ran.ok) throw new Error(ran.problem.message);
  return ran.value.document;
}
