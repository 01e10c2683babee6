/** The worker for long jobs: one at a time, ended to cancel. */

import { type ReadResult, readSql } from '#engine/sql/read.ts';
import { err, type Result } from '#lib/result.ts';
import type { FromJobs, ToJobs } from './jobs-protocol.ts';
import { loadPgParser } from './pg-parser.ts';

const post = (message: FromJobs) => self.postMessage(message);

async function read({ id, files, options }: ToJobs): Promise<Result<ReadResult>> {
  post({ kind: 'progress', id, done: 0, what: 'Loading the parser' });
  const parser = await loadPgParser().catch((error: unknown) => String(error));
  if (typeof parser === 'string') {
    return err('no-parser', `PostgreSQL's parser could not be loaded (${parser}). Reload the page and try again.`);
  }
  let last = 0;
  const budget = {
    shouldStop: () => false,
    progress: (done: number, what: string) => {
      const now = performance.now();
      if (now - last < 40) return;
      last = now;
      post({ kind: 'progress', id, done, what });
    },
  };
  return readSql(files, { ...options, budget }, { parser });
}

self.addEventListener('message', ({ data }: MessageEvent<ToJobs>) => {
  read(data).then(
    (result) => post({ kind: 'imported', id: data.id, result }),
    (error: unknown) => post({ kind: 'failed', id: data.id, message: error instanceof Error ? error.message : String(error) }),
  );
});
