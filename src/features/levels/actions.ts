import { NOTATIONS } from '#paint/notation/notations.ts';
import type { Action } from '#state/actions.ts';
import { documentStore } from '#state/document.ts';
import { viewStore } from '#state/view.ts';
import { currentLook, LEVELS, showLevel, showNotation } from './look.ts';
import { askResolution } from './resolve/store.ts';
import { resolvable, resolvedFact, selectedEntities } from './resolve/subject.ts';

const editable = () => documentStore.getState().readOnly === undefined;
const selection = () => viewStore.getState().selection;
const document = () => documentStore.getState().document;

/** Facts of the concept: recording them, making tables of them, taking that back. */
const facts: readonly Action[] = [
  {
    id: 'levels.hierarchy',
    label: 'Make a subtype hierarchy …',
    group: 'Model',
    icon: 'Network',
    keys: ['alt+h'],
    where: 'canvas',
    keywords: ['generalization', 'specialization', 'inheritance', 'supertype', 'isa', 'category'],
    when: () => editable() && selectedEntities(document(), selection()).length > 1,
    run: () => askResolution({ kind: 'new-hierarchy', members: selectedEntities(document(), selection()) }),
  },
  {
    id: 'levels.resolve',
    label: 'Resolve into tables …',
    group: 'Model',
    icon: 'Table2',
    keys: ['alt+s'],
    where: 'canvas',
    keywords: ['many-to-many', 'junction', 'subtype', 'multivalued', 'several values', 'foreign key', 'realise'],
    when: () => editable() && resolvable(document(), selection()) !== undefined,
    run: () => {
      const subject = resolvable(document(), selection());
      if (subject !== undefined) askResolution(subject);
    },
  },
  {
    id: 'levels.takeBack',
    label: 'Take a resolution back …',
    group: 'Model',
    icon: 'RotateCcw',
    keywords: ['unresolve', 'concept'],
    when: () => editable() && resolvedFact(document(), selection()) !== undefined,
    run: () => {
      const id = resolvedFact(document(), selection());
      if (id !== undefined) askResolution({ kind: 'take-back', id });
    },
  },
];

export const actions: readonly Action[] = [
  ...facts,
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
