import { err, ok, type Result } from '#lib/result.ts';

export interface FindRequest {
  readonly find: string;
  readonly flags: string;
  readonly replace: string;
  readonly names: readonly string[];
}

export type FindReply = { readonly ok: true; readonly names: readonly string[] } | { readonly ok: false; readonly message: string };

/** What the client needs of a worker. */
export interface FindWorker {
  postMessage(request: FindRequest): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FindReply }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

/** Milliseconds a regular expression may take for all names; starting the worker is part of them. */
export const FIND_LIMIT = 1500;

/**
 * Replaces what a regular expression finds in names, in a worker of its own that is ended when it takes too long.
 * @returns the names in their order; a problem when the expression is none, or takes longer than `limit` milliseconds.
 */
export function replaceByRegex(
  spawn: () => FindWorker,
  request: FindRequest,
  limit = FIND_LIMIT,
): Promise<Result<readonly string[]>> {
  const worker = spawn();
  return new Promise((resolve) => {
    const finish = (result: Result<readonly string[]>) => {
      clearTimeout(timer);
      worker.terminate();
      resolve(result);
    };
    const timer = setTimeout(
      () => finish(err('regex-slow', 'The expression takes too long on these names: make it simpler, without nested repetition.')),
      limit,
    );
    worker.onmessage = ({ data }) =>
      finish(data.ok ? ok(data.names) : err('regex-wrong', `This is no regular expression: ${data.message}.`));
    worker.onerror = (event) =>
      finish(err('regex-failed', `The expression could not be run: ${event.message ?? 'its worker ended'}.`));
    worker.postMessage(request);
  });
}
