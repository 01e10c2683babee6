import { useEffect, useMemo, useState } from 'react';
import type { Problem } from '#lib/result.ts';
import { type FindWorker, replaceByRegex } from '#worker/find-client.ts';
import type { Proposal } from './conflicts.ts';
import { afterFinding, type NameRule, renamedBy } from './rules.ts';
import type { Target } from './targets.ts';

export interface Proposals {
  readonly proposals: readonly Proposal[];
  readonly problem?: Problem | undefined;
  readonly busy: boolean;
}

function spawn(): FindWorker {
  const worker = new Worker(new URL('../../../worker/find.worker.ts', import.meta.url), { type: 'module', name: 'find' });
  return worker as unknown as FindWorker;
}

function changed(targets: readonly Target[], names: readonly string[]): Proposal[] {
  return targets.flatMap((one, at) => {
    const to = names[at];
    return to === undefined || to === one.name ? [] : [{ ...one, to }];
  });
}

/** Milliseconds without a keystroke before a regular expression is run. */
const PAUSE = 150;

/** The names that a rule changes. A regular expression runs in a worker, which is ended when it takes too long. */
export function useProposals(targets: readonly Target[], rule: NameRule): Proposals {
  const regex = rule.regex && rule.find !== '';
  const plain = useMemo(
    () =>
      regex
        ? []
        : changed(
            targets,
            targets.map((one) => renamedBy(one.name, rule)),
          ),
    [targets, rule, regex],
  );
  const [found, setFound] = useState<{ readonly rule: NameRule; readonly targets: readonly Target[] } & Omit<Proposals, 'busy'>>();
  useEffect(() => {
    if (!regex) return;
    let current = true;
    const timer = setTimeout(() => {
      const names = targets.map((one) => one.name);
      const flags = rule.matchCase ? 'gu' : 'giu';
      void replaceByRegex(spawn, { find: rule.find, flags, replace: rule.replace, names }).then((result) => {
        if (!current) return;
        if (!result.ok) setFound({ rule, targets, proposals: [], problem: result.problem });
        else {
          const after = result.value.map((name) => afterFinding(name, rule));
          setFound({ rule, targets, proposals: changed(targets, after) });
        }
      });
    }, PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [targets, rule, regex]);
  if (!regex) return { proposals: plain, busy: false };
  const settled = found !== undefined && found.rule === rule && found.targets === targets;
  return settled ? { proposals: found.proposals, problem: found.problem, busy: false } : { proposals: [], busy: true };
}
