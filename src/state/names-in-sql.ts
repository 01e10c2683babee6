import type { PgParser } from '#engine/sql/parser-port.ts';
import { refInWords } from '#engine/sql/typed/words.ts';
import { findRecord } from '#model/collections.ts';
import type { Collection } from '#model/types.ts';
import { provideReferenceFinder } from './dependents.ts';
import { notify } from './notices.ts';
import { provideRenamer } from './rename.ts';

/** Milliseconds the page is left alone before the parser is fetched a second time, from the cache, for this thread. */
const LATER = 1500;

/** Records that are SQL as a whole; of the others only parts are. */
const HOLDS_SQL = new Set<Collection | undefined>(['views', 'routines', 'triggers']);

/**
 * Lets renaming and deleting see the names inside SQL. They answer in the moment a person commits a name, so they hold a
 * parser of their own beside the worker's; it is loaded once the page is up.
 */
export function startNamesInSql(): void {
  setTimeout(() => {
    void load().catch((error: unknown) => {
      notify({
        tone: 'warn',
        text: `Names inside SQL cannot be followed now: PostgreSQL's parser could not be loaded (${String(error)}). Reload the page to try again.`,
      });
    });
  }, LATER);
}

/** PostgreSQL's parser on this thread, fetched once: for what answers while a person waits for it. */
export async function sqlParser(): Promise<PgParser> {
  const { loadPgParser } = await import('#worker/pg-parser.ts');
  return loadPgParser();
}

async function load(): Promise<void> {
  const [parser, { dependentsOf, renameCalls }] = await Promise.all([sqlParser(), import('#engine/sql/expressions.ts')]);
  provideRenamer((document, ref, name) => {
    const renaming = renameCalls(document, parser, ref, name);
    if (!renaming.ok) return renaming;
    const { calls, left } = renaming.value;
    if (left.length > 0)
      notify({
        tone: 'info',
        text: `${name}: ${left.length === 1 ? 'one text' : `${left.length} texts`} may still say the old name. ${left[0]?.why ?? ''}`,
      });
    return { ok: true, value: calls };
  });
  provideReferenceFinder((document, refs) =>
    refs
      .flatMap((ref) => dependentsOf(document, parser, ref))
      .filter(({ ref }) => ref.part !== undefined || HOLDS_SQL.has(findRecord(document, ref.record)?.collection))
      .map(({ ref }) => ({ ref, what: refInWords(document, ref) })),
  );
}
