import type { Budget } from '#engine/budget.ts';
import { readBytes } from '#lib/amounts.ts';
import type { Result } from '#lib/result.ts';
import { ok } from '#lib/result.ts';
import type { Document } from '#model/types.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, type ExitCode, type Streams, UsageError } from '../command.ts';
import { adviseOn, type Basis } from '../index-advice.ts';
import { adviceJson, adviceText, findingsOf } from '../index-report.ts';
import { dialectOf, readInput } from '../input.ts';
import { loadPgParser } from '../pg-parser.ts';
import { type Loaded, loadFacts, loadWorkload } from '../workload.ts';

interface Wishes {
  readonly schema: string;
  readonly workload: string | undefined;
  readonly facts: string | undefined;
  readonly bytes: number | undefined;
  readonly hours: number | undefined;
  readonly seconds: number | undefined;
  readonly basis: Basis | undefined;
}

function positive(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new UsageError(`--${name} needs a number above zero.`);
  return value;
}

function bytesOf(text: string | undefined): number | undefined {
  // A number alone is of bytes here, as the usage says.
  const bytes = text === undefined ? undefined : readBytes(/^\d+$/.test(text) ? `${text} b` : text);
  if (bytes === 'bad') throw new UsageError(`--budget needs bytes, such as 500000000 or 500MB, not ${text}.`);
  return bytes;
}

function wishesOf(options: ReadonlyMap<string, string>): Wishes {
  const schema = options.get('schema');
  if (schema === undefined) throw new UsageError('Name the schema: --schema FILE.');
  const basis = options.get('basis');
  if (basis !== undefined && basis !== 'planner' && basis !== 'analytic') throw new UsageError('--basis is planner or analytic.');
  return {
    schema,
    workload: options.get('workload'),
    facts: options.get('facts'),
    bytes: bytesOf(options.get('budget')),
    hours: positive(options.get('hours'), 'hours'),
    seconds: positive(options.get('seconds'), 'seconds'),
    basis,
  };
}

/** Stops after the seconds given, if any: what is best by then is the advice. */
function budgetOf(seconds: number | undefined): Budget {
  const end = seconds === undefined ? Number.POSITIVE_INFINITY : performance.now() + seconds * 1000;
  return { shouldStop: () => performance.now() > end };
}

type Parser = Awaited<ReturnType<typeof loadPgParser>> | undefined;

/** The schema with the workload and the facts in it. */
function loaded(document: Document, wishes: Wishes, parser: Parser): Result<Loaded> {
  const { workload, facts, hours } = wishes;
  let now: Loaded = { document, places: new Map(), refused: [], unknown: [] };
  if (workload !== undefined) {
    const read = loadWorkload(document, { path: workload, parser, ...(hours === undefined ? {} : { hours }) });
    if (!read.ok) return read;
    now = { ...now, ...read.value };
  }
  if (facts === undefined) return ok(now);
  const told = loadFacts(now.document, facts);
  return told.ok ? ok({ ...now, ...told.value }) : told;
}

async function run(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const known = ['schema', 'workload', 'facts', 'budget', 'from', 'basis', 'hours', 'seconds'];
  const { files, options, flags } = parseArguments(args, known, ['json']);
  if (files.length > 0) throw new UsageError(`Say what ${files[0]} is: --schema, --workload or --facts.`);
  const wishes = wishesOf(options);
  const refuse = (message: string): ExitCode => {
    streams.err(`${message}\n`);
    return 2;
  };
  const read = await readInput([wishes.schema], dialectOf(options.get('from')));
  if (!read.ok) return refuse(read.problem.message);
  const { receipt } = read.value;
  for (const { state, file, line, column, reason } of receipt?.statements ?? [])
    if (state === 'error')
      streams.err(`${file}:${line}${column === undefined ? '' : `:${column}`}: ${reason ?? 'it cannot be read'}\n`);
  if (wishes.workload === undefined && Object.keys(read.value.document.queries).length === 0)
    throw new UsageError('Name the queries: --workload FILE.');
  const dialect = read.value.document.settings['settings']?.dialect ?? 'postgresql';
  const parser = dialect === 'postgresql' ? await loadPgParser() : undefined;
  const input = loaded(read.value.document, wishes, parser);
  if (!input.ok) return refuse(input.problem.message);
  const { document, places, refused, unknown } = input.value;
  for (const { file, line, column, reason } of refused) streams.err(`${file}:${line}:${column}: ${reason}\n`);
  for (const name of unknown) streams.err(`${wishes.facts}: the schema has no ${name}\n`);
  if (Object.keys(document.queries).length === 0) return refuse(`${wishes.workload}: there is no query that can be read.`);
  const run = await adviseOn(document, {
    parser,
    basis: wishes.basis,
    options: wishes.bytes === undefined ? {} : { budget: wishes.bytes },
    budget: budgetOf(wishes.seconds),
    warn: (text) => streams.err(`${text}\n`),
  });
  if (!run.ok) return refuse(run.problem.message);
  const findings = findingsOf(run.value, places);
  for (const { query, place, severity, message } of findings) {
    const where = place === undefined ? (document.queries[query]?.name ?? query) : `${place.file}:${place.line}:${place.column}`;
    streams.err(`${where}: ${severity}: ${message}\n`);
  }
  streams.out(flags.has('json') ? adviceJson(document, run.value, findings) : adviceText(document, run.value));
  const changes = run.value.advice.indexes.some(({ verdict }) => verdict === 'make' || verdict === 'drop');
  return changes || findings.length > 0 || refused.length > 0 || unknown.length > 0 ? 1 : 0;
}

export const indexes: Command = {
  name: 'indexes',
  usage:
    '--schema FILE --workload FILE [--facts FILE.json] [--budget BYTES] [--basis planner|analytic] [--hours N] [--seconds N] [--from DIALECT] [--json]',
  summary:
    'The indexes that queries need and those they can do without, with sizes, costs and reasons; exit 1 when there is something to change',
  run,
};
