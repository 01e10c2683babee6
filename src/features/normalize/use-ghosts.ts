import { useEffect } from 'react';
import type { DecompositionPlan } from '#engine/decompose/types.ts';
import type { Planned } from '#features/refactor/index.ts';
import type { Result } from '#lib/result.ts';
import type { Document, Table } from '#model/types.ts';
import { type Ghosts, ghostStore } from '#state/ghosts.ts';
import { viewStore } from '#state/view.ts';
import { formMark } from './NormalFormMark.tsx';
import type { Chosen } from './use-choice.ts';

/** The old table as it is among what it would become: its rows stay where they are seen. */
function beside(after: Document, table: Table): Document {
  return { ...after, tables: { ...after.tables, [table.id]: table } };
}

/** What is drawn of a plan on the canvas. */
export function ghostsOf(table: Table, chosen: Chosen, { plan }: Planned<DecompositionPlan>): Ghosts {
  const { tables } = chosen.plan.proposal;
  const stay = new Set(tables.find((one) => one.remainder)?.columns ?? []);
  return {
    of: chosen.plan.proposal,
    document: beside(plan.after, table),
    diagram: viewStore.getState().diagram,
    table: table.id,
    leaving: table.columns.flatMap(({ id }) => (stay.has(id) ? [] : [id])),
    ghosts: plan.ids.flatMap((id, at) => {
      const facts = chosen.plan.tables[at];
      const problem = chosen.problems[at];
      if (tables[at]?.remainder !== false) return [];
      return {
        id,
        ...(facts === undefined ? {} : { form: formMark(facts, chosen.fourth) }),
        ...(problem === undefined ? {} : { problem }),
        rename: (name) => chosen.onName(at, name),
        move: (to) => chosen.onPlace(at, to),
      };
    }),
  };
}

/** Keeps the ghosts on the canvas those of the chosen plan; none when there is no plan, and none afterwards. */
export function useGhosts(table: Table, chosen: Chosen | undefined, drawn: Result<Planned<DecompositionPlan>> | undefined): void {
  useEffect(() => {
    if (chosen === undefined || drawn?.ok === false) ghostStore.setState({ shown: undefined });
    // Between two plans the one before stays.
    else if (drawn !== undefined && drawn.value.plan.proposal === chosen.plan.proposal) {
      ghostStore.setState({ shown: ghostsOf(table, chosen, drawn.value) });
    }
  }, [table, chosen, drawn]);
  useEffect(() => () => ghostStore.setState({ shown: undefined }), []);
}
