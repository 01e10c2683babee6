import type { Action } from '#state/actions.ts';
import { documentStore } from '#state/document.ts';
import { focusPane } from '#state/panes.ts';
import { askRename } from '#state/view.ts';
import { type Addable, addObject } from './add.ts';

const editable = () => documentStore.getState().readOnly === undefined;

function adds(what: Addable, label: string, icon: string): Action {
  return {
    id: `model.add.${what}`,
    label,
    group: 'Model',
    icon,
    keywords: ['new', 'create'],
    when: editable,
    run: () => {
      const id = addObject(what);
      if (id === undefined) return;
      focusPane('navigator');
      askRename({ record: id });
    },
  };
}

export const actions: readonly Action[] = [
  adds('view', 'Add a view', 'Eye'),
  adds('enum', 'Add an enum', 'List'),
  adds('domain', 'Add a domain', 'Tag'),
  adds('composite', 'Add a composite type', 'Braces'),
  adds('sequence', 'Add a sequence', 'ListOrdered'),
  adds('schema', 'Add a schema', 'Database'),
  adds('routine', 'Add a function', 'SquareFunction'),
  adds('trigger', 'Add a trigger', 'Zap'),
];
