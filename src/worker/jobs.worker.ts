/** The worker for long jobs: one at a time, ended to cancel. */

import { documentSet, type TextFile } from '#engine/documents/set.ts';
import { writeMigrations } from '#engine/sql/migrations.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { type ReadResult, readSql } from '#engine/sql/read.ts';
import { roundTrip } from '#engine/sql/round-trip.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { serialize } from '#model/format/serialize.ts';
import type { DocumentsInput, FromJobs, ToJobs } from './jobs-protocol.ts';
import { loadPgParser } from './pg-parser.ts';

const post = (message: FromJobs) => self.postMessage(message);

async function parserOf(): Promise<Result<PgParser>> {
  const parser = await loadPgParser().catch((error: unknown) => String(error));
  if (typeof parser !== 'string') return ok(parser);
  return err('no-parser', `PostgreSQL's parser could not be loaded (${parser}). Reload the page and try again.`);
}

async function read({ id, files, options }: ToJobs & { kind: 'import' }): Promise<Result<ReadResult>> {
  post({ kind: 'progress', id, done: 0, what: 'Loading the parser' });
  const parser = await parserOf();
  if (!parser.ok) return parser;
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
  return readSql(files, { ...options, budget }, { parser: parser.value });
}

function documents(input: DocumentsInput): readonly TextFile[] {
  const version = input.document.settings['settings']?.version ?? 18;
  return documentSet({ ...input, migrations: writeMigrations(input.document, { version }), file: serialize(input.document) });
}

async function work(job: ToJobs): Promise<FromJobs> {
  if (job.kind === 'import') return { kind: 'imported', id: job.id, result: await read(job) };
  if (job.kind === 'roundTrip') {
    const parser = await parserOf();
    return { kind: 'roundTrip', id: job.id, result: parser.ok ? ok(roundTrip(job.document, parser.value)) : parser };
  }
  return { kind: 'documents', id: job.id, files: documents(job.input) };
}

self.addEventListener('message', ({ data }: MessageEvent<ToJobs>) => {
  work(data).then(post, (error: unknown) =>
    post({ kind: 'failed', id: data.id, message: error instanceof Error ? error.message : String(error) }),
  );
});
