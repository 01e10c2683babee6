export { completeType } from './logic/type-completion.ts';
export { readType, typeText } from './logic/type-text.ts';
export { mismatchWords, pairWords, relationshipWords } from './logic/words.ts';
