import { useMemo, useState } from 'react';
import type { ComparedPlan, Comparison, PlanKind } from '#engine/decompose/comparison-types.ts';
import type { NullPolicy, Settlement } from '#engine/decompose/types.ts';
import type { Document, Table } from '#model/types.ts';
import { nameProblems, namesOf } from './names.ts';
import type { NameOf, Option } from './words.ts';

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
}

type Kept = Readonly<Partial<Record<PlanKind, Settlement>>>;

/** The option that is shown first: the one asked for, else the first that can be done. */
function firstOf(comparison: Comparison | undefined, asked: PlanKind): Option {
  const able = (comparison?.plans ?? []).filter(({ found }) => found.ok).map(({ choice }) => choice);
  return able.includes(asked) ? asked : (able[0] ?? 'keep');
}

/** Which option is chosen, and what was settled of each plan; a plan that is left keeps its names. */
export function useChoice(document: Document, table: Table, comparison: Comparison | undefined, asked: PlanKind) {
  const [picked, setPicked] = useState<Option>();
  const [kept, setKept] = useState<Kept>({});
  const option = picked ?? firstOf(comparison, asked);
  const plans = useMemo(() => {
    const byId = new Map(table.columns.map((column) => [column.id, column.name]));
    const nameOf: NameOf = (id) => byId.get(id) ?? '?';
    const fourth = comparison?.plans.some(({ choice }) => choice === '4NF') ?? false;
    const change = (kind: PlanKind, by: (before: Settlement) => Settlement) =>
      setKept((before) => ({ ...before, [kind]: by(before[kind] ?? {}) }));
    return (comparison?.plans ?? []).map(({ choice: kind, found }) => {
      if (!found.ok) return { kind, problem: found.problem };
      const typed = kept[kind]?.names ?? {};
      const nulls = kept[kind]?.nulls ?? {};
      const names = namesOf(found.value.proposal, typed);
      const chosen: Chosen = {
        kind,
        plan: found.value,
        nameOf,
        fourth,
        names,
        typed,
        problems: nameProblems(document, table, names),
        settled: { names: Object.fromEntries(names.entries()), nulls },
        onName: (at, name) => change(kind, (before) => ({ ...before, names: { ...before.names, [at]: name } })),
        onNulls: (at, policy) => change(kind, (before) => ({ ...before, nulls: { ...before.nulls, [at]: policy } })),
      };
      return { kind, chosen };
    });
  }, [comparison, document, table, kept]);
  const chosen = plans.find(({ kind }) => kind === option)?.chosen;
  return { option, setOption: setPicked, plans, chosen };
}
