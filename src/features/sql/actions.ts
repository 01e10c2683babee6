import type { Action } from '#state/actions.ts';
import { showDock } from '#state/panes.ts';
import { cancelPostgresCheck, checkOnPostgres } from '#state/postgres.ts';
import { resultsStore } from '#state/results.ts';

const running = () => resultsStore.getState().runsOn.state === 'running';

export const actions: readonly Action[] = [
  {
    id: 'check.postgres',
    label: 'Check on PostgreSQL',
    group: 'Check',
    icon: 'Play',
    keywords: ['run', 'execute', 'verify', 'database', 'pglite', 'ddl'],
    when: () => !running(),
    run: () => void checkOnPostgres(),
  },
  {
    id: 'check.postgres.cancel',
    label: 'Stop the check on PostgreSQL',
    group: 'Check',
    icon: 'X',
    keywords: ['cancel', 'abort'],
    when: running,
    run: cancelPostgresCheck,
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
