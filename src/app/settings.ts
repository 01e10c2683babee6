import type { Settings } from '#model/types.ts';
import { documentStore, run } from '#state/document.ts';
import { notify } from '#state/notices.ts';

/** Changes the document's settings in one undo step; says so when it cannot. */
export function changeSettings(patch: Partial<Omit<Settings, 'id'>>, label: string): void {
  const settings = documentStore.getState().document.settings['settings'];
  if (settings === undefined) return;
  const ran = run({ name: 'putRecords', args: { label, put: [{ collection: 'settings', record: { ...settings, ...patch } }] } });
  if (!ran.ok) notify({ tone: 'bad', text: ran.problem.message });
}
