import { recordIn } from '#model/collections.ts';
import type { Action } from '#state/actions.ts';
import { askDenormalization } from '#state/denormalize.ts';
import { documentStore } from '#state/document.ts';
import { viewStore } from '#state/view.ts';

/** Redundancy that pays. */
export const actions: readonly Action[] = [
  {
    id: 'denormalize.advise',
    label: 'Denormalize …',
    group: 'Model',
    icon: 'Copy',
    keywords: [
      'denormalize',
      'redundancy',
      'counter cache',
      'materialized view',
      'read model',
      'star schema',
      'snapshot',
      'workload',
      'copy',
    ],
    when: () =>
      documentStore.getState().readOnly === undefined && Object.keys(documentStore.getState().document.relationships).length > 0,
    run: () => {
      const record = viewStore.getState().selection.at(-1)?.record;
      askDenormalization(record === undefined ? undefined : recordIn(documentStore.getState().document, 'tables', record)?.id);
    },
  },
];
