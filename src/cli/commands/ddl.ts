import { writeFileSync } from 'node:fs';
import type { ExchangeId } from '#engine/exchange/formats.ts';
import type { Receipt } from '#engine/sql/receipt.ts';
import { writeDocument, writtenText } from '#engine/sql/write.ts';
import { recordIn } from '#model/collections.ts';
import type { Dialect } from '#model/types.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, type ExitCode, type Streams, UsageError } from '../command.ts';
import { formatOf, writeExchange } from '../exchange.ts';
import { dialectOf, type Input, readInput } from '../input.ts';

/** The receipt with what the target cannot say among the losses. */
function fullReceipt({ document, receipt }: Input, unsupported: ReturnType<typeof writeDocument>['unsupported']): Receipt {
  const nothing = { modelled: 0, residue: 0, verbatim: 0, skipped: 0, error: 0 };
  const name = (id: string) => (recordIn(document, 'tables', id) ?? recordIn(document, 'views', id))?.name ?? id;
  const lost = unsupported.map(({ record, feature, message }) => ({ object: name(record), feature, reason: message }));
  return {
    counts: receipt?.counts ?? nothing,
    statements: receipt?.statements ?? [],
    lost: [...(receipt?.lost ?? []), ...lost],
  };
}

function report(receipt: Receipt, streams: Streams): void {
  for (const { file, line, column, state, reason } of receipt.statements) {
    if (state === 'error')
      streams.err(`${file}:${line}${column === undefined ? '' : `:${column}`}: ${reason ?? 'it cannot be read'}\n`);
  }
}

function writeDdl(input: Input, to: Dialect | undefined, streams: Streams): Receipt {
  const { document } = input;
  const settings = recordIn(document, 'settings', 'settings');
  const dialect = settings?.dialect ?? 'postgresql';
  if (to !== undefined && to !== dialect) throw new UsageError(`There is no way from ${dialect} to ${to} yet.`);
  const written = writeDocument(document, { version: settings?.version ?? 18 });
  streams.out(writtenText(written));
  return fullReceipt(input, written.unsupported);
}

function exchanged(input: Input, format: ExchangeId, folder: string | undefined, streams: Streams): Receipt {
  const losses = writeExchange(input.document, format, folder, streams);
  const receipt = fullReceipt(input, []);
  return { ...receipt, lost: [...receipt.lost, ...losses] };
}

async function run(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const { files, options } = parseArguments(args, ['from', 'to', 'receipt', 'out']);
  const format = formatOf(options.get('to'));
  const to = format === undefined ? dialectOf(options.get('to')) : undefined;
  const read = await readInput(files, dialectOf(options.get('from')));
  if (!read.ok) {
    streams.err(`${read.problem.message}\n`);
    return 2;
  }
  const receipt =
    format === undefined ? writeDdl(read.value, to, streams) : exchanged(read.value, format, options.get('out'), streams);
  const target = options.get('receipt');
  if (target !== undefined) writeFileSync(target, `${JSON.stringify(receipt, null, 2)}\n`);
  report(receipt, streams);
  return receipt.counts.error > 0 ? 1 : 0;
}

export const ddl: Command = {
  name: 'ddl',
  usage: 'FILE... [--from DIALECT] [--to DIALECT|FORMAT] [--out DIR] [--receipt FILE.json]',
  summary: 'Writes the DDL of the model that SQL files lead to',
  run,
};
