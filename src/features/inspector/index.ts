export { nearest } from '#lib/edit-distance.ts';
export { typedName } from '#lib/identifiers.ts';
export { SuggestInput, type Suggestion } from './fields/SuggestInput.tsx';
export { readDefault, usualDefaults } from './logic/default-text.ts';
export { soleIndex, soleUnique } from './logic/marks.ts';
export { tableChoices } from './logic/table-choices.ts';
export { completeType } from './logic/type-completion.ts';
export { readType, typeText } from './logic/type-text.ts';
export { mismatchWords, pairWords, relationshipWords } from './logic/words.ts';
