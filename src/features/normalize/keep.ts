import type { Verdict } from '#engine/normalize/verdict.ts';
import { draftOf, type ExemptionDraft, exemptionOf, setPartCall } from '#features/inspector/index.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Dependency, Id, Table } from '#model/types.ts';

/** What a person says of redundancy that is wanted. */
export interface KeepDraft {
  /** Dependencies that are to be accepted. */
  readonly ids: readonly Id[];
  readonly exemption: ExemptionDraft;
}

/** The declared dependencies that keep a table out of a normal form and are not accepted yet. */
export function openDependencies(table: Table, verdict: Verdict | undefined): readonly Dependency[] {
  if (verdict === undefined) return [];
  const open = verdict.violations.filter(({ accepted }) => accepted !== true);
  const used = new Set([
    ...open.flatMap(({ derivation }) => derivation),
    ...(verdict.multivalued ?? []).map((one) => one.dependency),
  ]);
  return table.dependencies.filter(({ id, exempt }) => exempt === undefined && used.has(id));
}

export function keepDraft(open: readonly Dependency[]): KeepDraft {
  return { ids: open.map(({ id }) => id), exemption: { ...draftOf(undefined), kind: 'accepted' } };
}

/** The commands that accept the chosen dependencies. @param date ISO date of today. */
export function keepCalls(table: Id, { ids, exemption }: KeepDraft, date: string): Result<readonly CommandCall[]> {
  if (ids.length === 0) return err('nothing-chosen', 'Choose what is to be accepted.');
  const exempt = exemptionOf(exemption, date);
  if (typeof exempt === 'string') return err('no-reason', exempt);
  return ok(ids.map((id) => setPartCall(table, 'dependencies', id, { exempt })));
}
