import type { Ref } from '#model/types.ts';
import { renameObject } from '#state/rename.ts';

/** Renames with what mentions the name. Yields why it cannot, in words for the field. */
export function rename(ref: Ref, typed: string, taken: Iterable<string> = []): string | undefined {
  const name = typed.trim();
  if (name === '') return 'A name is needed.';
  for (const other of taken) if (other === name) return `There is already a ${name} here: choose another name.`;
  const done = renameObject(ref, name);
  return done.ok ? undefined : done.problem.message;
}
