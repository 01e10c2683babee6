import type { Action } from '#state/actions.ts';
import { resultsStore } from '#state/results.ts';
import { fixable, openFindings, quickFix, stepProblem } from './go.ts';

const some = () => openFindings(resultsStore.getState().findings).length > 0;

export const actions: readonly Action[] = [
  {
    id: 'problems.next',
    label: 'Next problem',
    group: 'Check',
    icon: 'ArrowDown',
    keys: ['f8'],
    keywords: ['warning', 'finding', 'error'],
    when: some,
    run: () => stepProblem(1),
  },
  {
    id: 'problems.previous',
    label: 'Previous problem',
    group: 'Check',
    icon: 'ArrowUp',
    keys: ['shift+f8'],
    keywords: ['warning', 'finding', 'error'],
    when: some,
    run: () => stepProblem(-1),
  },
  {
    id: 'problems.fix',
    label: 'Fix the problem of the selection',
    group: 'Check',
    icon: 'Wand2',
    keys: ['mod+.'],
    keywords: ['quick fix', 'repair'],
    when: () => fixable() !== undefined,
    run: quickFix,
  },
];
