import { readFileSync } from 'node:fs';
import type { Budget } from '#engine/budget.ts';
import { readHeading } from '#engine/normalize/normalize-input.ts';
import { normalizeReport } from '#engine/normalize/report.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, type ExitCode, type Streams, UsageError } from '../command.ts';

/** Reads a file, or standard input for `-`. */
function textOf(path: string): string {
  return readFileSync(path === '-' ? 0 : path, 'utf8').replace(/^\uFEFF/, '');
}

function parse(path: string): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: JSON.parse(textOf(path)) };
  } catch (error) {
    return {
      ok: false,
      message: `${path === '-' ? 'The input' : path} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** Keys, projections and plans can be exponentially many: after this time the report says what was left open. */
const SECONDS = 60;

function budgetOf(text: string | undefined): Budget {
  const seconds = text === undefined ? SECONDS : Number(text);
  if (!(seconds > 0)) throw new UsageError('--seconds needs a number above 0.');
  const end = Date.now() + seconds * 1000;
  return { shouldStop: () => Date.now() > end };
}

async function run(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const { files, options } = parseArguments(args, ['seconds'], ['json']);
  const budget = budgetOf(options.get('seconds'));
  const [path, second] = files;
  if (path === undefined || second !== undefined) throw new UsageError('Name one file, or - for standard input.');
  const parsed = parse(path);
  if (!parsed.ok) {
    streams.err(`${parsed.message}\n`);
    return 2;
  }
  const heading = readHeading(parsed.value);
  if (!heading.ok) {
    streams.err(`${heading.problem.message}\n`);
    return 2;
  }
  streams.out(`${JSON.stringify(normalizeReport(heading.value, budget), null, 2)}\n`);
  return 0;
}

export const normalize: Command = {
  name: 'normalize',
  usage: 'FILE.json|- [--seconds N]',
  summary: 'Keys, normal forms with proofs, covers and decompositions of {attributes, dependencies, multivalued?, rows?}',
  run,
};
