import { NOTATIONS } from '#paint/notation/notations.ts';
import type { Action } from '#state/actions.ts';
import { currentLook, LEVELS, showLevel, showNotation } from './look.ts';

export const actions: readonly Action[] = [
  ...LEVELS.map(
    ({ id, name, says }): Action => ({
      id: `levels.${id}`,
      label: `Show the ${id} level: ${says}`,
      group: 'View',
      icon: 'Layers',
      keys: [`alt+${name[0]?.toLowerCase()}`],
      keywords: ['level', 'conceptual', 'logical', 'physical'],
      run: () => showLevel(id),
    }),
  ),
  ...NOTATIONS.map(
    ({ id, name }): Action => ({
      id: `levels.notation.${id}`,
      label: `Draw in ${name} notation`,
      group: 'View',
      icon: 'Workflow',
      keywords: ['notation', 'diagram', 'style'],
      when: () => currentLook().notation !== id,
      run: () => showNotation(id, name),
    }),
  ),
];
