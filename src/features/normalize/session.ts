import { createStore } from 'zustand/vanilla';
import type { PlanKind } from '#engine/decompose/comparison-types.ts';
import type { Settlement } from '#engine/decompose/types.ts';
import { decompositionStore } from '#state/decomposition.ts';
import type { KeepDraft } from './keep.ts';
import type { Option } from './words.ts';

interface Kept {
  /** Which columns stand together in the plan that was settled. */
  readonly shape: string;
  readonly settled: Settlement;
}

/** What a person chose and said while a table is being taken apart: the panel and the dialog go on from each other. */
export interface Session {
  readonly picked?: Option;
  /** A plan that is left keeps its names. */
  readonly kept: Readonly<Partial<Record<PlanKind, Kept>>>;
  readonly keep?: KeepDraft;
}

const BEGIN: Session = { kept: {} };

export const sessionStore = createStore<Session>(() => BEGIN);

decompositionStore.subscribe((now, before) => {
  if (now.subject !== before.subject) sessionStore.setState(BEGIN, true);
});

/** Says more of a plan; what was said of one with other tables is forgotten. */
export function settle(kind: PlanKind, shape: string, more: Settlement): void {
  sessionStore.setState(({ kept }) => {
    const before: Settlement = kept[kind]?.shape === shape ? kept[kind].settled : {};
    const view = more.view ?? before.view;
    const settled: Settlement = {
      names: { ...before.names, ...more.names },
      nulls: { ...before.nulls, ...more.nulls },
      places: { ...before.places, ...more.places },
      ...(view === undefined ? {} : { view }),
    };
    return { kept: { ...kept, [kind]: { shape, settled } } };
  });
}
