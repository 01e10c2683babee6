import { TRAITS } from '#engine/dialects/base/traits.ts';
import { err } from '#lib/result.ts';
import type { Document } from '#model/types.ts';
import type { Verifier } from '#verify/client.ts';
import type { AdviceSettings, Adviser } from './advice.ts';
import { aVerifier } from './verifier.ts';

function dialectOf(document: Document) {
  return document.settings['settings']?.dialect ?? 'postgresql';
}

const optionsOf = ({ budget, writePenalty }: AdviceSettings) => ({ writePenalty, ...(budget === undefined ? {} : { budget }) });

/** Advice by the best model of costs there is: the database's own planner where one runs here. */
export function anAdviser(): Adviser {
  // A worker of its own: calling advice off ends it, and takes no check of the DDL with it.
  let own: Verifier | undefined;
  const planner = () => {
    own ??= aVerifier();
    return own;
  };
  return {
    advise(document, settings, { enough, ...watched }) {
      const traits = TRAITS[dialectOf(document)];
      if (traits.planner === true)
        return planner().adviseIndexes({ document, options: optionsOf(settings), stop: enough, ...watched });
      return Promise.resolve(err('no-planner', `No planner of ${traits.label} runs in a browser.`));
    },
    weigh(_, indexes, __, { onProgress, signal }) {
      return planner().weighIndexes({ indexes, onProgress, signal });
    },
  };
}
