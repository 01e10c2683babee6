import { err, type Result } from '#lib/result.ts';

/** What can go wrong with the browser's storage. `retry` = the same again may succeed. */
const SAID: Readonly<Record<string, { readonly code: string; readonly message: string }>> = {
  QuotaExceededError: {
    code: 'quota',
    message: 'This browser has no room left: the last edits are only in this tab. Download the document, then free some space.',
  },
  VersionError: {
    code: 'newer-store',
    message:
      'A newer Crowfoot has used this browser: its documents cannot be opened here. Reload the page to get the newer program.',
  },
  SecurityError: {
    code: 'unavailable',
    message: 'This browser does not let the page store anything: edits are only in this tab. Save the document to a file.',
  },
};

export const RETRIED = 'storage-failed';

/** A storage exception as a problem with a stable code: `quota`, `newer-store`, `unavailable`, `storage-failed`, or `program-fault`. */
export function storageFailure(error: unknown): Result<never> {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const said = Object.hasOwn(SAID, name) ? SAID[name] : undefined;
  if (said !== undefined) return err(said.code, said.message);
  const what = error instanceof Error || error instanceof DOMException ? `${error.name}: ${error.message}` : String(error);
  return err(
    RETRIED,
    `The browser could not store the last edits (${what}). They are tried again; download the document to be safe.`,
  );
}
