import type { Action } from '#state/actions.ts';
import { cancelCheck, checkDdl, productOfDocument } from '#state/check-ddl.ts';
import { showDock } from '#state/panes.ts';
import { resultsStore } from '#state/results.ts';

/** Whether the open document is for this product. */
const isFor = (product: string) => productOfDocument() === product;

const running = () => resultsStore.getState().runsOn.state === 'running';

export const actions: readonly Action[] = [
  {
    id: 'check.postgres',
    label: 'Check on PostgreSQL',
    group: 'Check',
    icon: 'Play',
    keywords: ['run', 'execute', 'verify', 'database', 'pglite', 'ddl'],
    when: () => isFor('PostgreSQL') && !running(),
    run: () => void checkDdl(),
  },
  {
    id: 'check.sqlite',
    label: 'Check on SQLite',
    group: 'Check',
    icon: 'Play',
    keywords: ['run', 'execute', 'verify', 'database', 'ddl'],
    when: () => isFor('SQLite') && !running(),
    run: () => void checkDdl(),
  },
  {
    id: 'check.cancel',
    label: 'Stop the check of the DDL',
    group: 'Check',
    icon: 'X',
    keywords: ['cancel', 'abort'],
    when: running,
    run: cancelCheck,
  },
  {
    id: 'sql.show',
    label: 'Show the DDL',
    group: 'Go',
    icon: 'FileCode',
    keywords: ['sql', 'text', 'editor'],
    run: () => showDock('ddl'),
  },
];
