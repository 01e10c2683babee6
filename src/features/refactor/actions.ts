import type { Action } from '#state/actions.ts';
import { documentStore } from '#state/document.ts';
import { openDialog, viewStore } from '#state/view.ts';
import { askRefactoring } from './store.ts';
import { canRefactor, type RefactorKind } from './subject.ts';
import { REFACTORINGS } from './words.ts';

const editable = () => documentStore.getState().readOnly === undefined;

/** Keys that begin with R: one refactoring each, from the canvas. */
const KEYS: { readonly [K in RefactorKind]?: readonly string[] } = { extract: ['alt+x'], inline: ['alt+i'], move: ['alt+m'] };

const refactorings = (Object.keys(REFACTORINGS) as RefactorKind[]).map((kind): Action => {
  const { title, icon, keywords } = REFACTORINGS[kind];
  return {
    id: `refactor.${kind}`,
    label: `${title} …`,
    group: 'Model',
    icon,
    keywords,
    ...(KEYS[kind] === undefined ? {} : { keys: KEYS[kind], where: 'canvas' as const }),
    when: () => editable() && canRefactor(documentStore.getState().document, { kind, selection: viewStore.getState().selection }),
    run: () => askRefactoring(kind),
  };
});

/** Refactorings, and names of many things at once. */
export const actions: readonly Action[] = [
  ...refactorings,
  {
    id: 'refactor.rename',
    label: 'Rename many …',
    group: 'Model',
    icon: 'Replace',
    keys: ['alt+r'],
    keywords: ['bulk', 'find and replace', 'case', 'prefix', 'suffix', 'plural', 'names', 'refactor'],
    when: () => editable() && Object.keys(documentStore.getState().document.tables).length > 0,
    run: () => openDialog('rename'),
  },
];
