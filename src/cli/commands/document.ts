import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { documentSet } from '#engine/documents/set.ts';
import { writeMigrations } from '#engine/sql/migrations.ts';
import { writeDocument } from '#engine/sql/write.ts';
import { derivedIds } from '#lib/ids.ts';
import { ok } from '#lib/result.ts';
import { runCommands } from '#model/commands/run.ts';
import { serialize } from '#model/format/serialize.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { drawnDiagrams } from '#paint/drawn-diagrams.ts';
import { arrange } from '#worker/layout/arrange.ts';
import { layout } from '#worker/layout/layout.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, type ExitCode, type Streams, UsageError } from '../command.ts';
import { dialectOf, readInput } from '../input.ts';
import { findingsOf, verdictsOf, versionOf, workloadOf } from '../judge.ts';
import { moveTo } from '../move.ts';

/** The document with every table in its place; one that was laid out already stays as it is. */
async function laidOut(document: Document): Promise<Document> {
  if (Object.keys(document.placements).length > 0) return document;
  const arranged = await arrange(document, MAIN_DIAGRAM, {}, async (input) => ok(await layout(input)));
  if (!arranged.ok) return document;
  const ran = runCommands(document, arranged.value.calls, derivedIds());
  return ran.ok ? ran.value.document : document;
}

async function run(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const { files, options, flags } = parseArguments(args, ['from', 'to', 'out'], ['live-indexes']);
  const out = options.get('out');
  if (out === undefined) throw new UsageError('Say where to write: --out DIR.');
  const read = await readInput(files, dialectOf(options.get('from')));
  if (!read.ok) {
    streams.err(`${read.problem.message}\n`);
    return 2;
  }
  const plan = moveTo(read.value.document, dialectOf(options.get('to')));
  const document = await laidOut(plan?.document ?? read.value.document);
  const findings = await findingsOf(document);
  const written = documentSet({
    document,
    findings,
    normalForms: verdictsOf(document),
    workload: await workloadOf(document),
    written: writeDocument(document, { version: versionOf(document) }),
    migrations: writeMigrations(document, { version: versionOf(document), liveIndexes: flags.has('live-indexes') }),
    drawn: drawnDiagrams(document, { findings }),
    file: serialize(document),
    move: plan,
  });
  for (const { path, text } of written) {
    const target = join(out, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    streams.out(`${target}\n`);
  }
  for (const one of read.value.receipt?.statements ?? []) {
    if (one.state === 'error') streams.err(`${one.file}:${one.line}: ${one.reason ?? 'it cannot be read'}\n`);
  }
  return (read.value.receipt?.counts.error ?? 0) > 0 ? 1 : 0;
}

export const document: Command = {
  name: 'document',
  usage: 'FILE... --out DIR [--from DIALECT] [--to DIALECT] [--live-indexes]',
  summary:
    'Writes the design document, the schema, three migrations with their way back, the diagram; with --to, those of another database and the guide of the move; with --live-indexes, indexes for a system that runs',
  run,
};
