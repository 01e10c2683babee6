import type { Action } from '#state/actions.ts';
import { documentStore } from '#state/document.ts';
import { lensStore, setLens } from './lens-store.ts';
import { LENSES } from './registry.ts';

/** One action for each lens; those that have nothing to show cannot be done. */
export const actions: readonly Action[] = LENSES.map(({ id, label, icon, key, available }) => ({
  id: `lens.${id}`,
  label: `Lens: ${label}`,
  group: 'View' as const,
  icon,
  keys: [key],
  where: 'canvas' as const,
  keywords: ['lens', 'colour', 'look'],
  when: () => available(documentStore.getState().document),
  checked: () => lensStore.getState().lens === id,
  run: () => setLens(id),
}));
