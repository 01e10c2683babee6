import { catalogQuery } from '#engine/exchange/catalog/queries.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, type ExitCode, type Streams, UsageError } from '../command.ts';
import { dialectOf } from '../input.ts';

async function run(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const { files } = parseArguments(args, []);
  const dialect = files.length === 1 ? dialectOf(files[0]) : undefined;
  if (dialect === undefined) throw new UsageError('Name a dialect.');
  streams.out(catalogQuery(dialect));
  return 0;
}

export const catalog: Command = {
  name: 'catalog',
  usage: 'DIALECT',
  summary: 'Writes a query whose answer, one JSON document, imports: no connection and no password are asked for',
  run,
};
