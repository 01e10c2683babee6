import { freeName } from '#model/commands/lookup.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document, Id } from '#model/types.ts';
import { interactiveIds } from './document.ts';
import { renaming } from './rename.ts';

function relationNames({ tables, views, sequences }: Document, schema: Id): Set<string> {
  const all = [tables, views, sequences].flatMap((records) => Object.values(records));
  return new Set(all.flatMap((one) => (one.schema === schema ? [one.name] : [])));
}

/**
 * What is to be pasted, with tables whose names the target has taken called `_copy` already: a check, a policy or a trigger
 * that names its own table names the copy then, as far as names inside SQL can be followed.
 */
export function renamedApart(clip: Document, target: Document): Document {
  let now = clip;
  for (const table of Object.values(clip.tables)) {
    const name = clip.schemas[table.schema]?.name;
    const schema = Object.values(target.schemas).find((one) => one.name === name);
    const theirs = schema === undefined ? undefined : relationNames(target, schema.id);
    if (theirs?.has(table.name) !== true) continue;
    const ours = relationNames(now, table.schema);
    const wanted = freeName(`${table.name}_copy`, (one) => theirs.has(one) || ours.has(one));
    const calls = renaming(now, { record: table.id }, wanted);
    // What cannot be renamed here gets its name where it is put.
    const ran = calls.ok ? runCommands(now, calls.value, interactiveIds()) : calls;
    if (ran.ok) now = ran.value.document;
  }
  return now;
}
