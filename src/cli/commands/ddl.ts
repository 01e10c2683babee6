import { writeFileSync } from 'node:fs';
import type { Receipt } from '#engine/sql/receipt.ts';
import { writeDocument, writtenText } from '#engine/sql/write.ts';
import { recordIn } from '#model/collections.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, type ExitCode, type Streams, UsageError } from '../command.ts';
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

async function run(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const { files, options } = parseArguments(args, ['from', 'to', 'receipt']);
  const to = dialectOf(options.get('to'));
  const read = await readInput(files, dialectOf(options.get('from')));
  if (!read.ok) {
    streams.err(`${read.problem.message}\n`);
    return 2;
  }
  const { document } = read.value;
  const dialect = recordIn(document, 'settings', 'settings')?.dialect ?? 'postgresql';
  if (to !== undefined && to !== dialect) throw new UsageError(`There is no way from ${dialect} to ${to} yet.`);
  const settings = recordIn(document, 'settings', 'settings');
  const written = writeDocument(document, { version: settings?.version ?? 18 });
  const receipt = fullReceipt(read.value, written.unsupported);
  streams.out(writtenText(written));
  const target = options.get('receipt');
  if (target !== undefined) writeFileSync(target, `${JSON.stringify(receipt, null, 2)}\n`);
  report(receipt, streams);
  return receipt.counts.error > 0 ? 1 : 0;
}

export const ddl: Command = {
  name: 'ddl',
  usage: 'FILE... [--from DIALECT] [--to DIALECT] [--receipt FILE.json]',
  summary: 'Writes the DDL of the model that SQL files lead to',
  run,
};
