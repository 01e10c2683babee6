import type { Action } from '#state/actions.ts';
import { focusPane, showDock } from '#state/panes.ts';
import { setLabMode } from '#state/query-lab.ts';

function open(mode: 'plan' | 'paste'): void {
  setLabMode(mode);
  showDock('querylab');
  focusPane('dock');
}

/** Plans of queries. */
export const actions: readonly Action[] = [
  {
    id: 'lab.open',
    label: 'Query lab: plan a query',
    group: 'Go',
    icon: 'ListTree',
    keys: ['mod+alt+6'],
    keywords: ['explain', 'plan', 'query', 'planner', 'cost', 'lab'],
    run: () => open('plan'),
  },
  {
    id: 'lab.paste',
    label: 'Query lab: read a pasted EXPLAIN',
    group: 'Go',
    icon: 'ClipboardPaste',
    keywords: ['explain', 'analyze', 'buffers', 'plan', 'paste', 'production', 'slow query'],
    run: () => open('paste'),
  },
];
