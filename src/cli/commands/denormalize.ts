import { readFileSync } from 'node:fs';
import { advise, buildProposal } from '#engine/denormalize/advise.ts';
import { dismissedBy } from '#engine/denormalize/dismissal.ts';
import { NOTHING_GIVEN } from '#engine/denormalize/load.ts';
import { readLoad } from '#engine/denormalize/read-load.ts';
import type { Denormalization, Proposal } from '#engine/denormalize/types.ts';
import { loadOfWorkload, withSaid } from '#engine/denormalize/workload-load.ts';
import { createWorkloadReader } from '#engine/workload/report.ts';
import { figure } from '#lib/figures.ts';
import { derivedIds } from '#lib/ids.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { parseArguments } from '../arguments.ts';
import type { Command, ExitCode, Streams } from '../command.ts';
import { dialectOf, readInput } from '../input.ts';
import { loadPgParser } from '../pg-parser.ts';

function parsed(path: string): Result<unknown> {
  try {
    return ok(JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')));
  } catch (error) {
    return err('unreadable', `${path} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What accepting it would do, kept in the usual way. */
function buildOf(document: Document, proposal: Proposal): Denormalization | undefined {
  const keeper = proposal.keepers.find(({ refused }) => refused === undefined)?.keeper ?? 'application';
  const slots = proposal.cost.contention?.hot ?? false;
  const { staleness } = proposal;
  const choice = { keeper, slots, reason: '', ...(staleness === undefined ? {} : { staleness }) };
  const made = buildProposal(document, proposal, choice, {
    ids: derivedIds(),
    diagram: MAIN_DIAGRAM,
    date: new Date().toISOString().slice(0, 10),
  });
  return made.ok ? made.value : undefined;
}

function asText(document: Document, proposals: readonly Proposal[]): string {
  const parts = proposals.map((one) => {
    const { cost, invariant, guesses } = one;
    const made = buildOf(document, one);
    return [
      `${one.title}${one.saved > 0 ? ` (spares ${figure(one.saved)} rows per hour)` : ''}`,
      ...one.why.map((line) => `    ${line}`),
      `    Costs ${figure(cost.bytes)} bytes and ${figure(cost.writesPerHour)} rows written per hour.${cost.contention?.hot === true ? ' Writers of one parent wait for each other: in slots.' : ''}`,
      `    ${invariant.words}`,
      ...(guesses.length === 0 ? [] : [`    Guessed: ${guesses.join('; ')}.`]),
      ...(made?.reconcile === undefined
        ? []
        : ['    Rows that disagree:', ...made.reconcile.split('\n').map((line) => `        ${line}`)]),
    ].join('\n');
  });
  return parts.length === 0 ? 'Nothing would pay.\n' : `${parts.join('\n\n')}\n`;
}

function asJson(document: Document, proposals: readonly Proposal[], complete: boolean): string {
  const all = proposals.map((one) => {
    const made = buildOf(document, one);
    const { title, why, saved, cost, invariant, guesses, keepers, staleness, idea } = one;
    return {
      kind: idea.kind,
      title,
      why,
      saved,
      cost,
      invariant,
      guesses,
      keepers,
      ...(staleness === undefined ? {} : { staleness }),
      ...(made === undefined
        ? {}
        : {
            code: made.code,
            reconcile: made.reconcile,
            repair: made.repair,
            forward: made.change.forward,
            back: made.change.back,
          }),
    };
  });
  return `${JSON.stringify({ complete, proposals: all }, null, 2)}\n`;
}

async function run(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const { files, options, flags } = parseArguments(args, ['from', 'load'], ['json']);
  const read = await readInput(files, dialectOf(options.get('from')));
  if (!read.ok) {
    streams.err(`${read.problem.message}\n`);
    return 2;
  }
  const { document } = read.value;
  const path = options.get('load');
  const file = path === undefined ? undefined : parsed(path);
  const load = file === undefined ? ok(NOTHING_GIVEN) : file.ok ? readLoad(document, file.value) : file;
  if (!load.ok) {
    streams.err(`${load.problem.message}\n`);
    return 2;
  }
  const workload = loadOfWorkload(document, createWorkloadReader(await loadPgParser())(document));
  const advice = advise(document, withSaid(workload, load.value));
  const open = advice.value.filter((one) => dismissedBy(document, one) === undefined);
  streams.out(flags.has('json') ? asJson(document, open, advice.complete) : asText(document, open));
  return 0;
}

export const denormalize: Command = {
  name: 'denormalize',
  usage: 'FILE... [--from DIALECT] [--load FILE.json] [--json]',
  summary: 'Redundancy that would pay under a load, with its price, what keeps it and a query for rows that disagree',
  run,
};
