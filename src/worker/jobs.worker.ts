/** The worker for long jobs: one at a time, ended to cancel. */

import type { Budget } from '#engine/budget.ts';
import type { Survey } from '#engine/discover/survey.ts';
import { migrationGuide } from '#engine/documents/migration.ts';
import { documentSet, type TextFile } from '#engine/documents/set.ts';
import type { ExchangeReader } from '#engine/exchange/exchange.ts';
import { planMove } from '#engine/move/plan.ts';
import { writeAsImported } from '#engine/sql/as-imported.ts';
import { detectFiles } from '#engine/sql/detect-files.ts';
import { writeMigrations } from '#engine/sql/migrations.ts';
import { findPlaceholders } from '#engine/sql/placeholders.ts';
import { type ReadResult, readSql, type SqlFile } from '#engine/sql/read.ts';
import { roundTrip } from '#engine/sql/round-trip.ts';
import { withSources } from '#engine/sql/sources.ts';
import { writeDocument, writtenText } from '#engine/sql/write.ts';
import type { WorkloadImport } from '#engine/workload/import/read.ts';
import { ok, type Result } from '#lib/result.ts';
import { serialize } from '#model/format/serialize.ts';
import type { AnalyticAdviser } from './analytic-adviser.ts';
import { breathing } from './breathe.ts';
import type { DocumentsInput, FromJobs, Looked, Moved, ToJobs } from './jobs-protocol.ts';
import { loadReadPorts } from './read-ports.ts';

const post = (message: FromJobs) => self.postMessage(message);

/** Says how far a job is, now and then. @param most milliseconds until it should stop */
function budgetOf(id: number, most = Number.POSITIVE_INFINITY): Budget {
  const start = performance.now();
  let last = 0;
  return {
    shouldStop: () => performance.now() - start > most,
    progress: (done, what) => {
      const now = performance.now();
      if (now - last < 40) return;
      last = now;
      post({ kind: 'progress', id, done, what });
    },
  };
}

/** Milliseconds after which decompositions are shown as far as they were worked out. */
const COMPARE_MOST = 20_000;

/** The reader of a file that is given alone and is not SQL. */
async function exchangeReader(files: readonly SqlFile[]): Promise<ExchangeReader | undefined> {
  const [only] = files;
  if (only === undefined || files.length > 1) return undefined;
  const { exchangeReaderOf } = await import('#engine/exchange/readers.ts');
  return exchangeReaderOf(only);
}

async function look({ files, options }: ToJobs & { kind: 'look' }): Promise<Result<Looked>> {
  const format = (await exchangeReader(files))?.label;
  if (format !== undefined) {
    const detected = { dialect: options.fallback, confidence: 'certain' as const, evidence: [] };
    return ok({ detected, dialect: options.fallback, placeholders: [], format });
  }
  const detected = detectFiles(files, { fallback: options.fallback });
  if (!detected.ok && options.dialect === undefined) return detected;
  const found = detected.ok ? detected.value : { dialect: options.fallback, confidence: 'guess' as const, evidence: [] };
  const dialect = options.dialect ?? found.dialect;
  return ok({ detected: found, dialect, placeholders: findPlaceholders(files, dialect) });
}

async function discover({ id, files, options: { seconds, ...options } }: ToJobs & { kind: 'discover' }): Promise<Result<Survey>> {
  const { surveyData } = await import('#engine/discover/survey.ts');
  const end = seconds === undefined ? Number.POSITIVE_INFINITY : performance.now() + seconds * 1000;
  return surveyData(files, { ...options, endSearch: () => performance.now() > end }, budgetOf(id));
}

async function read({ id, files, options }: ToJobs & { kind: 'import' }): Promise<Result<ReadResult>> {
  const [file] = files;
  const exchange = await exchangeReader(files);
  if (exchange !== undefined && file !== undefined) return exchange.read(file);
  post({ kind: 'progress', id, done: 0, what: 'Loading the parser' });
  const ports = await loadReadPorts(options.dialect);
  if (!ports.ok) return ports;
  const result = readSql(files, { ...options, budget: budgetOf(id) }, ports.value);
  return result.ok ? ok(withSources(result.value, files)) : result;
}

async function workload({ text, options }: ToJobs & { kind: 'workload' }): Promise<Result<WorkloadImport>> {
  const { readWorkload } = await import('#engine/workload/import/read.ts');
  const ports = await loadReadPorts(options.dialect);
  if (!ports.ok) return ports;
  const { parser } = ports.value;
  return readWorkload(text, { ...options, ...(parser === undefined ? {} : { parser }) });
}

function documents({ liveIndexes = false, ...input }: DocumentsInput): readonly TextFile[] {
  const version = input.document.settings['settings']?.version ?? 18;
  const migrations = writeMigrations(input.document, { version, liveIndexes });
  return documentSet({ ...input, migrations, file: serialize(input.document) });
}

function move({ document, target }: ToJobs & { kind: 'move' }): Moved {
  const { dialect, version, choices } = target;
  const plan = planMove(document, dialect, version, choices);
  const { document: moved, mappings, losses } = plan;
  const written = writeDocument(moved, { version });
  return {
    document: moved,
    mappings,
    losses,
    ddl: writtenText(written),
    guide: migrationGuide(plan),
    unsupported: written.unsupported,
  };
}

/** Jobs that are to give what they have so far. */
const enough = new Set<number>();
let adviser: Promise<AnalyticAdviser> | undefined;

function theAdviser(): Promise<AnalyticAdviser> {
  adviser ??= import('./analytic-adviser.ts').then(({ AnalyticAdviser: Made }) => new Made(breathing()));
  return adviser;
}

async function advised({ id, request }: ToJobs & { kind: 'advise' }): Promise<FromJobs> {
  const ports = await loadReadPorts(request.document.settings['settings']?.dialect ?? 'postgresql');
  if (!ports.ok) return { kind: 'advised', id, result: ports };
  const budget = { ...budgetOf(id), shouldStop: () => enough.has(id) };
  const result = await (await theAdviser()).advise(request, ports.value.parser, budget);
  enough.delete(id);
  return { kind: 'advised', id, result };
}

async function weighed({ id, indexes, again }: ToJobs & { kind: 'weigh' }): Promise<FromJobs> {
  const ports = again === undefined ? undefined : await loadReadPorts(again.document.settings['settings']?.dialect ?? 'postgresql');
  if (ports?.ok === false) return { kind: 'weighed', id, result: ports };
  return { kind: 'weighed', id, result: await (await theAdviser()).weigh(indexes, again, ports?.value.parser) };
}

async function work(job: ToJobs): Promise<FromJobs | undefined> {
  if (job.kind === 'enough') {
    enough.add(job.job);
    return undefined;
  }
  if (job.kind === 'advise') return advised(job);
  if (job.kind === 'weigh') return weighed(job);
  if (job.kind === 'look') return { kind: 'looked', id: job.id, result: await look(job) };
  if (job.kind === 'import') return { kind: 'imported', id: job.id, result: await read(job) };
  if (job.kind === 'move') return { kind: 'moved', id: job.id, moved: move(job) };
  if (job.kind === 'asImported') {
    const ports = await loadReadPorts(job.document.settings['settings']?.dialect ?? 'postgresql');
    return { kind: 'asImported', id: job.id, result: ports.ok ? writeAsImported(job.document, ports.value) : ports };
  }
  if (job.kind === 'discover') return { kind: 'discovered', id: job.id, result: await discover(job) };
  if (job.kind === 'exchange') {
    const { EXCHANGE_WRITERS } = await import('#engine/exchange/writers.ts');
    return { kind: 'exchanged', id: job.id, exchanged: EXCHANGE_WRITERS[job.format](job.document) };
  }
  if (job.kind === 'roundTrip') {
    const ports = await loadReadPorts(job.document.settings['settings']?.dialect ?? 'postgresql');
    return { kind: 'roundTrip', id: job.id, result: ports.ok ? ok(roundTrip(job.document, ports.value)) : ports };
  }
  if (job.kind === 'workload') return { kind: 'workloadRead', id: job.id, result: await workload(job) };
  if (job.kind === 'compare') {
    const { compareDecompositions } = await import('#engine/decompose/compare.ts');
    return { kind: 'compared', id: job.id, result: compareDecompositions(job.document, job.table, budgetOf(job.id, COMPARE_MOST)) };
  }
  return { kind: 'documents', id: job.id, files: documents(job.input) };
}

self.addEventListener('message', ({ data }: MessageEvent<ToJobs>) => {
  const answered = (answer: FromJobs | undefined) => (answer === undefined ? undefined : post(answer));
  work(data).then(answered, (error: unknown) =>
    post({ kind: 'failed', id: data.id, message: error instanceof Error ? error.message : String(error) }),
  );
});
