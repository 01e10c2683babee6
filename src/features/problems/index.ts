export { previewFix, showProblem } from './go.ts';
export { LOOK } from './look.ts';
export { RuleCard } from './RuleCard.tsx';
