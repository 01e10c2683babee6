import type { Ref } from '#model/types.ts';
import { notify } from '#state/notices.ts';
import { renameObject } from '#state/rename.ts';

/** Renames with what mentions the name; a refusal is said aloud, as it may come after the field has gone. */
export function rename(ref: Ref, typed: string, taken: Iterable<string> = []): string | undefined {
  const name = typed.trim();
  if (name === '') return 'A name is needed.';
  for (const other of taken) if (other === name) return `There is already a ${name} here: choose another name.`;
  void renameObject(ref, name).then((done) => {
    if (!done.ok) notify({ tone: 'bad', text: done.problem.message });
  });
  return undefined;
}
