import { create } from 'mutative';
import type { IdSource } from '#lib/ids.ts';
import { ok, type Problem, type Result } from '#lib/result.ts';
import { type Diff, diffDocuments } from '../diff.ts';
import type { Document } from '../types.ts';
import type { Command } from './define.ts';
import { COMMANDS, type CommandCall } from './registry.ts';

export interface Ran {
  readonly document: Document;
  readonly diff: Diff;
  readonly label: string;
}

/**
 * Runs calls one after the other as one step: all happen or none.
 * @returns the new document with the diff that leads to it, or the first problem; the given document is never changed.
 */
export function runCommands(document: Document, calls: readonly CommandCall[], ids: IdSource, label?: string): Result<Ran> {
  let current = document;
  let said = label;
  for (const call of calls) {
    const command = COMMANDS[call.name] as Command<unknown>;
    said ??= command.label(current, call.args);
    let problem: Problem | undefined;
    const next = create(current, (draft) => {
      problem = command.run(draft, call.args, { ids }) ?? undefined;
    });
    if (problem !== undefined) return { ok: false, problem };
    current = next;
  }
  return ok({ document: current, diff: diffDocuments(document, current), label: said ?? 'Nothing' });
}
