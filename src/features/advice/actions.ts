import type { Action } from '#state/actions.ts';
import { openDialog } from '#state/view.ts';

/** Advice on indexes, and plans of queries. */
export const actions: readonly Action[] = [
  {
    id: 'advice.open',
    label: 'Index advice …',
    group: 'Model',
    icon: 'Lightbulb',
    keys: ['mod+alt+a'],
    keywords: ['advice', 'index', 'indexes', 'advisor', 'planner', 'missing', 'unused', 'hypothetical', 'what-if', 'cost', 'plan'],
    run: () => openDialog('advice'),
  },
  {
    id: 'advice.scenarios',
    label: 'Compare sets of indexes …',
    group: 'Model',
    icon: 'Layers',
    keywords: ['advice', 'scenario', 'what-if', 'budget', 'index'],
    run: () => openDialog('advice', 'scenarios'),
  },
  {
    id: 'advice.rewrites',
    label: 'Rewrite queries …',
    group: 'Model',
    icon: 'Wand2',
    keywords: ['advice', 'query', 'rewrite', 'keyset', 'offset', 'not in', 'exists', 'select star', 'anti-pattern', 'slow'],
    run: () => openDialog('advice', 'rewrites'),
  },
];
