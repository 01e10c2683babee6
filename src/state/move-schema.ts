import { moveCalls } from '#engine/sql/expressions.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { findRecord, recordIn } from '#model/collections.ts';
import { nameProblem } from '#model/commands/lookup.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Diff } from '#model/diff.ts';
import type { Collection, Id } from '#model/types.ts';
import { documentStore, interactiveIds, run } from './document.ts';
import { sqlParser } from './names-in-sql.ts';

/**
 * Moves objects to another schema with every SQL text that names them, as one undo step.
 * @returns why not: a name is taken there, or the schema is gone.
 */
export async function moveToSchema(ids: readonly Id[], schema: Id): Promise<Result<Diff>> {
  const parser = await sqlParser();
  let { document } = documentStore.getState();
  const to = recordIn(document, 'schemas', schema);
  if (to === undefined) return err('not-found', 'The schema is not in the model any more: choose another.');
  const calls: CommandCall[] = [];
  for (const id of ids) {
    const found = findRecord(document, id);
    const record = found?.record as { readonly name?: string; readonly schema?: Id } | undefined;
    if (found === undefined || record?.name === undefined || record.schema === schema) continue;
    const taken = nameProblem(document, found.collection as Collection, record.name, schema, id);
    if (taken !== undefined) return { ok: false, problem: { code: taken.code, message: `${record.name}: ${taken.message}` } };
    const next = moveCalls(document, parser, id, schema);
    const ran = runCommands(document, next, interactiveIds());
    if (!ran.ok) return ran;
    document = ran.value.document;
    calls.push(...next);
  }
  return calls.length === 0 ? ok([]) : run(calls, calls.length === 1 ? undefined : `Move ${calls.length} objects to ${to.name}`);
}
