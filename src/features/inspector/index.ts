export { actions } from './actions.ts';
export { Inspector } from './Inspector.tsx';
export { completeType } from './logic/type-completion.ts';
export { readType, typeText } from './logic/type-text.ts';
export { mismatchWords, pairWords, relationshipWords } from './logic/words.ts';
