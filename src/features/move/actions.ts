import { TRAITS } from '#engine/dialects/base/traits.ts';
import type { Dialect } from '#model/types.ts';
import type { Action } from '#state/actions.ts';
import { documentStore } from '#state/document.ts';
import { isBlank, openMove } from '#state/move.ts';

const DIALECTS = Object.keys(TRAITS) as Dialect[];

/** A move to each database but the document's own. */
export const actions: readonly Action[] = DIALECTS.map(
  (dialect): Action => ({
    id: `file.move.${dialect}`,
    label: `Move to ${TRAITS[dialect].label}`,
    group: 'File',
    icon: 'ArrowLeftRight',
    keywords: ['convert', 'dialect', 'database', 'migrate', 'migration guide'],
    when: () => {
      const { document } = documentStore.getState();
      return document.settings['settings']?.dialect !== dialect && !isBlank(document);
    },
    run: () => openMove(dialect),
  }),
);
