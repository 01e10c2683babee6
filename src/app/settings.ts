import type { SetSettingsArgs } from '#model/commands/objects.ts';
import { run } from '#state/document.ts';
import { notify } from '#state/notices.ts';

/** Changes the document's settings in one undo step; says so when it cannot. */
export function changeSettings(patch: SetSettingsArgs['patch'], label: string): void {
  const ran = run({ name: 'setSettings', args: { patch } }, label);
  if (!ran.ok) notify({ tone: 'bad', text: ran.problem.message });
}
