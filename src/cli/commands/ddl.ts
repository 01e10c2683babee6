import { writeFileSync } from 'node:fs';
import type { ExchangeId } from '#engine/exchange/formats.ts';
import { writeAsImported } from '#engine/sql/as-imported.ts';
import type { Receipt } from '#engine/sql/receipt.ts';
import { writeDocument, writtenText } from '#engine/sql/write.ts';
import { recordIn } from '#model/collections.ts';
import { DEFAULT_VERSION } from '#model/create.ts';
import type { Dialect } from '#model/types.ts';
import { parseArguments } from '../arguments.ts';
import type { Command, ExitCode, Streams } from '../command.ts';
import { formatOf, writeExchange } from '../exchange.ts';
import { dialectOf, type Input, readInput } from '../input.ts';
import { moveTo } from '../move.ts';
import { loadPorts } from '../ports.ts';

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
  const plan = moveTo(input.document, to);
  const document = plan?.document ?? input.document;
  const lost = (plan?.losses ?? []).map(({ object, feature, reason }) => ({ object, feature, reason }));
  const version = recordIn(document, 'settings', 'settings')?.version ?? DEFAULT_VERSION.postgresql;
  const written = writeDocument(document, { version });
  streams.out(writtenText(written));
  const receipt = fullReceipt({ ...input, document }, written.unsupported);
  return { ...receipt, lost: [...receipt.lost, ...lost] };
}

/** The files that the document was imported from, with what changed since. */
async function asImported(input: Input, streams: Streams): Promise<Receipt | undefined> {
  const dialect = recordIn(input.document, 'settings', 'settings')?.dialect ?? 'postgresql';
  const written = writeAsImported(input.document, await loadPorts(dialect));
  if (!written.ok) {
    streams.err(`${written.problem.message}\n`);
    return undefined;
  }
  streams.out(written.value.files.map((file) => file.text).join('\n'));
  return fullReceipt(input, []);
}

function exchanged(input: Input, format: ExchangeId, folder: string | undefined, streams: Streams): Receipt {
  const losses = writeExchange(input.document, format, folder, streams);
  if (losses.length > 0)
    streams.err(`${format}: ${losses.length} things left out, renamed or said otherwise; --receipt FILE.json lists them.\n`);
  const receipt = fullReceipt(input, []);
  return { ...receipt, lost: [...receipt.lost, ...losses] };
}

async function run(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const { files, options, flags } = parseArguments(args, ['from', 'to', 'receipt', 'out'], ['as-imported']);
  const format = formatOf(options.get('to'));
  const to = format === undefined ? dialectOf(options.get('to')) : undefined;
  const read = await readInput(files, dialectOf(options.get('from')));
  if (!read.ok) {
    streams.err(`${read.problem.message}\n`);
    return 2;
  }
  const receipt = flags.has('as-imported')
    ? await asImported(read.value, streams)
    : format === undefined
      ? writeDdl(read.value, to, streams)
      : exchanged(read.value, format, options.get('out'), streams);
  if (receipt === undefined) return 2;
  const target = options.get('receipt');
  if (target !== undefined) writeFileSync(target, `${JSON.stringify(receipt, null, 2)}\n`);
  report(receipt, streams);
  return receipt.counts.error > 0 ? 1 : 0;
}

export const ddl: Command = {
  name: 'ddl',
  usage: 'FILE... [--from DIALECT] [--to DIALECT|FORMAT] [--out DIR] [--as-imported] [--receipt FILE.json]',
  summary: 'Writes the DDL of the model that SQL files lead to',
  run,
};
