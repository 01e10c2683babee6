import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { ComparedPlan, Comparison, PlanKind } from '#engine/decompose/comparison-types.ts';
import type { NullPolicy, Settlement } from '#engine/decompose/types.ts';
import type { Document, Table } from '#model/types.ts';
import { nameProblems, namesOf } from './names.ts';
import { sessionStore, settle } from './session.ts';
import { type NameOf, type Option, shapeOf } from './words.ts';

/** A plan with what was settled of it, and how to settle more. */
export interface Chosen {
  readonly kind: PlanKind;
  readonly plan: ComparedPlan;
  readonly nameOf: NameOf;
  /** Whether 4NF is worth saying. */
  readonly fourth: boolean;
  readonly names: readonly string[];
  /** Names as they were typed. */
  readonly typed: Readonly<Record<number, string>>;
  readonly problems: Readonly<Record<number, string>>;
  readonly settled: Settlement;
  onName(at: number, name: string): void;
  onNulls(at: number, policy: NullPolicy): void;
  /** Whether there is to be a view of the old shape. */
  onView(on: boolean): void;
  /** Lets the table stand somewhere on the diagram. */
  onPlace(at: number, spot: { readonly x: number; readonly y: number }): void;
}

/** The option that is shown first: the one asked for, else the first that can be done. */
function firstOf(comparison: Comparison | undefined, asked: PlanKind): Option {
  const able = (comparison?.plans ?? []).filter(({ found }) => found.ok).map(({ choice }) => choice);
  return able.includes(asked) ? asked : (able[0] ?? 'keep');
}

/** Which option is chosen, and what was settled of each plan; a plan that is left keeps its names. */
export function useChoice(document: Document, table: Table, comparison: Comparison | undefined, asked: PlanKind) {
  const { picked, kept } = useStore(sessionStore);
  const option = picked ?? firstOf(comparison, asked);
  const plans = useMemo(() => {
    const byId = new Map(table.columns.map((column) => [column.id, column.name]));
    const nameOf: NameOf = (id) => byId.get(id) ?? '?';
    const fourth = comparison?.plans.some(({ choice }) => choice === '4NF') ?? false;
    return (comparison?.plans ?? []).map(({ choice: kind, found }) => {
      if (!found.ok) return { kind, problem: found.problem };
      // What was said of other tables says nothing of these.
      const shape = shapeOf(found.value.proposal);
      const said: Settlement = kept[kind]?.shape === shape ? kept[kind].settled : {};
      const change = (more: Settlement) => settle(kind, shape, more);
      const { names: typed = {}, nulls = {}, places = {}, view = false } = said;
      const names = namesOf(found.value.proposal, typed);
      const chosen: Chosen = {
        kind,
        plan: found.value,
        nameOf,
        fourth,
        names,
        typed,
        problems: nameProblems(document, table, names),
        settled: { names: Object.fromEntries(names.entries()), nulls, places, view },
        onName: (at, name) => change({ names: { [at]: name } }),
        onNulls: (at, policy) => change({ nulls: { [at]: policy } }),
        onView: (on) => change({ view: on }),
        onPlace: (at, spot) => change({ places: { [at]: spot } }),
      };
      return { kind, chosen };
    });
  }, [comparison, document, table, kept]);
  const chosen = plans.find(({ kind }) => kind === option)?.chosen;
  const setOption = (next: Option) => sessionStore.setState({ picked: next });
  return { option, setOption, plans, chosen };
}
