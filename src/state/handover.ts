import type { DrawnDiagram, TextFile } from '#engine/documents/set.ts';
import type { Exchanged } from '#engine/exchange/exchange.ts';
import type { ExchangeId } from '#engine/exchange/formats.ts';
import { err, type Result } from '#lib/result.ts';
import type { Jobs } from '#worker/jobs-client.ts';
import type { DocumentsInput } from '#worker/jobs-protocol.ts';
import { documentStore } from './document.ts';
import { engineIdle } from './engine.ts';
import { resultsStore } from './results.ts';

let run: Jobs['runDocuments'] | undefined;
let exchange: Jobs['runExchange'] | undefined;

const ABSENT = err('writer-absent', 'The studio is still starting. Try again in a moment.');

/** Called once at start-up by whoever owns the worker that writes. */
export function provideDocumentsRunner(given: Jobs['runDocuments']): void {
  run = given;
}

/** Called once at start-up by whoever owns the worker that writes. */
export function provideExchangeRunner(given: Jobs['runExchange']): void {
  exchange = given;
}

/** The document as it is now in a language other than SQL. */
export async function exchangedFiles(format: ExchangeId): Promise<Result<Exchanged>> {
  return exchange === undefined ? ABSENT : exchange(format, documentStore.getState().document, new AbortController().signal);
}

/**
 * Everything that is handed over, of the document as it is now, with the engine's findings and proofs.
 * @param draw the diagrams as SVG, in their order
 * @param liveIndexes the migration of the indexes is for a system that runs
 */
export async function handoverFiles(
  draw: (input: DocumentsInput) => readonly DrawnDiagram[],
  liveIndexes: boolean,
): Promise<Result<readonly TextFile[]>> {
  if (run === undefined) return ABSENT;
  await engineIdle();
  const { document } = documentStore.getState();
  const { ddl, findings, normalForms, roundTrip, workload } = resultsStore.getState();
  const input: DocumentsInput = { document, written: ddl, findings, normalForms, roundTrip, workload, liveIndexes };
  return run({ ...input, drawn: draw(input) }, new AbortController().signal);
}
