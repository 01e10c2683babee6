import type { Action } from '#state/actions.ts';
import { openDialog } from '#state/view.ts';

/** The workload: queries and facts. */
export const actions: readonly Action[] = [
  {
    id: 'workload.open',
    label: 'Workload …',
    group: 'Model',
    icon: 'Activity',
    keys: ['mod+alt+w'],
    keywords: [
      'queries',
      'query',
      'pg_stat_statements',
      'slow log',
      'performance_schema',
      'calls',
      'latency',
      'traffic',
      'statistics',
    ],
    run: () => openDialog('workload'),
  },
  {
    id: 'workload.facts',
    label: 'Facts of tables and columns …',
    group: 'Model',
    icon: 'Database',
    keywords: ['workload', 'rows', 'statistics', 'distinct', 'growth', 'pg_stats', 'cardinality', 'size'],
    run: () => openDialog('workload', 'facts'),
  },
];
