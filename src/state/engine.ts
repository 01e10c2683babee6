import type { Queries, QueryAnswers, QueryName } from '#engine/queries.ts';
import { err, type Result } from '#lib/result.ts';
import type { EngineClient } from '#worker/client.ts';
import { documentStore, onDocumentChange } from './document.ts';

let client: EngineClient | undefined;
/** Counts the documents that were opened: an answer about one is none about the next. */
let opened = 0;

onDocumentChange(({ source }) => {
  if (source === 'load') opened += 1;
});

/** Called by whoever starts the engine. */
export function provideEngine(given: EngineClient | undefined): void {
  client = given;
}

/** Resolves when the engine has answered for the document as it is now. */
export async function engineIdle(): Promise<void> {
  await client?.idle();
}

/**
 * Asks the engine about the document as it is now. An edit that happens while it thinks makes it think again, so that an
 * answer always fits the document it is used on.
 */
export async function askEngine<N extends QueryName>(name: N, args: Queries[N]): Promise<Result<QueryAnswers[N]>> {
  if (client === undefined) return err('engine-absent', 'The engine has not started yet. Try again in a moment.');
  const of = opened;
  for (let attempt = 0; attempt < 3; attempt++) {
    const { document } = documentStore.getState();
    const asked = await client.query(name, args);
    if (of !== opened) return err('document-closed', 'Another document was opened meanwhile.');
    if (!asked.ok) return asked;
    if (documentStore.getState().document === document) return { ok: true, value: asked.value.answer };
  }
  return err('document-busy', 'The document kept changing meanwhile. Try again.');
}
