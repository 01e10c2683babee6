import { TRAITS } from '#engine/dialects/base/traits.ts';
import { advisedNames } from '#engine/indexes/advise/advice.ts';
import type { WeighAgain } from '#engine/indexes/advise/advise.ts';
import { err } from '#lib/result.ts';
import type { Document } from '#model/types.ts';
import type { Verifier } from '#verify/client.ts';
import type { Jobs } from '#worker/jobs-client.ts';
import type { AdviceSettings, Adviser } from './advice-types.ts';
import type { Prover } from './proof.ts';
import type { LabPlanner } from './query-lab.ts';
import { aVerifier } from './verifier.ts';

function dialectOf(document: Document) {
  return document.settings['settings']?.dialect ?? 'postgresql';
}

const optionsOf = ({ budget, writePenalty }: AdviceSettings) => ({ writePenalty, ...(budget === undefined ? {} : { budget }) });

/** Problems of a planner that does not run here: formulas stand in for it, and say why. */
const CANNOT: ReadonlySet<string> = new Set(['planner-size', 'engine-unavailable']);

/**
 * Advice by the best model of costs there is: the database's own planner where one runs here, else formulas.
 *
 * @param jobs of a worker of their own
 */
export function anAdviser(jobs: Pick<Jobs, 'runAdvice' | 'runWeigh'>): Adviser {
  // A worker of its own: calling advice off ends it, and takes no check of the DDL with it.
  let own: Verifier | undefined;
  const planner = () => {
    own ??= aVerifier();
    return own;
  };
  return {
    async advise(document, settings, { enough, ...watched }) {
      const { planner: has, label } = TRAITS[dialectOf(document)];
      const options = optionsOf(settings);
      let why = `No planner of ${label} runs in a browser.`;
      if (has === true) {
        const advised = await planner().adviseIndexes({ document, options, stop: enough, ...watched });
        if (advised.ok || !CANNOT.has(advised.problem.code)) return advised;
        why = advised.problem.message;
      }
      return jobs.runAdvice({ document, options, why }, watched.onProgress, watched.signal, enough);
    },
    async weigh({ advice, weighed, settings }, indexes, { onProgress, signal }) {
      const { basis } = advice;
      const ask = (again?: WeighAgain) =>
        basis.kind === 'analytic'
          ? jobs.runWeigh(indexes, signal, again === undefined ? undefined : { ...again, why: basis.why })
          : planner().weighIndexes({ indexes, onProgress, signal, ...(again === undefined ? {} : { again }) });
      const weighing = await ask();
      if (weighing.ok || weighing.problem.code !== 'no-advice') return weighing;
      // A run that was called off since ended the worker: the costs are opened anew, nothing is looked for.
      return ask({ document: weighed, options: optionsOf(settings), names: advisedNames(advice) });
    },
  };
}

/** Plans single queries, in a worker of its own: advice keeps its planner open on the document that it is of. */
export function aLabPlanner(): LabPlanner {
  let own: Verifier | undefined;
  return (document, sql, watched) => {
    const traits = TRAITS[dialectOf(document)];
    if (traits.planner !== true)
      return Promise.resolve(
        err('no-planner', `No planner of ${traits.label} runs in a browser. Plans of PostgreSQL can be pasted and are drawn.`),
      );
    own ??= aVerifier();
    return own.planQuery({ document, sql, ...watched });
  };
}

/** Runs queries on generated rows, in a worker of its own: it is ended when that was called off. */
export function aProver(): Prover {
  let own: Verifier | undefined;
  return (document, advice, watched) => {
    const traits = TRAITS[dialectOf(document)];
    if (traits.planner !== true) {
      return Promise.resolve(err('no-engine', `No ${traits.label} runs in a browser, so nothing can be measured here.`));
    }
    own ??= aVerifier();
    return own.measureIndexes({ document, advice, ...watched });
  };
}
