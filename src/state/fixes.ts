import type { Fix } from '#engine/finding.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Diff } from '#model/diff.ts';
import type { Document } from '#model/types.ts';
import { documentStore, interactiveIds, run } from './document.ts';
import { renaming } from './rename.ts';

/** The calls of a fix in a document: those it has, and for its renames those that take the SQL with them, one by one. */
export function callsOfFix(document: Document, fix: Fix): Result<readonly CommandCall[]> {
  if (fix.opens !== undefined) return err('choose-first', 'How to change it is chosen first.');
  if (fix.reshape !== undefined) return err('plan-first', 'What it changes is worked out first: open its preview.');
  const calls = [...fix.calls];
  let reached = document;
  for (const { target, to } of fix.renames ?? []) {
    const next = renaming(reached, target, to);
    if (!next.ok) return next;
    const ran = runCommands(reached, next.value, interactiveIds());
    if (!ran.ok) return ran;
    reached = ran.value.document;
    calls.push(...next.value);
  }
  return ok(calls);
}

/** Applies a fix as one undo step. */
export function applyFix(fix: Fix): Result<Diff> {
  const calls = callsOfFix(documentStore.getState().document, fix);
  return calls.ok ? run(calls.value, fix.label) : calls;
}
