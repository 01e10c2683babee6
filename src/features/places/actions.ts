import type { Action } from '#state/actions.ts';
import { canGo, goBack, goForward } from '#state/places.ts';

export const actions: readonly Action[] = [
  {
    id: 'places.back',
    label: 'Back to where you were',
    group: 'Go',
    icon: 'ArrowLeft',
    keys: ['alt+arrowleft'],
    keywords: ['history', 'previous', 'place'],
    when: () => canGo('back'),
    run: goBack,
  },
  {
    id: 'places.forward',
    label: 'Forward again',
    group: 'Go',
    icon: 'ArrowRight',
    keys: ['alt+arrowright'],
    keywords: ['history', 'next', 'place'],
    when: () => canGo('forward'),
    run: goForward,
  },
];
