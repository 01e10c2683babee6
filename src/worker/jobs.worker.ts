/** The worker for long jobs: one at a time, ended to cancel. */

import { documentSet, type TextFile } from '#engine/documents/set.ts';
import { detectFiles } from '#engine/sql/detect-files.ts';
import { writeMigrations } from '#engine/sql/migrations.ts';
import { findPlaceholders } from '#engine/sql/placeholders.ts';
import { type ReadResult, readSql } from '#engine/sql/read.ts';
import { roundTrip } from '#engine/sql/round-trip.ts';
import { withSources } from '#engine/sql/sources.ts';
import { ok, type Result } from '#lib/result.ts';
import { serialize } from '#model/format/serialize.ts';
import type { DocumentsInput, FromJobs, Looked, ToJobs } from './jobs-protocol.ts';
import { loadReadPorts } from './read-ports.ts';

const post = (message: FromJobs) => self.postMessage(message);

function look({ files, options }: ToJobs & { kind: 'look' }): Result<Looked> {
  const detected = detectFiles(files, { fallback: options.fallback });
  if (!detected.ok && options.dialect === undefined) return detected;
  const found = detected.ok ? detected.value : { dialect: options.fallback, confidence: 'guess' as const, evidence: [] };
  const dialect = options.dialect ?? found.dialect;
  return ok({ detected: found, dialect, placeholders: findPlaceholders(files, dialect) });
}

async function read({ id, files, options }: ToJobs & { kind: 'import' }): Promise<Result<ReadResult>> {
  post({ kind: 'progress', id, done: 0, what: 'Loading the parser' });
  const ports = await loadReadPorts(options.dialect);
  if (!ports.ok) return ports;
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
  const result = readSql(files, { ...options, budget }, ports.value);
  return result.ok ? ok(withSources(result.value, files)) : result;
}

function documents(input: DocumentsInput): readonly TextFile[] {
  const version = input.document.settings['settings']?.version ?? 18;
  return documentSet({ ...input, migrations: writeMigrations(input.document, { version }), file: serialize(input.document) });
}

async function work(job: ToJobs): Promise<FromJobs> {
  if (job.kind === 'look') return { kind: 'looked', id: job.id, result: look(job) };
  if (job.kind === 'import') return { kind: 'imported', id: job.id, result: await read(job) };
  if (job.kind === 'roundTrip') {
    const ports = await loadReadPorts(job.document.settings['settings']?.dialect ?? 'postgresql');
    return { kind: 'roundTrip', id: job.id, result: ports.ok ? ok(roundTrip(job.document, ports.value)) : ports };
  }
  return { kind: 'documents', id: job.id, files: documents(job.input) };
}

self.addEventListener('message', ({ data }: MessageEvent<ToJobs>) => {
  work(data).then(post, (error: unknown) =>
    post({ kind: 'failed', id: data.id, message: error instanceof Error ? error.message : String(error) }),
  );
});
