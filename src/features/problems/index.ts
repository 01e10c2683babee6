export { previewFix, showProblem } from './go.ts';
