import { create } from 'mutative';
import type { IdSource } from '#lib/ids.ts';
import { err, ok, type Problem, type Result } from '#lib/result.ts';
import { type Diff, diffDocuments } from '../diff.ts';
import type { Document } from '../types.ts';
import { defectsOfRecord } from '../validate.ts';
import type { Command } from './define.ts';
import { COMMANDS, type CommandCall } from './registry.ts';
import { settleConcept } from './settle-concept.ts';

export interface Ran {
  readonly document: Document;
  readonly diff: Diff;
  readonly label: string;
}

/**
 * Runs calls one after the other as one step: all happen or none.
 * @returns the new document with the diff that leads to it, or the first problem; the given document is never changed.
 * A record that the calls would leave with a broken invariant it did not have is a problem too.
 */
export function runCommands(document: Document, calls: readonly CommandCall[], ids: IdSource, label?: string): Result<Ran> {
  let current = document;
  let said = label;
  for (const call of calls) {
    if (!Object.hasOwn(COMMANDS, call.name)) return err('no-command', `There is no command ${call.name}.`);
    const command = COMMANDS[call.name] as Command<unknown>;
    said ??= command.label(current, call.args);
    const before = current;
    let problem: Problem | undefined;
    const next = create(current, (draft) => {
      problem = command.run(draft, call.args, { ids, before }) ?? undefined;
    });
    if (problem !== undefined) return { ok: false, problem };
    current = settleConcept(before, next);
  }
  const diff = diffDocuments(document, current);
  const defect = brokenBy(document, current, diff);
  if (defect !== undefined) return { ok: false, problem: defect };
  return ok({ document: current, diff, label: said ?? 'Nothing' });
}

/** The first invariant that the changed records break now and did not break before. */
function brokenBy(before: Document, after: Document, diff: Diff): Problem | undefined {
  for (const { collection, from, to } of diff) {
    if (to === undefined) continue;
    const defects = defectsOfRecord(after, collection, to);
    if (defects.length === 0) continue;
    const known = new Set(
      from === undefined ? [] : defectsOfRecord(before, collection, from).map((one) => `${one.code} ${one.path}`),
    );
    const fresh = defects.find((one) => !known.has(`${one.code} ${one.path}`));
    if (fresh !== undefined) return { code: fresh.code, message: `${fresh.message} Nothing was changed.` };
  }
  return undefined;
}
