import type { MeasuredRun, ProofVerdict } from './proof.ts';

/** What is known of a query before and after it was run. */
export interface Evidence {
  /** Costs by call that the model gives at the declared scale. */
  readonly cost: { readonly now: number; readonly advised: number };
  /** Indexes beside keys that the advised plan reads at that scale. */
  readonly expected: readonly string[];
  readonly now: MeasuredRun;
  readonly advised: MeasuredRun;
  readonly loser?: MeasuredRun;
}

/** Fewer pages are no difference: a descent of a tree reads as many. */
const PAGES = 8;
/** By so much two figures differ. */
const FACTOR = 1.1;

/** Whether one run touches fewer pages than another, so that it counts. */
export function touchesFewer(one: MeasuredRun, other: MeasuredRun): boolean {
  return one.buffers * FACTOR < other.buffers && other.buffers - one.buffers > PAGES;
}

const grouped = (value: number) => String(Math.round(value)).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
const pages = (run: MeasuredRun) => `${grouped(run.buffers)} ${run.buffers === 1 ? 'page' : 'pages'}`;

function times(from: number, to: number): string {
  const factor = from / Math.max(to, 1e-9);
  return factor >= 10 ? grouped(factor) : String(Math.round(factor * 10) / 10);
}

type Verdict = { readonly verdict: ProofVerdict; readonly words: string };

/**
 * Whether what was measured on generated rows agrees with what costs say at the declared scale. Pages touched are compared:
 * unlike times they are the same in each run.
 */
export function proofVerdict({ cost, expected, now, advised, loser }: Evidence): Verdict {
  const cheaper = cost.advised * 1.05 < cost.now;
  const dearer = cost.now * 1.05 < cost.advised;
  const used = expected.every((id) => advised.uses.includes(id));
  const claim = cheaper ? `By cost ${times(cost.now, cost.advised)} times better; ` : '';
  const measured = `${pages(now)} now, ${pages(advised)} as advised`;
  if (cheaper && advised.found === 0 && now.found === 0) {
    return { verdict: 'too-small', words: `${claim}measured ${measured}, but no row of the sample meets its conditions.` };
  }
  if (used && loser !== undefined && touchesFewer(loser, advised)) {
    return {
      verdict: 'disagrees',
      words: `${claim}measured ${measured}, but ${pages(loser)} with the candidate that cost put behind: look at both before you choose.`,
    };
  }
  if (touchesFewer(now, advised) && !dearer) {
    if (!used) return { verdict: 'too-small', words: `${claim}measured ${measured}: on so few rows another plan is run.` };
    return { verdict: 'disagrees', words: `${claim}measured ${measured}: it reads more than before.` };
  }
  if (!cheaper) return { verdict: 'agrees', words: `Measured ${measured}, as cost says.` };
  if (touchesFewer(advised, now)) {
    return { verdict: 'agrees', words: `${claim}measured ${measured}: ${times(now.buffers, advised.buffers)} times fewer.` };
  }
  if (!used) {
    return { verdict: 'too-small', words: `${claim}measured ${measured}: on so few rows the index is not worth using.` };
  }
  return {
    verdict: 'too-small',
    words: `${claim}measured ${measured}: what it saves on so few rows, such as sorting, is not in pages.`,
  };
}
