/** PostgreSQL in a worker of its own: loaded when a person first asks, ended to cancel. */
import { checkStatements } from './check.ts';
import { pgliteServer } from './pglite-server.ts';
import type { FromVerifier, ToVerifier } from './protocol.ts';

let cluster: Promise<Blob | undefined> | undefined;

/** The cluster shipped with the page. Without it the server still starts, only slower. */
async function fetchCluster(address: string): Promise<Blob | undefined> {
  try {
    const response = await fetch(address);
    const blob = response.ok ? await response.blob() : undefined;
    if (blob === undefined) return undefined;
    const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
    return first === 0x1f && second === 0x8b ? new Blob([blob], { type: 'application/x-gzip' }) : undefined;
  } catch {
    return undefined;
  }
}

const post = (message: FromVerifier) => self.postMessage(message);

async function check({ id, statements, dataDirectory }: ToVerifier): Promise<void> {
  const start = performance.now();
  try {
    post({ kind: 'progress', id, done: 0, what: 'Loading PostgreSQL' });
    cluster ??= fetchCluster(dataDirectory);
    const outcome = await checkStatements(pgliteServer(await cluster), statements, (done, what) =>
      post({ kind: 'progress', id, done, what }),
    );
    post({ kind: 'checked', id, outcome, ms: performance.now() - start });
  } catch (error) {
    post({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ToVerifier>) => void check(data));
