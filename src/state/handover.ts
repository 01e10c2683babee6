import type { DrawnDiagram, TextFile } from '#engine/documents/set.ts';
import { err, type Result } from '#lib/result.ts';
import type { Jobs } from '#worker/jobs-client.ts';
import type { DocumentsInput } from '#worker/jobs-protocol.ts';
import { documentStore } from './document.ts';
import { engineIdle } from './engine.ts';
import { resultsStore } from './results.ts';

let run: Jobs['runDocuments'] | undefined;

/** Called once at start-up by whoever owns the worker that writes. */
export function provideDocumentsRunner(given: Jobs['runDocuments']): void {
  run = given;
}

/**
 * Everything that is handed over, of the document as it is now, with the engine's findings and proofs.
 * @param draw the diagrams as SVG, in their order
 */
export async function handoverFiles(
  draw: (input: DocumentsInput) => readonly DrawnDiagram[],
): Promise<Result<readonly TextFile[]>> {
  if (run === undefined) return err('writer-absent', 'The studio is still starting. Try again in a moment.');
  await engineIdle();
  const { document } = documentStore.getState();
  const { ddl, findings, normalForms, roundTrip } = resultsStore.getState();
  const input: DocumentsInput = { document, written: ddl, findings, normalForms, roundTrip };
  return run({ ...input, drawn: draw(input) }, new AbortController().signal);
}
