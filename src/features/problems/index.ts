export { previewFix } from './go.ts';
